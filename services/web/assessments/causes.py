"""Which agreements of working groups an assessment round came of."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from services.api.group_views import AgreementSummary
from services.identity.authorisation import has_one
from services.identity.group_readers import READS_EVERY_GROUP, READS_OWN_GROUPS
from services.web.inside import Inside, Visit


async def causes_of(request: Visit, inside: Inside, round_id: UUID) -> Sequence[AgreementSummary]:
    """Those the person may read."""
    if not has_one(request.user, READS_EVERY_GROUP | READS_OWN_GROUPS, datetime.now(UTC)):
        return ()
    found = inside.items(request, "/agreements", AgreementSummary, consequence=round_id)
    return [agreement async for agreement in found]
