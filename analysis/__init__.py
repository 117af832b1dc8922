"""The whole science of a breach's impact, usable from a script; knows no window."""

__version__ = "0.1.0"
