"""Qt tables over the store."""
