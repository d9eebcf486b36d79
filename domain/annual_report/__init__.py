"""The report of a school year as a text: the prose that people write around its figures."""
