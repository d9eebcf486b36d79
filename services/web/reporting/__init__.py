"""The pages on which companies report a need for German courses, without an account."""
