"""Why a day until which something is to be done is refused."""

from dataclasses import dataclass
from typing import ClassVar

from domain.kernel import Invalid, Refused


@dataclass(eq=False)
class DueInThePast(Invalid):
    code: ClassVar[str] = "follow-up.due-in-the-past"
    due: str


@dataclass(eq=False)
class DueNotLater(Refused):
    """An extension gives more time, never less."""

    code: ClassVar[str] = "follow-up.due-not-later"
    due: str


@dataclass(eq=False)
class TooEarly(Refused):
    """The time for this has not come."""

    code: ClassVar[str] = "follow-up.too-early"
    due: str
