"""Where the reports of companies are, and who looks at them."""

from datetime import UTC, datetime
from uuid import UUID

import msgspec

from domain.kernel import Role
from services.identity.authorisation import READS_THE_RECORD
from services.identity.report_readers import READS_EVERY_REPORT
from services.web.inside import Visit

HOME = "/meldungen"
NEW = f"{HOME}/neu"
FIGURES = f"{HOME}/zahlen"
ONE = f"{HOME}/{{report_id:uuid}}"


class Viewer(msgspec.Struct, frozen=True, kw_only=True):
    """What they may do the API says; this is what they are offered."""

    roles: frozenset[Role]
    organisations: frozenset[str]

    @property
    def coordinates(self) -> bool:
        return Role.COORDINATOR in self.roles

    @property
    def reads_record(self) -> bool:
        return not self.roles.isdisjoint(READS_THE_RECORD)

    @property
    def reads_every_report(self) -> bool:
        return not self.roles.isdisjoint(READS_EVERY_REPORT)

    def answers_for(self, organisation: str) -> bool:
        """To what this partner was asked; the coordination notes what it was told."""
        return self.coordinates or organisation in self.organisations


def viewer_of(request: Visit) -> Viewer:
    grants = request.user.grants_at(datetime.now(UTC))
    return Viewer(
        roles=frozenset(grant.role for grant in grants),
        organisations=frozenset(
            grant.organisation for grant in grants if grant.role is Role.ORGANISATION_MEMBER
        ),
    )


def report_at(report: UUID) -> str:
    """The page of this report."""
    return f"{HOME}/{report}"
