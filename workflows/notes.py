"""What the relay tells a workflow: that the log has gone on, and where. Ids only."""

import msgspec


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """The log position of an event the process waits for, and the chain it belongs to."""

    position: int
    topic: str
    correlation: str
