"""What is handed over: to the board, to the authority, to the people concerned, to each controller."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
