"""Figures about companies' reports: read from the log, named, and put into tables."""
