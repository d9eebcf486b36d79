"""How long what is kept of a person may be kept, and how it goes."""
