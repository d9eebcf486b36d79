"""What is told of a funded post: that its funding ends soon, or that a proof of use is due."""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import TypeAlias
from uuid import UUID

from domain.posts.decide import POST
from domain.posts.events import PostReminded
from domain.posts.post import Unknown
from domain.posts.terms import Matter
from services.eventstore.database import Connection
from services.eventstore.store import EventStore
from services.mail.audiences import COORDINATORS
from services.mail.kinds import TARGET
from services.mail.news import News
from services.mail.targets import post_page

PostNews: TypeAlias = PostReminded

TEMPLATES = {
    Matter.FUNDING_ENDS: "post-funding-ends",
    Matter.PROOF_DUE: "post-proof-due",
}

NOON = time(12)
"""A day is the same in the county at that time."""

OF_A_POST = """
    select position, originator_id, originator_version, topic, state, recorded_at from event
    where originator_id = $1 order by originator_version
"""
PLACE = "select name from municipality where ags = $1"


async def of_post(
    store: EventStore, connection: Connection, post: UUID, event: PostNews
) -> Sequence[News]:
    """The coordinators are told, unless it has been taken care of in the meantime."""
    entries = await store.entries(await connection.fetch(OF_A_POST, post), connection)
    state = POST.replay(entry.event for entry in entries)  # pyright: ignore[reportArgumentType]  (the stream has its own events)
    if isinstance(state, Unknown):
        return ()
    record = state.record
    waiting = {proof.due for proof in record.proofs.values() if proof.submitted_on is None}
    if event.what is Matter.PROOF_DUE and event.due not in waiting:
        return ()
    if event.what is Matter.FUNDING_ENDS and any(f.ends_on > event.due for f in record.fundings):
        return ()
    place: str | None = await connection.fetchval(PLACE, record.municipality)
    facts = {
        "part": record.part.value,
        "place": place or "",
        "due": datetime.combine(event.due, NOON, UTC).isoformat(),
        TARGET: post_page(post),
    }
    template = TEMPLATES[event.what]
    return [News(template=template, to=COORDINATORS, facts=facts, apart=event.due.isoformat())]
