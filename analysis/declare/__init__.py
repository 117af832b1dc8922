"""What a person says of a leak and of its incident, and the files that keep it."""
