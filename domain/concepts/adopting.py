"""Adoption, publication, review, the next edition, and withdrawal."""

from collections.abc import Sequence
from datetime import date, datetime

from domain.calendar import START_OF_WORK, Calendar, working_days_after
from domain.concepts.commands import (
    AdoptConcept,
    PublishConcept,
    ReopenConcept,
    SupersedeConcept,
    WithdrawConcept,
)
from domain.concepts.concept import (
    Adopted,
    Agreed,
    Existing,
    Published,
    Superseded,
    Withdrawn,
    stage_of,
)
from domain.concepts.errors import (
    AlreadyEnded,
    AuthorMayNotAdopt,
    NotAdopted,
    NotAgreed,
    NotWithdrawn,
    ReasonMissing,
    ResolutionMissing,
    ReviewInThePast,
    TooEarly,
)
from domain.concepts.events import (
    ConceptAdopted,
    ConceptEvent,
    ConceptPublished,
    ConceptReopened,
    ConceptSuperseded,
    ConceptWithdrawn,
    DecidedBy,
    ReviewFellDue,
)
from domain.concepts.texts import shown_digest
from domain.kernel import Actor

YEARS_UNTIL_REVIEW = 2
"""The region plans in steps of two school years."""


def adopt_concept(command: AdoptConcept, concept: Existing, by: Actor) -> Sequence[ConceptEvent]:
    """Four eyes: by somebody who wrote none of the text, nor for whom or by whom it was written."""
    if not isinstance(concept, Agreed):
        raise NotAgreed(stage_of(concept))
    if not by.people.isdisjoint(concept.draft.authors):
        raise AuthorMayNotAdopt
    resolution = (command.resolution or "").strip() or None
    if concept.draft.policy.decided_by is DecidedBy.STEERING_GROUP and resolution is None:
        raise ResolutionMissing
    digest = shown_digest(concept.draft.digests)
    return [ConceptAdopted(digest=digest, adopter=by.account, resolution=resolution)]


def publish_concept(
    command: PublishConcept, concept: Existing, at: datetime, calendar: Calendar
) -> Sequence[ConceptEvent]:
    """Make the adopted concept valid from today and set its review."""
    if not isinstance(concept, Adopted):
        raise NotAdopted(stage_of(concept))
    today = at.astimezone(calendar.zone).date()
    review_at = command.review_at or _morning(command.review_on or _years_on(today), calendar)
    review_at = review_at.replace(microsecond=0)
    if review_at <= at:
        raise ReviewInThePast(review_at.isoformat())
    return [ConceptPublished(valid_from=today, review_at=review_at)]


def declare_review_due(concept: Existing, at: datetime) -> Sequence[ConceptEvent]:
    if not isinstance(concept, Published) or concept.review_fell_due:
        return []
    if at < concept.review_at:
        raise TooEarly(concept.review_at.isoformat())
    return [ReviewFellDue()]


def supersede_concept(command: SupersedeConcept, concept: Existing) -> Sequence[ConceptEvent]:
    """Only a valid concept is superseded; one that never became valid is left as it is."""
    if not isinstance(concept, Published):
        return []
    return [ConceptSuperseded(successor=command.successor)]


def withdraw_concept(command: WithdrawConcept, concept: Existing) -> Sequence[ConceptEvent]:
    if not command.reason.strip():
        raise ReasonMissing
    if isinstance(concept, Withdrawn):
        return []
    if isinstance(concept, Superseded):
        raise AlreadyEnded(stage_of(concept))
    return [ConceptWithdrawn(reason=command.reason)]


def reopen_concept(command: ReopenConcept, concept: Existing) -> Sequence[ConceptEvent]:
    """Undo a withdrawal."""
    if not isinstance(concept, Withdrawn):
        raise NotWithdrawn(stage_of(concept))
    if not command.reason.strip():
        raise ReasonMissing
    return [ConceptReopened(reason=command.reason)]


def _morning(day: date, calendar: Calendar) -> datetime:
    """The start of work on this day, or on the next working day."""
    if not calendar.is_working_day(day):
        day = working_days_after(calendar, day, 1)
    return datetime.combine(day, START_OF_WORK, calendar.zone)


def _years_on(day: date) -> date:
    month_day = (day.month, min(day.day, 28) if day.month == 2 else day.day)  # noqa: PLR2004
    return date(day.year + YEARS_UNTIL_REVIEW, *month_day)
