"""One example of every event of a body, as it was first stored.

`tests/golden/examples.py` says what holds for all of them.
"""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from domain.kernel import Event
from domain.steering.body_events import (
    AppointmentEnded,
    BodyEstablished,
    BodyRenamed,
    Capacity,
    NamingAllowed,
    NamingWithdrawn,
    PersonAppointed,
    RulesAdopted,
    SeatCreated,
    SeatEnded,
    SeatKind,
)
from domain.steering.body_rules import Majority, Period, Rules, Share

BODY = UUID("5a1f6f0e-0000-5000-8000-000000000021")
RESOLUTION = UUID("5a1f6f0e-0000-5000-8000-000000000022")
HOLDER = "5a1f6f0e-0000-5000-8000-000000000023"

EVENTS: Mapping[str, Event] = {
    "body.established.v1": BodyEstablished(
        body=BODY, key="lenkungsgruppe", title="Lenkungsgruppe KIM", since=date(2022, 5, 17)
    ),
    "body.renamed.v1": BodyRenamed(title="Lenkungsgruppe Integration"),
    "body.seat-created.v1": SeatCreated(
        seat="jobcenter-1",
        organisation="jobcenter",
        kind=SeatKind.MEMBER,
        since=date(2022, 5, 17),
        until=date(2027, 7, 31),
    ),
    "body.seat-ended.v1": SeatEnded(
        seat="jobcenter-1", until=date(2026, 7, 31), reason="Die Organisation tritt aus."
    ),
    "body.person-appointed.v1": PersonAppointed(
        seat="jobcenter-1",
        person=HOLDER,
        capacity=Capacity.HOLDER,
        since=date(2022, 5, 17),
        until=date(2027, 7, 31),
    ),
    "body.appointment-ended.v1": AppointmentEnded(
        seat="jobcenter-1",
        person=HOLDER,
        capacity=Capacity.DEPUTY,
        since=date(2022, 5, 17),
        until=date(2025, 12, 31),
    ),
    "body.rules-adopted.v1": RulesAdopted(
        edition=2,
        valid_from=date(2026, 9, 1),
        rules=Rules(
            quorum=Share(parts=1, of=2, exceeded=True),
            majority=Majority.TWO_THIRDS,
            invitation=Period(days=14),
            urgent_invitation=Period(days=3, working=True),
            circular=Period(days=10, working=True),
            abstentions_count=True,
            conflicted_are_present=True,
            vacant_seats_count=False,
            sessions_a_school_year=2,
            call=Period(days=42),
            agenda=Period(days=21),
            minutes=Period(days=20, working=True),
        ),
        basis="Geschäftsordnung vom 16. März 2026",
        resolution=RESOLUTION,
    ),
    "body.naming-allowed.v1": NamingAllowed(person=HOLDER),
    "body.naming-withdrawn.v1": NamingWithdrawn(person=HOLDER),
}
