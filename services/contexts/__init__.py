"""What the decisions of each context look at beside their own aggregate, loaded from the log."""
