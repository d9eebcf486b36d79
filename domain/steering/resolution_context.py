"""What decisions of a resolution look at beside it: only what the command needs is filled in."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

import msgspec

from domain.calendar import Calendar
from domain.concepts.concept import Concept
from domain.concepts.concept import Unknown as NoConcept
from domain.directory.organisation import Organisation
from domain.kernel import Context
from domain.steering.agenda import AgendaItem
from domain.steering.minutes import Decided
from domain.steering.need_review import NeedReview
from domain.steering.need_review import Unknown as NoReview
from domain.steering.resolution import Resolution
from domain.steering.resolution import Unknown as NoResolution
from domain.steering.vote import Vote
from domain.working_groups.group import Unknown as NoGroup
from domain.working_groups.group import WorkingGroup


class Voted(msgspec.Struct, frozen=True, kw_only=True):
    """A vote as its session has it: on which item, and what came of it. `body` is a key."""

    body: str
    item: AgendaItem
    vote: Vote
    decided: Decided


class SessionOfBody(msgspec.Struct, frozen=True, kw_only=True):
    """`body` is a key."""

    body: str
    starts_at: datetime


class ResolutionContext(Context, frozen=True, kw_only=True):
    """What a resolution's events cannot say.

    `voted` is the vote the resolution comes of, None if the session has no such vote that stands;
    `was_annulled`: it had one. `resolution_vote` finds them in a session.
    `organisations`, also unknown ones, are those named in the command. `sessions` has those named
    that exist. `group`, `concept` and `review` are what the mandate is about or leads to.
    `other` is the resolution a command or a mandate names.
    """

    calendar: Calendar
    voted: Voted | None = None
    was_annulled: bool = False
    organisations: Mapping[str, Organisation] = {}
    sessions: Mapping[UUID, SessionOfBody] = {}
    group: WorkingGroup = NoGroup()
    concept: Concept = NoConcept()
    review: NeedReview = NoReview()
    other: Resolution = NoResolution()

    @property
    def today(self) -> date:
        """The day it is in the county."""
        return self.at.astimezone(self.calendar.zone).date()
