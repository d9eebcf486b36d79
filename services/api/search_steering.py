"""What a search finds of the county's steering: to each what lists show them anyway."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from asyncpg import Record

from services.api.search_hits import Asked, Hit, HitKind, fitting
from services.eventstore.database import Pool
from services.identity.authorisation import has_one
from services.identity.body_readers import READS_BODIES, seats_of
from services.identity.finding_readers import READS_THEMES, themes_seen
from services.identity.group_readers import READS_EVERY_GROUP, READS_OWN_GROUPS, groups_seen
from services.identity.mandate_readers import READS_SOME_RESOLUTIONS, organisations_seen
from services.projections.findings import GOES_ON
from services.texts import day, word
from services.texts.wording import ZONE

THEMES = f"""
    with {GOES_ON}
    select id::text as id, title, stage from theme
    where $1::text[] is null or presented or exists (
        select from finding join going_on on going_on.start = finding.theme
        where going_on.id = theme.id and municipality = any($1))
    order by opened desc
"""  # noqa: S608 (our own words)
SESSIONS = """
    select session.id::text as id, session.title, session.stage, session.starts_at,
        coalesce(body.title, session.body) as body_title
    from steering_session as session left join body on body.key = session.body
    where $1::text[] is null or exists (
        select from body_seat as seat join body_appointment as held using (body, seat)
        cross join (
            values ($2::date), ((starts_at at time zone $3)::date)
        ) as present (day)
        where seat.body = body.id and held.person = any($1)
            and seat.since <= day and (seat.until is null or seat.until >= day)
            and held.since <= day and (held.until is null or held.until >= day))
    order by starts_at desc
"""
RESOLUTIONS = """
    select id::text as id, title, reference, standing, decided_at from resolution
    where $1::text[] is null or owner = any($1) or named && $1
    order by decided_at desc
"""
GROUPS = """
    select id::text as id, title, stage from working_group as this
    where $1::text[] is null or lead = any($1) or exists (
        select from group_membership as joined
        where working_group = this.id and organisation = any($1)
            and (joined.until is null or joined.since <= joined.until))
    order by title
"""


async def steering_hits(pool: Pool, asked: Asked) -> Sequence[Hit]:
    """Themes, sessions, resolutions and working groups with this in their title."""
    return [
        *await _themes(pool, asked),
        *await _sessions(pool, asked),
        *await _resolutions(pool, asked),
        *await _groups(pool, asked),
    ]


async def _themes(pool: Pool, asked: Asked) -> Sequence[Hit]:
    """Those that `listThemes` lists."""
    if not has_one(asked.person, READS_THEMES, asked.at):
        return ()
    seen = themes_seen(asked.person, asked.at)
    rows = await pool.fetch(THEMES, seen.municipalities)
    return fitting(
        asked,
        (_hit(HitKind.THEME, row, word(row["stage"], asked.language, of="theme")) for row in rows),
    )


async def _sessions(pool: Pool, asked: Asked) -> Sequence[Hit]:
    """Those that `listSessions` lists."""
    if not has_one(asked.person, READS_BODIES, asked.at):
        return ()
    zone = ZoneInfo(ZONE)
    today = asked.at.astimezone(zone).date()
    rows = await pool.fetch(SESSIONS, seats_of(asked.person, asked.at), today, ZONE)
    hits: list[Hit] = []
    for row in rows:
        on = day(row["starts_at"].astimezone(zone).date(), asked.language)
        stage = word(row["stage"], asked.language, of="session")
        hits.append(_hit(HitKind.SESSION, row, f"{row['body_title']}, {on}, {stage}"))
    return fitting(asked, hits)


async def _resolutions(pool: Pool, asked: Asked) -> Sequence[Hit]:
    """Those that `listResolutions` lists; by their reference, too."""
    if not has_one(asked.person, READS_SOME_RESOLUTIONS, asked.at):
        return ()
    rows = await pool.fetch(RESOLUTIONS, organisations_seen(asked.person, asked.at))
    hits: list[Hit] = []
    for row in rows:
        on = day(row["decided_at"].astimezone(ZoneInfo(ZONE)).date(), asked.language)
        title = f"{row['title']} ({row['reference']})" if row["reference"] else row["title"]
        line = f"{on}, {word(row['standing'], asked.language)}"
        hits.append(Hit(kind=HitKind.RESOLUTION, title=title, line=line, id=row["id"]))
    return fitting(asked, hits)


async def _groups(pool: Pool, asked: Asked) -> Sequence[Hit]:
    """Those that `listWorkingGroups` lists."""
    if not has_one(asked.person, READS_EVERY_GROUP | READS_OWN_GROUPS, asked.at):
        return ()
    rows = await pool.fetch(GROUPS, groups_seen(asked.person, asked.at))
    return fitting(
        asked, (_hit(HitKind.GROUP, row, word(row["stage"], asked.language)) for row in rows)
    )


def _hit(kind: HitKind, row: Record, line: str) -> Hit:
    return Hit(kind=kind, title=row["title"], line=line, id=row["id"])
