"""Who is in a group when: spans of days, never written over."""

from collections.abc import Iterable
from datetime import date

import msgspec

from domain.working_groups.events import (
    OrganisationJoined,
    OrganisationLeft,
    Part,
    WorkingGroupEstablished,
)


class Membership(msgspec.Struct, frozen=True, kw_only=True):
    """A span in which an organisation is in the group: on both days and between."""

    organisation: str
    part: Part
    since: date
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


def founding(event: WorkingGroupEstablished) -> tuple[Membership, ...]:
    """Those named by the resolution."""
    parts = {Part.MEMBER: event.members, Part.GUEST: event.guests}
    return tuple(
        Membership(organisation=organisation, part=part, since=event.since)
        for part, organisations in parts.items()
        for organisation in organisations
    )


def joined(
    memberships: tuple[Membership, ...], event: OrganisationJoined
) -> tuple[Membership, ...]:
    this = Membership(organisation=event.organisation, part=event.part, since=event.since)
    return (*memberships, this)


def left(memberships: tuple[Membership, ...], event: OrganisationLeft) -> tuple[Membership, ...]:
    """The organisation's last span ends."""
    this = latest(memberships, event.organisation)
    return tuple(
        msgspec.structs.replace(one, until=event.until) if one is this else one
        for one in memberships
    )


def latest(memberships: Iterable[Membership], organisation: str) -> Membership | None:
    """The organisation's span that was recorded last."""
    of_it = [one for one in memberships if one.organisation == organisation]
    return of_it[-1] if of_it else None


def part_on(memberships: Iterable[Membership], organisation: str, day: date) -> Part | None:
    """What the organisation is in the group on that day; None if it is not in it."""
    return next(
        (one.part for one in memberships if one.organisation == organisation and one.holds_on(day)),
        None,
    )
