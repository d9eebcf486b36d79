"""What is suggested: courses that companies could fill together, and whom they leave out.

Days, codes and numbers only; sentences are made of them for whoever reads it.
"""

from datetime import date
from uuid import UUID

import msgspec

from domain.course_offers.levels import Level
from domain.course_offers.offer import Offered
from domain.pooling.demands import Waiting
from domain.pooling.left_over import WhyLeft
from domain.pooling.matching import Reason
from domain.pooling.problem import TimeClass
from services.pooling.solution import Certainty


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """Who waits, what is offered on the day, and how long it may be looked for."""

    waiting: tuple[Waiting, ...]
    offers: tuple[Offered, ...]
    day: date
    seconds: float


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """So many learners of a report, of these of its groups, counted from 0."""

    report: UUID
    groups: tuple[int, ...]
    learners: int
    km: int | None
    is_urgent: bool
    reasons: tuple[Reason, ...]


class Course(msgspec.Struct, frozen=True, kw_only=True):
    """A new course, or the free seats of an `offer`.

    `municipality` is empty for one online. `weekdays` are those on which all can, none are all;
    `room` says that it would be held in the rooms of this report's company.
    """

    pool: UUID
    offer: UUID | None
    course_type: str
    present: Level
    level: Level
    municipality: str
    is_online: bool
    time: TimeClass | None
    weekdays: tuple[int, ...]
    starts_on: date
    minimum: int
    maximum: int
    room: UUID | None
    members: tuple[Member, ...]

    @property
    def learners(self) -> int:
        return sum(member.learners for member in self.members)


class Unserved(msgspec.Struct, frozen=True, kw_only=True):
    """A group in no course, and why: `together` of the `needed` learners could sit together."""

    report: UUID
    group: int
    learners: int
    because: WhyLeft
    together: int
    needed: int


class Suggestion(msgspec.Struct, frozen=True, kw_only=True):
    """What would serve most learners of those who wait, and how sure that is."""

    proof: Certainty = Certainty.OPTIMAL
    gap_permyriad: int = 0
    waiting: int = 0
    courses: tuple[Course, ...] = ()
    unserved: tuple[Unserved, ...] = ()
