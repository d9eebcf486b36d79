"""Facts of others that the service checks against, each with its source and its date."""
