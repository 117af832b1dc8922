"""Exposure in, People out: how many persons the rows are about, who is who, and who is in another file too.

The door of the room: what others may ask for (`__init__.pyi`), imported when it is asked for.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
