"""Which findings say what companies need and nobody offers."""

from collections.abc import Sequence
from uuid import UUID

from asyncpg import Record

from domain.language_needs.events_end import UnmetNeedNoted
from services.eventstore.database import Pool
from services.eventstore.store import BATCH, EventStore
from services.projections.findings import GOES_ON

LATEST = 100

FINDINGS = f"""
    with {GOES_ON}
    select finding.*, going_on.id as root, theme.title as theme_title,
        coalesce(municipality.name, finding.municipality) as municipality_name
    from finding
        left join municipality on ags = finding.municipality
        left join going_on on going_on.start = finding.theme
        left join theme on theme.id = going_on.id
    where finding.id = any($1) and finding.stage <> 'withdrawn'
        and ($2::text[] is null or finding.municipality = any($2))
    order by finding.stage = 'reported' desc, reported desc limit $3
"""  # noqa: S608 (our own words)


async def findings_noted(
    pool: Pool, store: EventStore, municipalities: frozenset[str] | None
) -> Sequence[Record]:
    """Those noted with reports, what waits for a theme first; None is of all municipalities."""
    noted: set[UUID] = set()
    after = 0
    while entries := await store.read(after, topics=[UnmetNeedNoted.TOPIC], limit=BATCH):
        after = entries[-1].position
        events = [entry.event for entry in entries]
        noted.update(
            event.finding
            for event in events
            if isinstance(event, UnmetNeedNoted) and event.finding is not None
        )
    return await pool.fetch(FINDINGS, noted, municipalities, LATEST)
