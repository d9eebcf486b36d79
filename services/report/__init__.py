"""The year in one text: the report of a school year, generated from the log, each figure bound."""
