"""The uniform language assessment: instruments, rounds, and the results of each class."""
