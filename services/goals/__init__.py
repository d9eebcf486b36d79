"""What the goals of a school year rest on: counted from the log, at any moment of it."""
