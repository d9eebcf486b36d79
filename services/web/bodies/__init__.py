"""Pages of the bodies: who sits on them, and by which rules they go."""
