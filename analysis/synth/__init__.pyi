from .registry import Hospital as Hospital
from .registry import check_endings as check_endings
from .registry import hospital as hospital
from .registry import write_hospital as write_hospital
