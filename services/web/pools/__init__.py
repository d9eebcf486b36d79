"""Pages about courses that several companies fill together: looked for, proposed, answered."""
