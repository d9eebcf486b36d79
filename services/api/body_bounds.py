"""What is sent about a body: its seats, who sits on them, its rules."""

from typing import Annotated
from uuid import UUID

import msgspec

from domain.steering.body_events import Capacity, SeatKind
from domain.steering.body_rules import Majority, Number, Period, Rules, Share
from services.api import bounds
from services.api.session_bounds import MOST_SEATS, Account, Day

LONGEST_PERIOD = 366
MOST_SESSIONS = 100


class NewBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A body under a key of its own, constituted on a day."""

    key: bounds.Key
    title: bounds.Name
    since: Day


class BodyTitle(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    title: bounds.Name


class NewSeat(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An organisation's seat, from one day to another, both included."""

    seat: bounds.Key
    organisation: bounds.Key
    kind: SeatKind
    since: Day
    until: Day | None = None


class SeatEnding(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`until` is its last day; a day before its first one if it was created by mistake."""

    until: Day
    reason: bounds.Reason


class NewAppointment(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A person on a seat, from one day to another, both included."""

    person: Account
    capacity: Capacity
    since: Day
    until: Day | None = None


class AppointmentEnding(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The appointment that began on `since`; `until` before that if it was a mistake."""

    person: Account
    capacity: Capacity
    since: Day
    until: Day


class ShareDraft(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="share"
):
    """So many `parts` `of` the voting seats; `exceeded`: more than that."""

    parts: Annotated[int, msgspec.Meta(ge=1, le=1_000, examples=[1])]
    of: Annotated[int, msgspec.Meta(ge=1, le=1_000, examples=[2])]
    exceeded: bool = False


class NumberDraft(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="number"
):
    """So many voting seats."""

    seats: Annotated[int, msgspec.Meta(ge=1, le=MOST_SEATS, examples=[5])]


class PeriodDraft(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """So many days, or working days."""

    days: Annotated[int, msgspec.Meta(ge=0, le=LONGEST_PERIOD, examples=[14])]
    working: bool = False


class RulesDraft(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the body is to go by.

    Invitations go out at the latest so many days before a session. Without an urgent period they
    cannot be late, without a circular one nobody votes in writing. Items are called for so many
    days before (`call`) and taken until so many before (`agenda`); minutes are released so many
    days after. Who has a conflict of interest never votes, but may count for the quorum.
    """

    quorum: ShareDraft | NumberDraft
    majority: Majority
    invitation: PeriodDraft
    urgent_invitation: PeriodDraft | None = None
    circular: PeriodDraft | None = None
    abstentions_count: bool = False
    conflicted_are_present: bool = False
    vacant_seats_count: bool = True
    sessions_a_school_year: Annotated[int, msgspec.Meta(ge=0, le=MOST_SESSIONS)] = 0
    call: PeriodDraft | None = None
    agenda: PeriodDraft | None = None
    minutes: PeriodDraft | None = None


class NewRules(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The next edition, from a day on. `basis` says where the rules are from."""

    valid_from: Day
    rules: RulesDraft
    basis: Annotated[bounds.Name, msgspec.Meta(examples=["Geschäftsordnung vom 16.03.2026"])]
    resolution: UUID | None = None


def rules_of(draft: RulesDraft) -> Rules:
    """The rules as the domain knows them."""
    return Rules(
        quorum=_quorum(draft.quorum),
        majority=draft.majority,
        invitation=Period(days=draft.invitation.days, working=draft.invitation.working),
        urgent_invitation=_period(draft.urgent_invitation),
        circular=_period(draft.circular),
        abstentions_count=draft.abstentions_count,
        conflicted_are_present=draft.conflicted_are_present,
        vacant_seats_count=draft.vacant_seats_count,
        sessions_a_school_year=draft.sessions_a_school_year,
        call=_period(draft.call),
        agenda=_period(draft.agenda),
        minutes=_period(draft.minutes),
    )


def _quorum(draft: ShareDraft | NumberDraft) -> Share | Number:
    match draft:
        case ShareDraft():
            return Share(parts=draft.parts, of=draft.of, exceeded=draft.exceeded)
        case NumberDraft():
            return Number(seats=draft.seats)


def _period(draft: PeriodDraft | None) -> Period | None:
    return None if draft is None else Period(days=draft.days, working=draft.working)
