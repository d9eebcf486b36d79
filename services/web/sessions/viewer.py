"""Who looks at the sessions. What they may do the API says; this is what they are offered."""

from datetime import UTC, datetime

import msgspec

from domain.kernel import Role
from services.identity.authorisation import READS_THE_RECORD
from services.web.inside import Visit


class SessionViewer(msgspec.Struct, frozen=True, kw_only=True):
    """`accounts` are those on whose seats they act: their own, and of whom they substitute."""

    account: str
    coordinates: bool
    accounts: frozenset[str]
    reads_record: bool

    @property
    def is_member(self) -> bool:
        return bool(self.accounts)


def session_viewer(request: Visit) -> SessionViewer:
    grants = request.user.grants_at(datetime.now(UTC))
    roles = {grant.role for grant in grants}
    return SessionViewer(
        account=request.user.account,
        coordinates=Role.COORDINATOR in roles,
        accounts=frozenset(
            grant.substitutes or request.user.account
            for grant in grants
            if grant.role is Role.STEERING_MEMBER
        ),
        reads_record=not roles.isdisjoint(READS_THE_RECORD),
    )
