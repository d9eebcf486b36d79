"""Search over who, what and when: the entries of the log that fit all that is asked."""

import re
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from domain.directory.commands import municipality_id as municipality_stream
from services.eventstore.catalogue import EVENTS
from services.eventstore.database import Pool
from services.eventstore.record import LogEntry
from services.eventstore.store import EventStore
from services.texts import Language
from services.texts.catalogue import history_entries

TOPICS = tuple(sorted(event.TOPIC for event in EVENTS))
LARGEST = 2**62
FACT = re.compile(r"\{[^{}:]*:?([^{}]*)\}")
"""A placeholder in a sentence, with how it is written."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked for; None means anything.

    `topic` is that of an event, or its part before the full stop; `words` are those of the
    sentences in which events are told. `since` and `until` are times of recording, `until` not
    included.
    """

    account: str | None = None
    organisation: str | None = None
    topic: str | None = None
    words: str | None = None
    stream: UUID | None = None
    municipality: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    command: UUID | None = None
    position: int | None = None


async def search(  # noqa: PLR0913 (what is looked for, and where the page begins)
    pool: Pool,
    store: EventStore,
    wanted: Wanted,
    *,
    after: int | None,
    limit: int,
    language: Language = "de",
    newest_first: bool = False,
) -> list[LogEntry]:
    """The entries that fit, in order, beyond the log position `after` in that direction."""
    positions = await _positions(pool, wanted, after, limit, language, newest_first=newest_first)
    return sorted(await store.at(positions), key=lambda entry: entry.position, reverse=newest_first)


def position_in(text: str) -> int | None:
    """The log position somebody typed, with or without marks between thousands; None if none."""
    digits = re.sub(r"[\s.,]", "", text)
    return int(digits) if digits.isascii() and digits.isdigit() else None


def topics_called(words: str, language: Language) -> list[str]:
    """The topics whose sentence has each of these words, whatever the facts in it are."""
    looked_for = words.casefold().split()
    told = {topic: _plain(text[language]) for topic, text in history_entries().items()}
    return sorted(t for t, text in told.items() if all(word in text for word in looked_for))


def _plain(template: str) -> str:
    """The sentence without its facts, but with the words it chooses from."""
    words = FACT.sub(lambda fact: fact[1] if "|" in fact[1] else "", template)
    return words.replace("|", " ").casefold()


async def _positions(
    pool: Pool,
    wanted: Wanted,
    after: int | None,
    limit: int,
    language: Language,
    *,
    newest_first: bool,
) -> list[int]:
    values: list[object] = []

    def value(given: object) -> str:
        values.append(given)
        return f"${len(values)}"

    low, high = map(value, await _span(pool, wanted, after, newest_first=newest_first))
    conditions = [f"position > {low} and position < {high}"]
    asked = {name: getattr(wanted, name) for name in ("account", "organisation", "stream")}
    conditions += [f"{n} = {value(given)}" for n, given in asked.items() if given is not None]
    if wanted.municipality is not None:
        streams = await _concepts_of(pool, wanted.municipality)
        conditions.append(f"stream = any({value(streams)})")
    topics = _topics(wanted, language)
    way, most = "desc" if newest_first else "asc", value(limit)
    if topics is None:
        source = "trail"
    elif len(conditions) > 1:
        source = "(select trail.*, event.topic as kind from trail join event using (position)) t"
        conditions.append(f"kind = any({value(topics)})")
    else:
        source, conditions = _of_topics(value(topics), low, high, way, most), ["true"]
    rows = await pool.fetch(
        f"select position from {source} where {' and '.join(conditions)}"  # noqa: S608 (values apart)
        f" order by position {way} limit {most}",
        *values,
    )
    return [row["position"] for row in rows]


async def _concepts_of(pool: Pool, municipality: str) -> list[UUID]:
    """The concepts of a municipality, and its own entry in the address book."""
    rows = await pool.fetch("select id from concept where municipality = $1", municipality)
    return [municipality_stream(municipality), *(row["id"] for row in rows)]


def _of_topics(topics: str, low: str, high: str, way: str, most: str) -> str:
    """Each topic by its own part of the index, so that a rare one is found without looking far.

    Comparing rows leaves the planner no other way.
    """
    return (
        "(select found.position"  # noqa: S608 (names of parameters)
        f" from unnest({topics}::text[]) as looked (topic), lateral (select position from event"
        f" where (event.topic, position) > (looked.topic, {low}::bigint)"
        f" and (event.topic, position) < (looked.topic, {high}::bigint)"
        f" order by event.topic {way}, position {way} limit {most}) as found) as of_topics"
    )


def _topics(wanted: Wanted, language: Language) -> list[str] | None:
    """The topics that fit; None for all."""
    if wanted.topic is None and not wanted.words:
        return None
    found: Sequence[str] = TOPICS
    if wanted.topic is not None:
        named = wanted.topic
        found = [topic for topic in found if topic == named or topic.startswith(f"{named}.")]
    if wanted.words:
        called = set(topics_called(wanted.words, language))
        found = [topic for topic in found if topic in called]
    return list(found)


async def _span(
    pool: Pool, wanted: Wanted, after: int | None, *, newest_first: bool
) -> tuple[int, int]:
    """Between which positions to look, both of them left out: times only ever go on in the log."""
    low, high = 0, LARGEST
    if after is not None and newest_first:
        high = after
    elif after is not None:
        low = after
    if wanted.since is not None:
        before: int | None = await pool.fetchval(
            "select position from event where recorded_at < $1"
            " order by recorded_at desc, position desc limit 1",
            wanted.since,
        )
        low = max(low, before or 0)
    if wanted.until is not None:
        behind: int | None = await pool.fetchval(
            "select position from event where recorded_at >= $1"
            " order by recorded_at, position limit 1",
            wanted.until,
        )
        high = min(high, behind if behind is not None else LARGEST)
    if wanted.command is not None:
        receipt = await pool.fetchrow(
            "select first_position, last_position from receipt where command_id = $1",
            wanted.command,
        )
        first, last = receipt or (1, 0)
        low, high = max(low, first - 1), min(high, last + 1)
    if wanted.position is not None:
        low, high = max(low, wanted.position - 1), min(high, wanted.position + 1)
    return low, high
