"""Days and times as they are typed and shown in fields, on the clock of the county."""

from datetime import datetime
from zoneinfo import ZoneInfo


def moment_in(text: str, zone: ZoneInfo) -> str | None:
    """What a field for day and time holds, with its offset; None if it is empty.

    What is no moment is handed on, for the API to refuse.
    """
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=zone).isoformat()
    except ValueError:
        return text


def as_typed(moment: datetime | None, zone: ZoneInfo) -> str:
    """As a field for day and time shows it."""
    return "" if moment is None else f"{moment.astimezone(zone):%Y-%m-%dT%H:%M}"
