"""The pages about courses that companies can be offered."""
