"""Pages of a session from its opening on: who is there, how is voted, what the minutes say."""
