"""The command line: starting the service, and looking after it."""
