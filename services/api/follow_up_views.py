"""How a later session sees what has become of a resolution."""

from datetime import datetime
from uuid import UUID

import msgspec

from domain.steering.mandate import kind_of
from domain.steering.resolution import Existing
from domain.steering.resolution_events import Standing
from domain.steering.resolution_standing import what_became_of
from services.api.replaying import At
from services.api.resolution_views import LetterView, ProgressView, letter_views, report_views


class FollowUpItem(msgspec.Struct, frozen=True, kw_only=True):
    """What has become of a resolution, for a later session of its body.

    `shown_as` is what this session was shown, null if it was not yet. `position` is the place of
    the last thing that happened to it.
    """

    resolution: UUID
    title: str
    reference: str
    decided_at: datetime
    kind: str
    owner: str
    standing: Standing
    due: datetime | None
    reports: list[ProgressView]
    letters: list[LetterView]
    outcome: str
    result: UUID | None
    revoking: UUID | None
    shown_as: Standing | None
    version: int
    position: int


def follow_up_item(found: At[Existing], session: UUID) -> FollowUpItem:
    """What that session is shown of it."""
    passed = found.state.passed
    became = what_became_of(found.state)
    shown = [one.standing for one in passed.shown if one.session == session]
    return FollowUpItem(
        resolution=passed.resolution,
        title=passed.title,
        reference=passed.reference,
        decided_at=passed.decided_at,
        kind=kind_of(passed.mandate),
        owner=became.owner,
        standing=became.standing,
        due=became.due,
        reports=report_views(found.entries),
        letters=letter_views(found.entries),
        outcome=became.outcome,
        result=became.result,
        revoking=became.revoking,
        shown_as=shown[-1] if shown else None,
        version=found.version,
        position=found.position,
    )
