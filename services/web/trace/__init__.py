"""The pages that show what came of a thing, and what it goes back to."""
