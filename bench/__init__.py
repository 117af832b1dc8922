"""The figures of bench/results.md: `make bench` measures them again."""
