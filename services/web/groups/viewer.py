"""Who looks at working groups. What they may do the API says; this is what they are offered."""

from datetime import UTC, datetime

import msgspec

from domain.kernel import Role
from services.api.group_views import AgreementView, WorkingGroupView
from services.identity.authorisation import READS_THE_RECORD
from services.identity.finding_readers import READS_THEMES
from services.identity.group_readers import READS_OWN_GROUPS
from services.identity.mandate_readers import READS_EVERY_RESOLUTION
from services.web.inside import Visit

WORKING = "working"


class Viewer(msgspec.Struct, frozen=True, kw_only=True):
    """`organisations` are those whose groups they read, and in whose name they act there."""

    roles: frozenset[Role]
    organisations: frozenset[str]

    @property
    def coordinates(self) -> bool:
        return Role.COORDINATOR in self.roles

    @property
    def reads_record(self) -> bool:
        return not self.roles.isdisjoint(READS_THE_RECORD)

    @property
    def reads_trace(self) -> bool:
        return not self.roles.isdisjoint(READS_THEMES)

    @property
    def reads_resolutions(self) -> bool:
        """All of them; members read those that concern their organisation."""
        return not self.roles.isdisjoint(READS_EVERY_RESOLUTION)

    @property
    def works_at_college(self) -> bool:
        return Role.COLLEGE in self.roles

    def runs(self, group: WorkingGroupView) -> bool:
        """Sees to the meetings and agreements of a group that is still at work."""
        return group.stage == WORKING and (self.coordinates or group.lead in self.organisations)

    def arranges(self, group: WorkingGroupView) -> bool:
        """Says who is in a group that is still at work, and how often it is to meet."""
        return group.stage == WORKING and self.coordinates

    def fulfils(self, group: WorkingGroupView, agreement: AgreementView) -> bool:
        """May say that this agreement is fulfilled."""
        own = agreement.owner in self.organisations
        return group.stage == WORKING and (self.runs(group) or own)


def viewer_of(request: Visit) -> Viewer:
    grants = request.user.grants_at(datetime.now(UTC))
    return Viewer(
        roles=frozenset(grant.role for grant in grants),
        organisations=frozenset(
            grant.organisation for grant in grants if grant.role in READS_OWN_GROUPS
        ),
    )
