"""One file per step of the work."""
