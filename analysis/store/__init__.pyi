from .engine import ENGINE as ENGINE
from .engine import Prepared as Prepared
from .engine import compiled as compiled
from .engine import patiently as patiently
from .engine import reference_path as reference_path
from .engine import translator as translator
from .store import Store as Store
from .store import estimate as estimate
