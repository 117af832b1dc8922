from .engine import ENGINE as ENGINE
from .engine import estimate as estimate
from .engine import patiently as patiently
from .engine import reference_path as reference_path
from .statements import Prepared as Prepared
from .statements import compiled as compiled
from .statements import translator as translator
from .store import Store as Store
