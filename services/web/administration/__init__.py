"""Administration: organisations, people, retention, processes, mail and what is set up."""
