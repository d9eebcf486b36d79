"""The steering group of the tests: four votes, one adviser, and who sits on them."""

from collections.abc import Mapping
from datetime import date

from domain.directory.organisation import Organisation
from domain.steering.body import Body
from domain.steering.body_commands import body_id
from domain.steering.body_context import BodyContext
from domain.steering.body_decide import BODY
from domain.steering.body_events import (
    BodyEstablished,
    BodyEvent,
    Capacity,
    PersonAppointed,
    RulesAdopted,
    SeatCreated,
    SeatKind,
)
from domain.steering.body_rules import Majority, Period, Rules, Share
from tests.domain.county import ADA, MONDAY, NRW, ORGANISATIONS
from tests.support.scenario import Scenario

GROUP = "lenkungsgruppe"
FOUNDED = date(2022, 5, 17)

KREIS, JOBCENTER, CARITAS, CHAMBER, BAMF = "kreis", "jobcenter", "caritas", "chamber", "bamf"
VOTES = (KREIS, JOBCENTER, CARITAS, CHAMBER)

HOLDERS: Mapping[str, str] = {
    KREIS: "karla",
    JOBCENTER: "dora",
    CARITAS: "fadi",
    CHAMBER: "gina",
    BAMF: "ira",
}
DEPUTIES: Mapping[str, tuple[str, ...]] = {
    JOBCENTER: ("emil",),
    CARITAS: ("hugo",),
    CHAMBER: ("hugo", "jan"),
}
PEOPLE = frozenset({*HOLDERS.values(), "emil", "hugo", "jan", "lena", "ada", "ben"})

RULES = Rules(
    quorum=Share(parts=1, of=2, exceeded=True),
    majority=Majority.SIMPLE,
    invitation=Period(days=14),
    urgent_invitation=Period(days=3, working=True),
    circular=Period(days=10, working=True),
    sessions_a_school_year=2,
)

ALL_ORGANISATIONS = {
    **ORGANISATIONS,
    KREIS: Organisation(key=KREIS, name="Kreis"),
    BAMF: Organisation(key=BAMF, name="BAMF"),
    "agentur": Organisation(key="agentur", name="Agentur"),
}

body = Scenario(
    BODY,
    BodyContext(by=ADA, at=MONDAY, calendar=NRW, organisations=ALL_ORGANISATIONS, people=PEOPLE),
)

ESTABLISHED = BodyEstablished(
    body=body_id(GROUP), key=GROUP, title="Lenkungsgruppe KIM", since=FOUNDED
)


def seat(key: str, kind: SeatKind = SeatKind.MEMBER, until: date | None = None) -> SeatCreated:
    return SeatCreated(seat=key, organisation=key, kind=kind, since=FOUNDED, until=until)


def appointed(
    key: str,
    person: str,
    capacity: Capacity = Capacity.HOLDER,
    since: date = FOUNDED,
    until: date | None = None,
) -> PersonAppointed:
    return PersonAppointed(seat=key, person=person, capacity=capacity, since=since, until=until)


def adopted(rules: Rules = RULES, edition: int = 1, valid_from: date = FOUNDED) -> RulesAdopted:
    return RulesAdopted(
        edition=edition, valid_from=valid_from, rules=rules, basis="Geschäftsordnung"
    )


SEATED: tuple[BodyEvent, ...] = (
    ESTABLISHED,
    *(seat(key) for key in VOTES),
    seat(BAMF, SeatKind.ADVISER),
    *(appointed(key, person) for key, person in HOLDERS.items()),
    *(
        appointed(key, person, Capacity.DEPUTY)
        for key, people in DEPUTIES.items()
        for person in people
    ),
)


def group(rules: Rules = RULES, *further: BodyEvent) -> Body:
    """The steering group under these rules, after whatever else happened to it."""
    return BODY.replay((*SEATED, adopted(rules), *further))
