"""Where one can go within the steering: a page is here as soon as it exists."""

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec

from domain.kernel import Role
from services.identity.body_readers import READS_BODIES
from services.identity.finding_readers import READS_FINDINGS, READS_THEMES
from services.identity.goal_readers import READS_GOALS
from services.identity.group_readers import READS_EVERY_GROUP, READS_OWN_GROUPS
from services.identity.mandate_readers import READS_NEED_REVIEWS, READS_SOME_RESOLUTIONS
from services.identity.report_readers import READS_REPORT_FIGURES
from services.web.frame import Place
from services.web.inside import Visit

HOME = "/steuerung"


class SubPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page below the area; it is called `steering.places.<key>`, and for whom it is."""

    key: str
    address: str
    roles: frozenset[Role]


SUBPAGES: Sequence[SubPage] = (
    SubPage(key="findings", address=f"{HOME}/erkenntnisse", roles=READS_FINDINGS),
    SubPage(key="themes", address=f"{HOME}/themen", roles=READS_THEMES),
    SubPage(key="bodies", address=f"{HOME}/gremien", roles=READS_BODIES),
    SubPage(key="sessions", address=f"{HOME}/sitzungen", roles=READS_BODIES),
    SubPage(key="resolutions", address=f"{HOME}/beschluesse", roles=READS_SOME_RESOLUTIONS),
    SubPage(key="reviews", address=f"{HOME}/bedarfspruefungen", roles=READS_NEED_REVIEWS),
    SubPage(
        key="groups",
        address=f"{HOME}/arbeitsgruppen",
        roles=READS_EVERY_GROUP | READS_OWN_GROUPS,
    ),
    SubPage(key="goals", address=f"{HOME}/ziele", roles=READS_GOALS),
    SubPage(key="needs", address="/meldungen/zahlen", roles=READS_REPORT_FIGURES),
)
"""In the order of the way from a finding to its result."""


def places_below(request: Visit) -> list[Place]:
    """The pages of the area this person finds something in."""
    roles = {grant.role for grant in request.user.grants_at(datetime.now(UTC))}
    path = request.url.path
    return [
        Place(
            key=page.key,
            address=page.address,
            is_here=path == page.address or path.startswith(f"{page.address}/"),
        )
        for page in SUBPAGES
        if not roles.isdisjoint(page.roles)
    ]
