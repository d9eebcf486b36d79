"""The public door: forms of companies wait here, outside the log, until somebody confirms them."""
