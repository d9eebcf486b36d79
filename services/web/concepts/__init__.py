"""Pages of the concepts: the county at a glance, one concept, its consultation, its print."""
