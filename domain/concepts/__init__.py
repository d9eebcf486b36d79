"""Framework editions and the concepts of the municipalities, from opening to the next edition."""
