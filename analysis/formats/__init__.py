"""One reader per format: an opened file in, tables out. They run in a child process and know neither store nor window.

A reader is imported when its format is met: a child that reads one imports no other.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
