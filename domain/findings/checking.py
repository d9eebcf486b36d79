"""No text of a finding or a theme is recorded that looks like a client."""

from collections.abc import Iterable, Sequence

from domain.findings.clients import FalseAlarm, Place, looks_like_a_client
from domain.findings.errors import LooksLikeAClient, NoSuchPlace, ReasonMissing, TextMissing


def check_text(text: str, false_alarms: Sequence[FalseAlarm] = (), *, part: str) -> None:
    """It says something, and each place that looks like a client is said to be none, and why.

    Raises TextMissing, NoSuchPlace, ReasonMissing and LooksLikeAClient.
    """
    if not text.strip():
        raise TextMissing(part)
    left = list(looks_like_a_client(text))
    for alarm in false_alarms:
        if alarm.place not in left:
            raise NoSuchPlace(part, _written([alarm.place]))
        check_reason(alarm.reason)
        left.remove(alarm.place)
    if left:
        raise LooksLikeAClient(part, _written(left))


def check_reason(reason: str) -> None:
    """A reason can be written without naming anybody, so here nothing is a false alarm."""
    if not reason.strip():
        raise ReasonMissing
    check_text(reason, part="reason")


def _written(places: Iterable[Place]) -> str:
    return ", ".join(f"{place.sign} {place.start}-{place.end}" for place in places)
