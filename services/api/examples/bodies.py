"""Examples of bodies: established, seated, ruled."""

from datetime import UTC, date, datetime
from uuid import UUID

from domain.steering.body_events import Capacity, SeatKind
from domain.steering.body_rules import Majority, Period, Share
from services.api.body_bounds import (
    AppointmentEnding,
    BodyTitle,
    NewAppointment,
    NewBody,
    NewRules,
    NewSeat,
    PeriodDraft,
    RulesDraft,
    SeatEnding,
    ShareDraft,
)
from services.api.body_views import (
    AppointmentView,
    BodySummary,
    BodyView,
    RulesEdition,
    RulesView,
    SeatView,
)
from services.api.examples.shared import OPENED, PERSON

BODY = UUID("5c6a5a0c-6f0d-5a5e-9a6b-2f4b6f0f7c31")
KEY, TITLE = "lenkungsgruppe-kim", "Lenkungsgruppe KIM"
SEAT, ORGANISATION = "jobcenter-1", "jobcenter"
FOUNDED = date(2022, 5, 17)
NAME = "Jana Beispiel"

RULES = RulesEdition(
    edition=1,
    valid_from=FOUNDED,
    until=date(2026, 7, 31),
    rules=RulesView(
        quorum=Share(parts=1, of=2, exceeded=True),
        majority=Majority.SIMPLE,
        invitation=Period(days=14),
        urgent_invitation=Period(days=3, working=True),
        circular=Period(days=10, working=True),
        abstentions_count=False,
        conflicted_are_present=False,
        vacant_seats_count=True,
        sessions_a_school_year=2,
        call=Period(days=42),
        agenda=Period(days=21),
        minutes=Period(days=20, working=True),
    ),
    in_words="beschlussfähig, wenn mehr als 1/2 der stimmberechtigten Sitze vertreten sind; …",
    basis="Geschäftsordnung vom 17.05.2022",
    resolution=UUID("0f6c1f0e-5d0d-5b0b-8a55-2f7a7d9f1c10"),
    adopted_at=datetime(2022, 5, 17, 12, tzinfo=UTC),
    position=118,
)

EXAMPLES = (
    NewBody(key=KEY, title=TITLE, since=FOUNDED),
    BodyTitle(title="Lenkungsgruppe Integration"),
    NewSeat(seat=SEAT, organisation=ORGANISATION, kind=SeatKind.MEMBER, since=FOUNDED),
    SeatEnding(until=date(2027, 7, 31), reason="Die Organisation tritt aus."),
    NewAppointment(person=PERSON, capacity=Capacity.HOLDER, since=FOUNDED),
    AppointmentEnding(
        person=PERSON, capacity=Capacity.HOLDER, since=FOUNDED, until=date(2027, 1, 31)
    ),
    NewRules(
        valid_from=date(2027, 2, 1),
        rules=RulesDraft(
            quorum=ShareDraft(parts=1, of=2, exceeded=True),
            majority=Majority.TWO_THIRDS,
            invitation=PeriodDraft(days=14),
            urgent_invitation=PeriodDraft(days=3, working=True),
            circular=PeriodDraft(days=10, working=True),
            sessions_a_school_year=2,
            call=PeriodDraft(days=42),
            agenda=PeriodDraft(days=21),
            minutes=PeriodDraft(days=20, working=True),
        ),
        basis="Geschäftsordnung vom 26.11.2026",
    ),
    BodySummary(
        id=BODY,
        key=KEY,
        title=TITLE,
        since=FOUNDED,
        version=12,
        position=118,
        changed_at=OPENED,
    ),
    RULES,
    BodyView(
        id=BODY,
        key=KEY,
        title=TITLE,
        since=FOUNDED,
        day=date(2026, 11, 26),
        seats=[
            SeatView(
                seat=SEAT,
                organisation=ORGANISATION,
                kind=SeatKind.MEMBER,
                since=FOUNDED,
                until=None,
                exists=True,
                holder=str(PERSON),
                deputies=[],
                appointments=[
                    AppointmentView(person=str(PERSON), capacity=Capacity.HOLDER, since=FOUNDED)
                ],
            )
        ],
        edition=1,
        editions=[RULES],
        named=[str(PERSON)],
        people={str(PERSON): NAME},
        version=12,
        position=118,
    ),
)
