"""From the log to Temporal."""
