"""Search: what somebody may see anyway, found by its name, and the record by position or id."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from litestar import get
from litestar.di import NamedDependency
from litestar.openapi.spec import Example
from litestar.params import QueryParameter
from litestar.response import Response

from services.api import bounds
from services.api.access import SignedIn
from services.api.assessment_access import (
    READS_ALL_ROUNDS,
    READS_INSTRUMENTS,
    colleges_of,
    has_one_of,
)
from services.api.decisions import Clerk
from services.api.languages import language_of, spoken
from services.api.problems import READING
from services.api.reading import Reader
from services.api.search_hits import MOST, Asked, Hit, HitKind, fitting
from services.api.search_posts import post_hits
from services.api.search_reports import report_hits
from services.api.search_steering import steering_hits
from services.audit.search import Wanted, position_in, search
from services.eventstore.database import Pool
from services.eventstore.store import EventStore
from services.history import account_names, background_of, history
from services.identity.authorisation import (
    READS_PEOPLE,
    READS_THE_RECORD,
    answers_seen,
    has_one,
)
from services.texts import moment, word
from services.texts.wording import ZONE

SHORTEST, LONGEST = 2, 100

CONCEPTS = """
    select id::text as id, coalesce(name, municipality) as title, edition, stage
    from concept left join municipality on ags = municipality
    where $1::text[] is null or stage in ('published', 'superseded') or exists (
        select from request where concept = concept.id and organisation = any($1))
    order by edition desc
"""
ROUNDS = """
    select id::text as id, title, school_year, state from assessment_round
    where $1::text[] is null or exists (
        select from round_college where round = assessment_round.id and college = any($1))
    order by school_year desc, key
"""
CLASSES = """
    select id::text as id, name as title, school_year, withdrawn from training_class
    where college = any($1) order by school_year desc
"""
PEOPLE = """
    select account.id::text as id, account.position, array(
        select distinct role from account_grant where account = account.id
            and (since is null or since <= $1) and (until is null or until > $1) order by role
    ) as roles
    from account
"""

Looked = Annotated[
    str,
    QueryParameter(
        max_length=LONGEST,
        pattern=bounds.NO_NUL,
        description="Part of a name, in capitals or not; for those who read the record also a"
        " log position or an id. Fewer than two characters find nothing.",
        examples=[Example(value="Delbrück")],
    ),
]


@get("/search", operation_id="listHits", tags=["Directory"], responses=READING)
async def list_hits(
    request: SignedIn,
    pool: NamedDependency[Pool],
    store: NamedDependency[EventStore],
    reader: NamedDependency[Reader],
    clerk: NamedDependency[Clerk],
    q: Looked,
    at_least: bounds.AtLeast = None,
) -> Response[list[Hit]]:
    """What has this in its name, of all that the person may see; at most ten of each kind.

    Concepts by their municipality, rounds, classes of the own college, organisations and people,
    and of the steering themes, sessions, resolutions and working groups; companies' reports by
    their reference; funded posts by part, key and municipality; never learners.
    """
    await reader.caught_up(at_least)
    language = language_of(request)
    asked = Asked(text=q.strip(), person=request.user, at=clerk.now(), language=language)
    if len(asked.text) < SHORTEST:
        return spoken(list[Hit](), language)
    hits = [
        *await _concepts(pool, asked),
        *await _rounds(pool, asked),
        *await _classes(pool, asked),
        *await steering_hits(pool, asked),
        *await report_hits(pool, asked),
        *await post_hits(pool, asked),
        *await _organisations(pool, asked),
        *await _people(pool, store, asked),
        *await _entries(pool, store, reader, asked),
    ]
    return spoken(hits, language)


async def _concepts(pool: Pool, asked: Asked) -> Sequence[Hit]:
    """Those that `listConcepts` lists."""
    rows = await pool.fetch(CONCEPTS, answers_seen(asked.person, asked.at))
    return fitting(
        asked,
        (
            Hit(
                kind=HitKind.CONCEPT,
                title=row["title"],
                line=f"{row['edition']}, {word(row['stage'], asked.language)}",
                id=row["id"],
            )
            for row in rows
        ),
    )


async def _rounds(pool: Pool, asked: Asked) -> Sequence[Hit]:
    """Those that `listRounds` lists."""
    if not has_one(asked.person, READS_INSTRUMENTS, asked.at):
        return ()
    sees_all = has_one_of(asked.person, READS_ALL_ROUNDS, asked.at)
    rows = await pool.fetch(ROUNDS, None if sees_all else colleges_of(asked.person, asked.at))
    return fitting(
        asked,
        (
            Hit(
                kind=HitKind.ROUND,
                title=row["title"],
                line=f"{row['school_year']}, {word(row['state'], asked.language)}",
                id=row["id"],
            )
            for row in rows
        ),
    )


async def _classes(pool: Pool, asked: Asked) -> Sequence[Hit]:
    """Those of the colleges where the person works."""
    rows = await pool.fetch(CLASSES, colleges_of(asked.person, asked.at))
    withdrawn = word("withdrawn", asked.language)
    return fitting(
        asked,
        (
            Hit(
                kind=HitKind.CLASS,
                title=row["title"],
                line=row["school_year"] + (f", {withdrawn}" if row["withdrawn"] else ""),
                id=row["id"],
            )
            for row in rows
        ),
    )


async def _organisations(pool: Pool, asked: Asked) -> Sequence[Hit]:
    if not has_one(asked.person, READS_PEOPLE, asked.at):
        return ()
    rows = await pool.fetch("select key, name, kind from organisation")
    return fitting(
        asked,
        (
            Hit(
                kind=HitKind.ORGANISATION,
                title=row["name"],
                line=word(row["kind"], asked.language),
                id=row["key"],
            )
            for row in rows
        ),
    )


async def _people(pool: Pool, store: EventStore, asked: Asked) -> Sequence[Hit]:
    """Those with a name: it may have been erased."""
    if not has_one(asked.person, READS_PEOPLE, asked.at):
        return ()
    rows = await pool.fetch(PEOPLE, asked.at)
    names = await account_names(store, [row["position"] for row in rows])
    return fitting(
        asked,
        (
            Hit(
                kind=HitKind.PERSON,
                title=name,
                line=", ".join(word(role, asked.language) for role in row["roles"]),
                id=row["id"],
            )
            for row in rows
            if isinstance(name := names[row["id"]], str)
        ),
    )


async def _entries(pool: Pool, store: EventStore, reader: Reader, asked: Asked) -> Sequence[Hit]:
    """The entry at a log position, or the newest of a command, process or account by its id."""
    if not has_one(asked.person, READS_THE_RECORD, asked.at):
        return ()
    for wanted in _wanted(asked.text):
        entries = await search(pool, store, wanted, after=None, limit=MOST, newest_first=True)
        if entries:
            names, background = await reader.names(entries), await background_of(store, entries)
            return [
                Hit(
                    kind=HitKind.ENTRY,
                    title=entry.sentence,
                    line=moment(entry.recorded_at, asked.language, ZoneInfo(ZONE)),
                    id=str(entry.position),
                )
                for entry in history(entries, asked.language, names, background)
            ]
    return ()


def _wanted(text: str) -> Sequence[Wanted]:
    """What a number or an id may mean in the record, in the order in which it is tried."""
    position = position_in(text)
    if position is not None:
        return [Wanted(position=position)] if position <= bounds.LARGEST_POSITION else []
    try:
        named = UUID(text)
    except ValueError:
        return []
    return [Wanted(command=named), Wanted(stream=named)]
