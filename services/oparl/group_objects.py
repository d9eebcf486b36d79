"""The objects of a working group: an organization of its own, with one membership for each time."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from domain.kernel import stream_id
from domain.steering.body_commands import body_id
from domain.working_groups.membership import Membership
from services.oparl.addresses import Kind, path_of
from services.oparl.draft import Draft
from services.oparl.public_group import PublicGroup
from services.oparl.wording import words


def institution_id(organisation: str) -> UUID:
    """Under which an organisation that sits somewhere is found, by its key."""
    return stream_id("oparl-institution", organisation)


def memberships_of(group: PublicGroup) -> list[Membership]:
    """Without those that joined by mistake."""
    return [one for one in group.memberships if one.until is None or one.since <= one.until]


def drafts_of(group: PublicGroup, county: str, bodies: Collection[str]) -> Iterable[Draft]:
    """The group below its body, if that is one of the public `bodies`, and its memberships."""
    spans = [_membership(group, one) for one in memberships_of(group)]
    of_body = path_of(Kind.ORGANIZATION, body_id(group.body)) if group.body in bodies else ""
    yield Draft(
        kind=Kind.ORGANIZATION,
        key=group.group,
        fields={
            "body": county,
            "name": group.title,
            "organizationType": words().organizations["group"],
            "subOrganizationOf": of_body,
            "startDate": _day(group.since),
            "endDate": _day(group.until),
            "membership": [one.path for one in spans],
        },
    )
    yield from spans


def _membership(group: PublicGroup, one: Membership) -> Draft:
    """It ends with the group at the latest."""
    ends = [day for day in (one.until, group.until) if day is not None]
    key = f"{group.group}/{one.organisation}/{one.since}"
    return Draft(
        kind=Kind.MEMBERSHIP,
        key=stream_id("oparl-membership", key),
        fields={
            "organization": path_of(Kind.ORGANIZATION, group.group),
            "role": words().seats[one.part],
            "startDate": _day(one.since),
            "endDate": _day(min(ends, default=None)),
            "onBehalfOf": path_of(Kind.ORGANIZATION, institution_id(one.organisation)),
        },
    )


def _day(on: date | None) -> str:
    return on.isoformat() if on else ""
