"""Who looks at the posts, what they are offered, and where the pages are."""

from datetime import UTC, datetime
from uuid import UUID

import msgspec

from domain.kernel import Role
from services.identity.areas import Area
from services.identity.post_readers import SEES_HOLDERS
from services.web.inside import Visit

HOME = f"/{Area.POSTS}"
NEW = f"{HOME}/neu"
ONE = f"{HOME}/{{post_id:uuid}}"


class Viewer(msgspec.Struct, frozen=True, kw_only=True):
    """What they may do the API says; this is what they are offered."""

    roles: frozenset[Role]

    @property
    def coordinates(self) -> bool:
        return Role.COORDINATOR in self.roles

    @property
    def reads_record(self) -> bool:
        return not self.roles.isdisjoint(SEES_HOLDERS)


def viewer_of(request: Visit) -> Viewer:
    grants = request.user.grants_at(datetime.now(UTC))
    return Viewer(roles=frozenset(grant.role for grant in grants))


def page_of(post: UUID) -> str:
    return f"{HOME}/{post}"
