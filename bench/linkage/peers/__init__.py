"""Other libraries that count persons, each in an environment of its own."""
