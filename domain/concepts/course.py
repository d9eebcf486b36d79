"""What a clock has to know of a concept: its phase and the moments to come."""

from datetime import datetime
from enum import StrEnum
from typing import assert_never
from uuid import UUID

import msgspec

from domain.concepts.concept import (
    Adopted,
    Agreed,
    Concept,
    Consulting,
    Drafting,
    Published,
    Revising,
    Submitted,
    Superseded,
    Unknown,
    Withdrawn,
)


class Phase(StrEnum):
    """What the process waits for."""

    WITH_PEOPLE = "with-people"
    IN_CONSULTATION = "in-consultation"
    VALID = "valid"
    ENDED = "ended"


class Course(msgspec.Struct, frozen=True, kw_only=True):
    """Ids and moments only. `reminders` are those not sent yet."""

    phase: Phase
    round: int = 0
    reminders: tuple[datetime, ...] = ()
    due: datetime | None = None
    closes_at: datetime | None = None
    review_at: datetime | None = None
    predecessor: UUID | None = None


def course(concept: Concept) -> Course:
    """The course of a concept from where it stands now."""
    match concept:
        case Consulting(round=this):
            return Course(
                phase=Phase.IN_CONSULTATION,
                round=this.number,
                reminders=tuple(m for m in this.reminders if m not in this.reminded),
                due=this.due,
                closes_at=this.closes_at,
            )
        case Published():
            return Course(
                phase=Phase.VALID,
                review_at=None if concept.review_fell_due else concept.review_at,
                predecessor=concept.draft.predecessor,
            )
        case Drafting() | Submitted() | Revising() | Agreed() | Adopted():
            return Course(phase=Phase.WITH_PEOPLE)
        case Unknown() | Superseded() | Withdrawn():
            return Course(phase=Phase.ENDED)
        case _:
            assert_never(concept)
