"""Language assessments in the browser: colleges, coordination, expert group."""
