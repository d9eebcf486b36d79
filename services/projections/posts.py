"""Funded posts at a glance: what they are, their last funded day, and what is to be proved."""

from collections.abc import Sequence
from typing import get_args

from domain.posts.events import (
    FundingExtended,
    PostEnded,
    PostEstablished,
    PostEvent,
    ProofDueSet,
    ProofSubmitted,
)
from services.eventstore.database import Connection
from services.eventstore.record import LogEntry

ESTABLISH = """
    insert into funded_post (id, key, part, municipality, stage, funded_until, version, position,
        changed_at)
    values ($1, $2, $3, $4, 'established', $5, 0, 0, $6)
"""
SET_DUE = """
    insert into post_proof (post, year, due, is_submitted) values ($1, $2, $3, false)
    on conflict (post, year) do update set due = excluded.due, is_submitted = false
"""
EXTEND = "update funded_post set funded_until = greatest(funded_until, $2) where id = $1"
SUBMIT = "update post_proof set is_submitted = true where post = $1 and year = $2"
END = "update funded_post set stage = 'ended' where id = $1"
SEEN = "update funded_post set version = $2, position = $3, changed_at = $4 where id = $1"


class Posts:
    """A row for each post, and one for each proof of use."""

    name = "posts"
    tables = ("funded_post", "post_proof")
    topics = tuple(event.TOPIC for event in get_args(PostEvent))

    async def apply(self, connection: Connection, entries: Sequence[LogEntry]) -> None:
        for entry in entries:
            if isinstance(entry.event, PostEvent):
                await _apply(connection, entry, entry.event)
        latest = {entry.originator_id: entry for entry in entries}
        rows = [
            (stream, entry.originator_version, entry.position, entry.recorded_at)
            for stream, entry in latest.items()
        ]
        await connection.executemany(SEEN, rows)


async def _apply(connection: Connection, entry: LogEntry, event: PostEvent) -> None:
    match event:
        case PostEstablished():
            await connection.execute(
                ESTABLISH,
                event.post,
                event.key,
                event.part,
                event.municipality,
                max((funding.ends_on for funding in event.fundings), default=None),
                entry.recorded_at,
            )
        case FundingExtended(post=post, funding=funding):
            await connection.execute(EXTEND, post, funding.ends_on)
        case ProofDueSet(post=post, year=year, due=due):
            await connection.execute(SET_DUE, post, year, due)
        case ProofSubmitted(post=post, year=year):
            await connection.execute(SUBMIT, post, year)
        case PostEnded(post=post):
            await connection.execute(END, post)
        case _:
            pass
