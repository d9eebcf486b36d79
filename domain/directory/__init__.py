"""The county's municipalities and organisations, and the accounts of its people."""
