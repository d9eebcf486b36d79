"""What is asked of a person, on one page."""
