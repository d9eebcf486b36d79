"""Working groups in the browser: their meetings, what they agreed on, and what came of it."""
