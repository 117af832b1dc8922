from .join import Key as Key
from .join import joined as joined
from .join import keys as keys
from .join import title as title
from .leak import digest_of as digest_of
from .leak import first_lines as first_lines
from .leak import read as read
from .leak import with_sheet as with_sheet
