"""Signing in and out, links that let in once, and one's own account."""
