"""Funded posts: what is granted, since when a post is filled, and what has to be proved."""
