"""What is sent about a course that companies fill together."""

from datetime import date
from enum import StrEnum
from typing import Annotated, TypeAlias
from uuid import UUID

import msgspec

from domain.course_offers.levels import Level
from services.api import bounds

MOST_MEMBERS = 100
MOST_LEARNERS = 500

Learners: TypeAlias = Annotated[
    int,
    msgspec.Meta(
        ge=1, le=MOST_LEARNERS, examples=[4], description="How many of the report would take part."
    ),
]


class ProposedMember(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A company that is asked, by its report."""

    report: UUID
    learners: Learners


class PoolProposal(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A course and the companies that are asked. `offer` is the one they would join, if any.

    How many learners it takes at least and at most follows from the type of course. An empty
    `municipality` is a course that is held online.
    """

    course_type: bounds.Key
    level: Level
    municipality: Annotated[
        str,
        msgspec.Meta(
            pattern=rf"^([0-9]{{6,8}})?{bounds.END}",
            examples=["05774020"],
            description="Of the county, or empty.",
        ),
    ]
    starts_on: date
    offer: UUID | None = None
    members: Annotated[tuple[ProposedMember, ...], msgspec.Meta(max_length=MOST_MEMBERS)]


class ToldAnswer(StrEnum):
    """What a company said of a pool by telephone."""

    AGREE = "agree"
    DECLINE = "decline"


class MemberAnswer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the company said by telephone; why, if it declines."""

    answer: ToldAnswer
    reason: Annotated[str, msgspec.Meta(max_length=2_000, pattern=bounds.NO_NUL)] = ""
