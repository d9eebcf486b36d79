"""Working groups: who is in them, their meetings, what they agree on, and what comes of it."""
