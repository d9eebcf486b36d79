"""The county's strategic steering: bodies, their sessions, and what comes of them."""
