"""Who looks at the steering. What they may do the API says; this is what they are offered."""

from datetime import UTC, datetime

import msgspec

from domain.kernel import Role
from services.identity.body_readers import READS_BODIES
from services.identity.finding_readers import (
    READS_EVERY_FINDING,
    READS_FINDINGS,
    READS_THEMES,
    WRITES_FINDINGS,
)
from services.identity.mandate_readers import READS_EVERY_RESOLUTION
from services.web.inside import Visit


class Viewer(msgspec.Struct, frozen=True, kw_only=True):
    """`municipalities` are those they work in as a case manager."""

    account: str
    roles: frozenset[Role]
    municipalities: frozenset[str]

    @property
    def coordinates(self) -> bool:
        return Role.COORDINATOR in self.roles

    @property
    def reads_findings(self) -> bool:
        return not self.roles.isdisjoint(READS_FINDINGS)

    @property
    def reads_themes(self) -> bool:
        return not self.roles.isdisjoint(READS_THEMES)

    @property
    def reads_bodies(self) -> bool:
        return not self.roles.isdisjoint(READS_BODIES)

    @property
    def reads_resolutions(self) -> bool:
        return not self.roles.isdisjoint(READS_EVERY_RESOLUTION)

    @property
    def reads_every_finding(self) -> bool:
        return not self.roles.isdisjoint(READS_EVERY_FINDING)

    @property
    def reports(self) -> bool:
        return not self.roles.isdisjoint(WRITES_FINDINGS)

    @property
    def reads_record(self) -> bool:
        return self.reads_every_finding

    def changes(self, municipality: str) -> bool:
        """Findings of this municipality."""
        return self.coordinates or municipality in self.municipalities


def viewer_of(request: Visit) -> Viewer:
    grants = request.user.grants_at(datetime.now(UTC))
    return Viewer(
        account=request.user.account,
        roles=frozenset(grant.role for grant in grants),
        municipalities=frozenset(
            grant.municipality
            for grant in grants
            if grant.role is Role.CASE_MANAGER and grant.municipality
        ),
    )
