"""What can go wrong while the demo plays."""


class DemoStuck(Exception):
    """The process did not move on in time: something is broken."""
