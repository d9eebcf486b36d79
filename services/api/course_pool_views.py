"""How courses that companies fill together look to those who steer them."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, TypeAlias
from uuid import UUID

import msgspec
from litestar.params import QueryParameter

from domain.course_offers.levels import Level
from domain.course_pools.pool import PoolStanding
from domain.kernel import Erased
from services.api.company_report_views import Text
from services.catalogues.course_types import course_types
from services.texts import Language


class PoolMemberStanding(StrEnum):
    """What a company said; who declined or was removed does not count."""

    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"
    REMOVED = "removed"

    @property
    def takes_part(self) -> bool:
        return self in {PoolMemberStanding.ASKED, PoolMemberStanding.AGREED}


StandingOnly: TypeAlias = Annotated[
    PoolStanding | None,
    QueryParameter(required=False, description="Only pools that stand like this."),
]


class CoursePoolSummary(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the list. `companies` and `learners` are of those that are asked or have agreed.

    `agreed` and `unanswered` count companies. `is_below_minimum`: they are too few for the course,
    as it may be after a company left. `offer` is the course they would join, null for a new one.
    """

    id: UUID
    standing: PoolStanding
    course_type: str
    course_type_name: str
    level: Level
    municipality: str
    municipality_name: str
    starts_on: date
    minimum: int
    maximum: int
    offer: UUID | None = None
    companies: int
    agreed: int
    unanswered: int
    learners: int
    is_below_minimum: bool
    proposed_at: datetime
    formed_at: datetime | None = None
    dissolved_at: datetime | None = None
    version: int
    position: int
    changed_at: datetime


class CoursePoolMember(msgspec.Struct, frozen=True, kw_only=True):
    """A company in a pool. Its name and reasons are null for whoever may not read them.

    `asked_at` is when it was put in at last, `answered_at` when it agreed or declined.
    """

    report: UUID
    reference: str
    company_name: Text
    municipality: str
    municipality_name: str
    learners: int
    standing: PoolMemberStanding
    asked_at: datetime
    answered_at: datetime | None = None
    by_telephone: bool
    reason: str | Erased | None = None


class CoursePoolView(CoursePoolSummary, frozen=True, kw_only=True):
    """A pool at a moment, with everybody who was ever in it, in the order they were asked."""

    members: list[CoursePoolMember]
    dissolved_because: str | Erased | None = None


def type_name(course_type: str, language: Language) -> str:
    """What a type of course is called, or its key if the catalogue lost it."""
    entry = course_types().entries.get(course_type)
    return entry.name(language) if entry else course_type
