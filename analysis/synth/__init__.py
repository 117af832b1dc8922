"""The fictional hospital, with its answer key: real communes, invented patients, planted defects."""

from analysis.synth.hospital import Hospital, hospital, write_hospital

__all__ = ["Hospital", "hospital", "write_hospital"]
