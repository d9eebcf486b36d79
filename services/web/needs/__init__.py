"""Pages about companies' reports: what waits, one report with its steps, and the telephone."""
