"""Parts that know nothing of leaks."""
