"""The pages of Revision."""
