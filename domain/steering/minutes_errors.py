"""Why minutes are refused."""

from dataclasses import dataclass
from typing import ClassVar

from domain.kernel import Conflict, Forbidden, Invalid, Refused


@dataclass(eq=False)
class NotHeld(Refused):
    """Minutes are of what is over."""

    code: ClassVar[str] = "session.not-held"
    stage: str


@dataclass(eq=False)
class CorrectionNeedsReason(Refused):
    """Released minutes are corrected, and the correction says why."""

    code: ClassVar[str] = "session.correction-needs-reason"


@dataclass(eq=False)
class MinutesNotDrafted(Refused):
    """No minutes wait for a second person."""

    code: ClassVar[str] = "session.minutes-not-drafted"
    stage: str


@dataclass(eq=False)
class OtherVersion(Conflict):
    """These are not the minutes as they are now."""

    code: ClassVar[str] = "session.other-version"
    version: int
    current: int


@dataclass(eq=False)
class OtherMinutesShown(Conflict):
    """What was read is not what would be approved."""

    code: ClassVar[str] = "session.other-minutes-shown"
    shown: str
    current: str


@dataclass(eq=False)
class WriterMayNotApprove(Forbidden):
    """Four eyes: whoever wrote something of it does not approve the minutes."""

    code: ClassVar[str] = "session.writer-may-not-approve"


@dataclass(eq=False)
class MinutesNotApproved(Refused):
    code: ClassVar[str] = "session.minutes-not-approved"
    stage: str


@dataclass(eq=False)
class NotedTwice(Invalid):
    """One text for an item: which of two would count?"""

    code: ClassVar[str] = "session.noted-twice"
    item: str
