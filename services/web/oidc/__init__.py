"""Signing in and out with the account of the administration."""
