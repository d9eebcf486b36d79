"""What decisions of a need review look at beside it: only what the command needs is filled in."""

from datetime import date

import msgspec

from domain.calendar import Calendar
from domain.kernel import Context
from domain.steering.agenda import AgendaItem
from domain.steering.minutes import Decided
from domain.steering.resolution import Resolution
from domain.steering.resolution import Unknown as NoResolution


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """A vote on the item, one that was not annulled: on which wording, and what came of it."""

    alternative: str
    decided: Decided


class NeedReviewContext(Context, frozen=True, kw_only=True):
    """What a review's events cannot say.

    `resolution` is the one named in the command, or the one that opened a review to be abandoned,
    or that took up a proposal to be taken back.
    `item` is the item of the session a proposal is put forward to, None if it has no such one.
    `counts` are the votes on the item that a proposal is, `is_closed` says whether its session is.
    """

    calendar: Calendar
    resolution: Resolution = NoResolution()
    item: AgendaItem | None = None
    counts: tuple[Count, ...] = ()
    is_closed: bool = False

    @property
    def today(self) -> date:
        """The day it is in the county."""
        return self.at.astimezone(self.calendar.zone).date()
