"""Impact in, document out: written whole or not at all. One module per medium; import the one you need (Excel is heavy)."""
