"""Documents to keep, as PDF/A: typeset from what the API says."""
