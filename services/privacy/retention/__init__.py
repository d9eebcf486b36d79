"""The retention plan, whose files it is about, and the run that follows it."""
