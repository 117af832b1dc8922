"""What may be typed: a file for each verb, each with `run(options, words)`; imported when it is asked for."""

import lazy_loader

VERBS = ("analyze", "report", "verify", "inspect", "classify", "anonymity", "hash", "trace", "convert", "synth", "demo")

__getattr__, __dir__, __all__ = lazy_loader.attach(__name__, submodules=VERBS)
