"""How a body looks from outside: its seats, who sits on them, and the editions of its rules."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

import msgspec

from domain.kernel import Erased
from domain.steering.body import Body, Seat
from domain.steering.body_events import Capacity, RulesAdopted, SeatKind
from domain.steering.body_rules import Majority, Number, Period, Rules, Share
from services.eventstore.record import LogEntry
from services.texts import Language
from services.texts.rules import rules_in_words


class BodySummary(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the list."""

    id: UUID
    key: str
    title: str
    since: date
    version: int
    position: int
    changed_at: datetime


class AppointmentView(msgspec.Struct, frozen=True, kw_only=True):
    """An account on a seat, on both days and between; no last day if `until` is missing."""

    person: str
    capacity: Capacity
    since: date
    until: date | None = None


class SeatView(msgspec.Struct, frozen=True, kw_only=True):
    """An organisation's seat with all appointments there ever were.

    `exists`, `holder` and `deputies` are those of the day that was asked about.
    """

    seat: str
    organisation: str
    kind: SeatKind
    since: date
    until: date | None = None
    exists: bool
    holder: str | None = None
    deputies: list[str]
    appointments: list[AppointmentView]


class RulesView(msgspec.Struct, frozen=True, kw_only=True):
    """What a body goes by, as it was adopted. Periods that are missing are not ruled."""

    quorum: Share | Number
    majority: Majority
    invitation: Period
    urgent_invitation: Period | None = None
    circular: Period | None = None
    abstentions_count: bool
    conflicted_are_present: bool
    vacant_seats_count: bool
    sessions_a_school_year: int
    call: Period | None = None
    agenda: Period | None = None
    minutes: Period | None = None


class RulesEdition(msgspec.Struct, frozen=True, kw_only=True):
    """Rules from a day on, up to and with the day `until`; `in_words` says them.

    An edition that was replaced from the same day on ends before it begins. `position` is the
    place in the log at which it was adopted.
    """

    edition: int
    valid_from: date
    until: date | None = None
    rules: RulesView
    in_words: str
    basis: str
    resolution: UUID | None = None
    adopted_at: datetime
    position: int


class BodyView(msgspec.Struct, frozen=True, kw_only=True):
    """A body as it is on `day`. `edition` is that of the rules that hold then; 0: none.

    `named` are the accounts that agree to be named in public, `people` all names.
    """

    id: UUID
    key: str
    title: str
    since: date
    day: date
    seats: list[SeatView]
    edition: int
    editions: list[RulesEdition]
    named: list[str]
    people: Mapping[str, str | Erased]
    version: int
    position: int


def body_view(
    body: Body,
    entries: Sequence[LogEntry],
    people: Mapping[str, str | Erased],
    day: date,
    language: Language,
) -> BodyView:
    """The body as it follows from these entries, on that day."""
    assert body.body is not None, "the reader refuses what is unknown"
    assert body.since is not None
    edition = body.rules_at(day)
    return BodyView(
        id=body.body,
        key=body.key,
        title=body.title,
        since=body.since,
        day=day,
        seats=[seat_view(seat, day) for _, seat in sorted(body.seats.items())],
        edition=edition.edition if edition else 0,
        editions=edition_views(body, entries, language),
        named=sorted(body.named),
        people=people,
        version=len(entries),
        position=entries[-1].position,
    )


def seat_view(seat: Seat, day: date) -> SeatView:
    return SeatView(
        seat=seat.seat,
        organisation=seat.organisation,
        kind=seat.kind,
        since=seat.since,
        until=seat.until,
        exists=seat.exists_on(day),
        holder=seat.holder_on(day),
        deputies=list(seat.deputies_on(day)),
        appointments=[
            AppointmentView(
                person=held.person,
                capacity=held.capacity,
                since=held.since,
                until=held.until,
            )
            for held in seat.appointments
        ],
    )


def edition_views(
    body: Body, entries: Iterable[LogEntry], language: Language
) -> list[RulesEdition]:
    """All editions of the rules in their order, each with the days on which it holds."""
    adopted = {
        entry.event.edition: (entry, entry.event)
        for entry in entries
        if isinstance(entry.event, RulesAdopted)
    }
    views: list[RulesEdition] = []
    for place, edition in enumerate(body.editions, start=1):
        entry, event = adopted[edition.edition]
        later = body.editions[place : place + 1]
        views.append(
            RulesEdition(
                edition=edition.edition,
                valid_from=edition.valid_from,
                until=later[0].valid_from - timedelta(days=1) if later else None,
                rules=_rules_view(edition.rules),
                in_words=rules_in_words(edition.rules, language),
                basis=edition.basis,
                resolution=event.resolution,
                adopted_at=entry.metadata.occurred_at,
                position=entry.position,
            )
        )
    return views


def people_on(body: Body) -> frozenset[str]:
    """Every account that sits or sat on a seat, or agreed to be named."""
    held = (held for seat in body.seats.values() for held in seat.appointments)
    return frozenset({*(appointment.person for appointment in held), *body.named})


def _rules_view(rules: Rules) -> RulesView:
    return RulesView(**msgspec.structs.asdict(rules))
