"""The keys that sign the log."""
