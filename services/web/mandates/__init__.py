"""Resolutions with their mandates, and need reviews: the pages of what the bodies decided."""
