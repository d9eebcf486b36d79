"""What is told of a mandate: to its owner, and to the coordination once it is overdue."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias, assert_never
from uuid import UUID

from domain.kernel import Role
from domain.steering.resolution_events import (
    MandateFellOverdue,
    MandateHandedOver,
    MandateReminded,
    ResolutionPassed,
)
from services.eventstore.database import Connection
from services.mail.audiences import COORDINATORS, Audience, members_of
from services.mail.kinds import TARGET
from services.mail.news import News
from services.mail.targets import resolution_page

MandateNews: TypeAlias = ResolutionPassed | MandateHandedOver | MandateReminded | MandateFellOverdue

MANDATE = "select title, reference, owner, due from resolution where id = $1"


async def of_mandate(
    connection: Connection, resolution: UUID, event: MandateNews
) -> Sequence[News]:
    """What is told of an event of this resolution, which the read models have taken in."""
    row = await connection.fetchrow(MANDATE, resolution)
    if row is None or row["due"] is None:
        return ()
    facts = {
        "title": row["reference"] or row["title"],
        "organisation": event.owner,
        "due": row["due"].isoformat(),
        TARGET: resolution_page(resolution),
    }
    match event:
        case ResolutionPassed() | MandateHandedOver():
            return _to_owner("mandate-given", facts)
        case MandateReminded():
            return _to_owner("mandate-reminder", facts)
        case MandateFellOverdue():
            overdue = News(template="mandate-overdue", to=COORDINATORS, facts=facts)
            return [*_to_owner("mandate-overdue", facts), overdue]
        case _:
            assert_never(event)


def _to_owner(template: str, facts: Mapping[str, str]) -> list[News]:
    """Of the coordination's own organisation, those are the coordinators."""
    owner = facts["organisation"]
    audiences = (members_of(owner), Audience(role=Role.COORDINATOR, organisation=owner))
    return [News(template=template, to=to, facts=facts) for to in audiences]
