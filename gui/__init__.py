"""The window: it shows nouns and sends commands, and never computes."""
