"""What case managers see of the supply system, bundled into themes for the bodies that decide."""
