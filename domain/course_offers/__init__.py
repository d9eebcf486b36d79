"""German courses that companies can be offered: their types, and the offers with an as-of date."""
