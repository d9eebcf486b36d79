"""The objects that follow from the county and its bodies: who sits where, and who is named."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from domain.kernel import stream_id
from domain.steering.body import Appointment, Body, Seat
from domain.steering.body_commands import body_id
from domain.steering.body_events import Capacity
from services.oparl.addresses import SCHEMA, SYSTEM, Kind, list_of, path_of
from services.oparl.draft import Draft, Inside
from services.oparl.group_objects import drafts_of as group_drafts
from services.oparl.group_objects import institution_id, memberships_of
from services.oparl.public_group import PublicGroup
from services.oparl.wording import words

COUNTY_KEY = stream_id("oparl", "county")
COUNTY = path_of(Kind.BODY, COUNTY_KEY)
"""The one body in the sense of OParl; what we call a body is an organization there."""

LISTS: Mapping[str, Kind] = {
    "organization": Kind.ORGANIZATION,
    "person": Kind.PERSON,
    "meeting": Kind.MEETING,
    "paper": Kind.PAPER,
    "agendaItem": Kind.AGENDA_ITEM,
    "consultation": Kind.CONSULTATION,
    "file": Kind.FILE,
    "locationList": Kind.LOCATION,
    "legislativeTermList": Kind.LEGISLATIVE_TERM,
    "membership": Kind.MEMBERSHIP,
}


class County(msgspec.Struct, frozen=True, kw_only=True):
    """`bodies` are those of which something is published, `groups` those that are.

    `organisations` are names by key.
    """

    name: str
    bodies: tuple[Body, ...] = ()
    groups: tuple[PublicGroup, ...] = ()
    organisations: Mapping[str, str] = {}


def drafts_of(county: County) -> list[Draft]:
    """Each object after those it holds."""
    seated = {seat.organisation for body in county.bodies for seat in _seats(body)}
    seated |= {one.organisation for group in county.groups for one in memberships_of(group)}
    public = {body.key for body in county.bodies}
    named: dict[str, list[Draft]] = {}
    memberships: list[Draft] = []
    bodies: list[Draft] = []
    for body in county.bodies:
        of_body = list(_memberships(body))
        bodies.append(_body(body, [membership for _, membership in of_body]))
        for person, membership in of_body:
            memberships.append(membership)
            if person:
                named.setdefault(person, []).append(membership)
    return [
        *_top(county),
        *(_institution(key, county.organisations.get(key, key)) for key in sorted(seated)),
        *bodies,
        *memberships,
        *(draft for group in county.groups for draft in group_drafts(group, COUNTY, public)),
        *(_person(person, named[person]) for person in sorted(named)),
    ]


def without(body: Body, person: str) -> Body:
    """The body without anything about the person, whose data were erased."""
    seats = {
        key: msgspec.structs.replace(
            seat, appointments=tuple(a for a in seat.appointments if a.person != person)
        )
        for key, seat in body.seats.items()
    }
    return msgspec.structs.replace(body, seats=seats, named=body.named - {person})


def system_fields(name: str) -> dict[str, Any]:
    """What the entrance says."""
    return {"oparlVersion": SCHEMA, "name": name, "body": list_of(Kind.BODY)}


def _top(county: County) -> Iterable[Draft]:
    name = words().system.format(county=county.name)
    yield Draft(kind=Kind.SYSTEM, key=COUNTY_KEY, fields=system_fields(name))
    lists = {name: list_of(kind) for name, kind in LISTS.items()}
    fields = {"name": county.name, **lists, "legislativeTerm": ()}
    yield Draft(kind=Kind.BODY, key=COUNTY_KEY, fields={"system": SYSTEM, **fields})


def _institution(key: str, name: str) -> Draft:
    fields = {"body": COUNTY, "name": name, "organizationType": words().organizations["seat"]}
    return Draft(kind=Kind.ORGANIZATION, key=institution_id(key), fields=fields)


def _body(body: Body, memberships: Iterable[Draft]) -> Draft:
    key = body_id(body.key)
    return Draft(
        kind=Kind.ORGANIZATION,
        key=key,
        fields={
            "body": COUNTY,
            "name": body.title,
            "organizationType": words().organizations["body"],
            "startDate": _day(body.since),
            "membership": [one.path for one in memberships],
            "meeting": f"{path_of(Kind.ORGANIZATION, key)}/{Kind.MEETING.value}",
        },
    )


def _memberships(body: Body) -> Iterable[tuple[str, Draft]]:
    """One of each seat, without a person; one of each appointment of who agreed to be named."""
    for seat in _seats(body):
        yield "", _membership(body, seat)
        for appointment in seat.appointments:
            if appointment.person in body.named:
                yield appointment.person, _named_membership(body, seat, appointment)


def _membership(body: Body, seat: Seat) -> Draft:
    return Draft(
        kind=Kind.MEMBERSHIP,
        key=stream_id("oparl-membership", f"{body.key}/{seat.seat}"),
        fields={
            "organization": path_of(Kind.ORGANIZATION, body_id(body.key)),
            "role": words().seats[seat.kind],
            "votingRight": seat.votes,
            "startDate": _day(seat.since),
            "endDate": _day(seat.until),
            "onBehalfOf": path_of(Kind.ORGANIZATION, institution_id(seat.organisation)),
        },
    )


def _named_membership(body: Body, seat: Seat, appointment: Appointment) -> Draft:
    """That of the seat, for the person's time on it. A deputy has no vote of their own."""
    person, capacity = appointment.person, appointment.capacity
    key = f"{body.key}/{seat.seat}/{person}/{capacity}/{appointment.since}"
    fields = {
        **_membership(body, seat).fields,
        "person": path_of(Kind.PERSON, _person_id(person)),
        "startDate": _day(appointment.since),
        "endDate": _day(appointment.until),
    }
    if capacity is Capacity.DEPUTY:
        fields |= {"role": words().seats["deputy"], "votingRight": False}
    return Draft(kind=Kind.MEMBERSHIP, key=stream_id("oparl-membership", key), fields=fields)


def _person(account: str, memberships: Iterable[Draft]) -> Draft:
    """The name is added when it is read: it is in the log alone."""
    inside: list[Inside] = [one.inside("person") for one in memberships]
    return Draft(
        kind=Kind.PERSON,
        key=_person_id(account),
        account=account,
        fields={"body": COUNTY, "membership": inside},
    )


def _person_id(account: str) -> UUID:
    return stream_id("oparl-person", account)


def _seats(body: Body) -> list[Seat]:
    """In the order of their keys, without those that never existed."""
    seats = (seat for _, seat in sorted(body.seats.items()))
    return [seat for seat in seats if seat.until is None or seat.since <= seat.until]


def _day(on: date | None) -> str:
    return on.isoformat() if on else ""
