"""Courses that several companies fill together: proposed, agreed to by each, and formed."""
