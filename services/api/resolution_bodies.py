"""What is sent about a resolution: its mandate, reports, letters, more time."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, TypeAlias
from uuid import UUID

import msgspec

from domain.steering.follow_up import REMIND_WORKING_DAYS_BEFORE
from domain.steering.mandate import Mandate
from services.api import bounds

MOST_ORGANISATIONS = 200
MOST_FIELDS = 50
MOST_REMINDERS = 20

VoteNumber: TypeAlias = Annotated[
    int,
    msgspec.Meta(ge=1, le=10_000, examples=[1], description="The vote's number in its session."),
]
Reference: TypeAlias = Annotated[
    str,
    msgspec.Meta(
        max_length=200,
        pattern=bounds.NO_NUL,
        examples=["Lenkungsgruppe KIM, 26.02.2026, Beschluss 3"],
        description="How people cite it.",
    ),
]
ReportNumber: TypeAlias = Annotated[
    int, msgspec.Meta(ge=1, le=10_000, examples=[1], description="The next number.")
]
Organisations: TypeAlias = Annotated[
    tuple[bounds.Key, ...], msgspec.Meta(max_length=MOST_ORGANISATIONS)
]
Reminders: TypeAlias = Annotated[
    tuple[bounds.WorkingDays, ...],
    msgspec.Meta(
        max_length=MOST_REMINDERS,
        description="So many working days before the day the owner is reminded.",
    ),
]
Day: TypeAlias = Annotated[date, msgspec.Meta(examples=["2026-06-30"])]


class Draft(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a resolution asks for, as it is sent."""


class GroupMandateDraft(Draft, frozen=True, kw_only=True, tag="establish-working-group"):
    """Establish a working group with these organisations."""

    title: bounds.Name
    purpose: bounds.Reason
    members: Organisations
    guests: Organisations = ()


class DissolutionMandateDraft(Draft, frozen=True, kw_only=True, tag="dissolve-working-group"):
    """Dissolve a working group."""

    group: UUID


class CommissionMandateDraft(Draft, frozen=True, kw_only=True, tag="commission"):
    """Do what the resolution's text says."""


class AdoptionMandateDraft(Draft, frozen=True, kw_only=True, tag="adopt-concept"):
    """The body adopts a concept."""

    concept: UUID


class ReviewMandateDraft(Draft, frozen=True, kw_only=True, tag="open-need-review"):
    """Examine whether a county-wide working group is needed; in which fields."""

    question: bounds.Reason
    fields: Annotated[tuple[bounds.Key, ...], msgspec.Meta(max_length=MOST_FIELDS)] = ()


class MinistryMandateDraft(Draft, frozen=True, kw_only=True, tag="report-to-ministry"):
    """Report a supra-regional need, by a letter."""

    need: bounds.Reason


class RevocationMandateDraft(Draft, frozen=True, kw_only=True, tag="revoke-resolution"):
    """An earlier resolution no longer holds."""

    resolution: UUID


class NoticeMandateDraft(Draft, frozen=True, kw_only=True, tag="take-note"):
    """The body has taken note."""


MandateDraft: TypeAlias = (
    GroupMandateDraft
    | DissolutionMandateDraft
    | CommissionMandateDraft
    | AdoptionMandateDraft
    | ReviewMandateDraft
    | MinistryMandateDraft
    | RevocationMandateDraft
    | NoticeMandateDraft
)


class ResolutionPassing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The vote, its mandate, and who sees to it until which day; nobody if nothing is to be done.

    The text of the resolution is the wording that was put to the vote.
    """

    session: UUID
    number: VoteNumber
    mandate: MandateDraft
    owner: bounds.Key | None = None
    due: Day | None = None
    remind_working_days_before: Reminders = REMIND_WORKING_DAYS_BEFORE
    reference: Reference = ""


class MandateProgress(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    report: ReportNumber
    text: bounds.Remark


class SentLetter(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The letter as it went out. `reference` is how its file is found."""

    addressee: bounds.Name
    subject_line: bounds.Name
    text: bounds.Text
    sent_on: Day
    reference: Reference = ""


class DueAnew(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Until when it is to be done now, and why."""

    due: Day
    reason: bounds.Reason
    remind_working_days_before: Reminders = REMIND_WORKING_DAYS_BEFORE


class MandateOwner(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    owner: bounds.Key
    reason: bounds.Reason


class MandateFulfilment(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What came of it. A commission needs to be told; of the rest it is looked up."""

    outcome: bounds.Remark = ""


class ProgressShowing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """To this later session of the body."""

    session: UUID


class ResolutionRevocation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`revoking` is the later resolution that says so."""

    revoking: UUID


def mandate_of(draft: MandateDraft) -> Mandate:
    """The mandate as the domain knows it: of the same kind, with the same fields."""
    return msgspec.convert(msgspec.to_builtins(draft), Mandate)  # pyright: ignore[reportArgumentType]  (msgspec takes unions)


def days(asked: Sequence[int]) -> tuple[int, ...]:
    """Each number of days once, the earliest reminder first."""
    return tuple(sorted(set(asked), reverse=True))
