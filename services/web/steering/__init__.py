"""Pages of the county's steering: from a finding to a theme, a session and what follows."""
