"""Results as files: a template for each class, what comes back in it, and tables to take along."""
