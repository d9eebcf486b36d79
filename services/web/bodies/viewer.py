"""Who looks at a body. What they may do the API says; this is what they are offered."""

from datetime import UTC, datetime

import msgspec

from domain.kernel import Role
from services.identity.authorisation import READS_THE_RECORD
from services.identity.body_readers import READS_EVERY_BODY
from services.web.inside import Visit

ARRANGES = frozenset({Role.COORDINATOR, Role.ADMINISTRATOR})


class Viewer(msgspec.Struct, frozen=True, kw_only=True):
    """`account` is their own, also where they act in somebody's absence."""

    account: str
    roles: frozenset[Role]

    @property
    def arranges(self) -> bool:
        """Bodies, their seats, and who sits on them."""
        return not self.roles.isdisjoint(ARRANGES)

    @property
    def adopts_rules(self) -> bool:
        return Role.COORDINATOR in self.roles

    @property
    def reads_every_body(self) -> bool:
        return not self.roles.isdisjoint(READS_EVERY_BODY)

    @property
    def reads_record(self) -> bool:
        return not self.roles.isdisjoint(READS_THE_RECORD)


def viewer_of(request: Visit) -> Viewer:
    grants = request.user.grants_at(datetime.now(UTC))
    return Viewer(account=request.user.account, roles=frozenset(grant.role for grant in grants))
