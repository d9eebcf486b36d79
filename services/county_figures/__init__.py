"""What the county sees of a round: counted once over all classes, and shown as tables."""
