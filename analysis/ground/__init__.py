"""What everything stands on: sentences, troubles, progress, files written whole. Imports nothing of ours."""
