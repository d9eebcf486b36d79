"""The chain from a finding to its result and back, from the ids in the log."""
