"""The person whom data are about: holds on what is kept of them, and its erasure."""
