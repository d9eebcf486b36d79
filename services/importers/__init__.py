"""Classes, learners and tables from the files colleges have: whole, or with every fault named."""
