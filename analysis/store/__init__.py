"""The only place that names an engine.

The door of the room: what others may ask for (`__init__.pyi`), imported when it is asked for.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
