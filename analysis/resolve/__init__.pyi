from .hashes import matched_hashes as matched_hashes
from .match import for_sure as for_sure
from .match import matched as matched
from .mentions import moved as moved
from .people import resolve as resolve
from .people import teachable as teachable
from .rating import kinds_in as kinds_in
