"""What may be decided, by whom, under which rule. Pure: no I/O, no clock, no chance."""
