"""What of a working group may be public: its name, its time, and who is in it."""

from datetime import date
from typing import TypeAlias
from uuid import UUID

import msgspec

from domain.working_groups import membership
from domain.working_groups.events import (
    OrganisationJoined,
    OrganisationLeft,
    WorkingGroupDissolved,
    WorkingGroupEstablished,
)
from domain.working_groups.events_publication import GroupPublicationWithdrawn, GroupPublished
from domain.working_groups.membership import Membership

GroupEvent: TypeAlias = (
    WorkingGroupEstablished
    | OrganisationJoined
    | OrganisationLeft
    | WorkingGroupDissolved
    | GroupPublished
    | GroupPublicationWithdrawn
)
"""What meets and agrees is nobody else's."""


class PublicGroup(msgspec.Struct, frozen=True, kw_only=True):
    """`body` is the key of the one that established it."""

    group: UUID
    body: str
    title: str
    since: date
    until: date | None = None
    memberships: tuple[Membership, ...] = ()
    is_public: bool = False


def established(event: WorkingGroupEstablished) -> PublicGroup:
    return PublicGroup(
        group=event.group,
        body=event.body,
        title=event.title,
        since=event.since,
        memberships=membership.founding(event),
    )


def evolve(group: PublicGroup, event: GroupEvent) -> PublicGroup:
    """The group after the event."""
    match event:
        case OrganisationJoined():
            there = membership.joined(group.memberships, event)
            return msgspec.structs.replace(group, memberships=there)
        case OrganisationLeft():
            there = membership.left(group.memberships, event)
            return msgspec.structs.replace(group, memberships=there)
        case WorkingGroupDissolved(until=until):
            return msgspec.structs.replace(group, until=until)
        case GroupPublished() | GroupPublicationWithdrawn():
            is_public = isinstance(event, GroupPublished)
            return msgspec.structs.replace(group, is_public=is_public)
        case WorkingGroupEstablished():
            return group
