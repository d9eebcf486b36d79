"""Why findings refuse, and what findings and themes refuse too."""

from dataclasses import dataclass
from typing import ClassVar

from domain.kernel import Forbidden, Invalid, NotFound, Refused


@dataclass(eq=False)
class UnknownFinding(NotFound):
    code: ClassVar[str] = "finding.unknown"
    finding: str


@dataclass(eq=False)
class AlreadyReported(Refused):
    """Another finding has this key in the municipality."""

    code: ClassVar[str] = "finding.already-reported"
    municipality: str
    key: str


@dataclass(eq=False)
class UnknownField(NotFound):
    """The catalogue of fields does not have it."""

    code: ClassVar[str] = "finding.unknown-field"
    field: str


@dataclass(eq=False)
class TextMissing(Invalid):
    """`part` says which text: `description`, `title`, a section's key."""

    code: ClassVar[str] = "finding.text-missing"
    part: str


@dataclass(eq=False)
class ReasonMissing(Invalid):
    code: ClassVar[str] = "finding.reason-missing"


@dataclass(eq=False)
class LooksLikeAClient(Invalid):
    """Findings and themes never name people: each place is written otherwise, or a false alarm.

    `places` lists them as `birth-date 12-22, phone 40-52`: the sign, the first character counted
    from nought, and the one after the last. What stands there is not repeated.
    """

    code: ClassVar[str] = "finding.looks-like-a-client"
    part: str
    places: str


@dataclass(eq=False)
class NoSuchPlace(Invalid):
    """A false alarm is said of a place that was found, and of each once."""

    code: ClassVar[str] = "finding.no-such-place"
    part: str
    place: str


@dataclass(eq=False)
class OnlyCaseManagersCount(Forbidden):
    """The band is changed by who reported it or by a case manager, not by who bundles."""

    code: ClassVar[str] = "finding.only-case-managers-count"


@dataclass(eq=False)
class AlreadyWithdrawn(Refused):
    """A withdrawn finding does not go on; it can be reported anew."""

    code: ClassVar[str] = "finding.already-withdrawn"
    finding: str


@dataclass(eq=False)
class DescriptionErased(Refused):
    """Nobody can read any more what the finding says: it can only be withdrawn."""

    code: ClassVar[str] = "finding.description-erased"
    finding: str


@dataclass(eq=False)
class InAnotherTheme(Refused):
    """A finding is in one theme at a time."""

    code: ClassVar[str] = "finding.in-another-theme"
    theme: str


@dataclass(eq=False)
class NotInATheme(Refused):
    code: ClassVar[str] = "finding.not-in-a-theme"
    finding: str
