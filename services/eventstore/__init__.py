"""The event log in PostgreSQL: the only truth."""
