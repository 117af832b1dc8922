"""The fictional hospital, with its answer key: real communes, invented patients, planted defects."""

from analysis.synth.hospital import Hospital, check_endings, hospital, write_hospital

__all__ = ["Hospital", "check_endings", "hospital", "write_hospital"]
