"""Funded posts as the log has them: all of them at a moment, and whom they employ."""
