"""Search over all areas, from the top of every page."""
