"""The line of text that stands for an event in the Merkle tree."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def record_line(
    *, position: int, stream: UUID, version: int, recorded_at: datetime, state: bytes, topic: str
) -> bytes:
    """Where the event stands, when it was recorded, and the digest of its exact stored bytes.

    `17 6f1c7f0e-52a5-5d0b-9d8b-0b6d0f7d5c11 3 1795400000123456 9f86…0a08 concept.adopted`: log
    position, stream, version, microseconds since the Unix epoch, SHA-256, topic; no newline at
    the end. The topic comes last because it may hold anything but a newline.
    """
    moment = (recorded_at - EPOCH) // MICROSECOND
    digest = sha256(state).hexdigest()
    return f"{position} {stream} {version} {moment} {digest} {topic}".encode()
