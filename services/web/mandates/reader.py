"""Who looks at resolutions. What they may do the API says; this is what they are offered."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import TypeVar

import msgspec

from domain.kernel import Role
from services.identity.authorisation import READS_THE_RECORD, require
from services.identity.body_readers import READS_BODIES
from services.identity.finding_readers import READS_THEMES
from services.identity.mandate_readers import READS_NEED_REVIEWS
from services.web.inside import Inside, Refusal, Visit

T = TypeVar("T")
HIDDEN = frozenset({HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND})


class Reader(msgspec.Struct, frozen=True, kw_only=True):
    """`speaks_for` are the organisations of a member, `organisation` is that of a coordinator."""

    roles: frozenset[Role]
    speaks_for: frozenset[str]
    organisation: str

    @property
    def coordinates(self) -> bool:
        return Role.COORDINATOR in self.roles

    @property
    def reads_record(self) -> bool:
        return not self.roles.isdisjoint(READS_THE_RECORD)

    @property
    def reads_bodies(self) -> bool:
        return not self.roles.isdisjoint(READS_BODIES)

    @property
    def reads_reviews(self) -> bool:
        return not self.roles.isdisjoint(READS_NEED_REVIEWS)

    @property
    def reads_trace(self) -> bool:
        return not self.roles.isdisjoint(READS_THEMES)

    def reports_on(self, owner: str) -> bool:
        """On the progress of a mandate that this organisation sees to."""
        return self.coordinates or owner in self.speaks_for


def reader_of(request: Visit) -> Reader:
    grants = request.user.grants_at(datetime.now(UTC))
    coordinating = (g.organisation for g in grants if g.role is Role.COORDINATOR)
    return Reader(
        roles=frozenset(grant.role for grant in grants),
        speaks_for=frozenset(
            grant.organisation for grant in grants if grant.role is Role.ORGANISATION_MEMBER
        ),
        organisation=next(coordinating, ""),
    )


def require_coordinator(request: Visit) -> None:
    """Before a form that others cannot send. Raises RoleMissing."""
    require(request.user, frozenset({Role.COORDINATOR}), datetime.now(UTC))


async def read_if_shown(inside: Inside, request: Visit, path: str, kind: type[T]) -> T | None:
    """What is at the path; nothing if there is nothing, or nothing for this person."""
    try:
        return await inside.read(request, path, kind)
    except Refusal as refusal:
        if refusal.status in HIDDEN:
            return None
        raise
