"""Pages of the year in one text: read, put into own words, given out."""
