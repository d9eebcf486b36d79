"""Pages about the goals of school years: target, actual, and what each figure rests on."""
