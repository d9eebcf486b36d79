"""The record as people read it: who did what, when, on which text, under which rule."""

import difflib
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from domain.concepts.concept import Concept, Existing, Unknown, stage_of
from domain.concepts.errors import UnknownConcept
from domain.concepts.events import ConceptEvent
from domain.directory.events import AccountRegistered
from domain.kernel import Erased
from services.eventstore.database import Pool
from services.eventstore.record import LogEntry
from services.eventstore.store import EventStore, Moment
from services.texts import Language, Names, sentence


class HistoryEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One event. `basis` is the digest of the text it rests on, `shown` what was on the screen."""

    position: int
    stream: UUID
    topic: str
    sentence: str
    occurred_at: datetime
    recorded_at: datetime
    account: str
    name: str | Erased
    organisation: str
    role: str
    signed_in: str
    reason: str | Erased
    shown: str
    basis: str
    rule: object
    source: str
    correlation: str
    causation: int | None
    event: object


class SectionChange(msgspec.Struct, frozen=True, kw_only=True):
    """A section at two moments. `lines` is a unified diff; empty if nothing changed."""

    section: str
    title: str
    before: str | None
    after: str | None
    lines: list[str]


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """A concept at two moments, side by side."""

    stage_before: str
    stage_after: str
    sections: list[SectionChange]


def history(
    entries: Sequence[LogEntry],
    language: Language,
    names: Names,
    background: Sequence[LogEntry] | None = None,
) -> list[HistoryEntry]:
    """The entries in words. `background` has what they rest on: the rounds' rules and the titles.

    Without it they are taken to be whole streams, which have it in themselves.
    """
    rules = _rules(background or entries)
    titled = msgspec.structs.replace(names, sections=_section_titles(background or entries))
    return [_in_words(entry, language, titled, rules) for entry in entries]


async def background_of(store: EventStore, entries: Sequence[LogEntry]) -> list[LogEntry]:
    """The whole streams of the concepts these entries belong to."""
    concepts = {e.originator_id for e in entries if isinstance(e.event, ConceptEvent)}
    streams = [await store.load(concept) for concept in sorted(concepts)]
    return [entry for stream in streams for entry in stream]


async def history_of(store: EventStore, stream: UUID, until: Moment) -> list[LogEntry]:
    """The entries of a stream up to a moment. Raises UnknownConcept if there are none at all."""
    entries = await store.load(stream, until)
    if not entries and not await store.load(stream):
        raise UnknownConcept(str(stream))
    return entries


async def names_of(pool: Pool, store: EventStore, entries: Sequence[LogEntry] = ()) -> Names:
    """What keys and ids are called, for sentences; the people, as far as these entries name them.

    People's names are in the log only, so no more of them are opened than are needed.
    """
    organisations = await pool.fetch("select key, name from organisation")
    municipalities = await pool.fetch("select ags, name from municipality")
    return Names(
        organisations={row["key"]: row["name"] for row in organisations},
        municipalities={row["ags"]: row["name"] for row in municipalities},
        accounts=await _people(pool, store, entries),
    )


async def _people(
    pool: Pool, store: EventStore, entries: Sequence[LogEntry]
) -> Mapping[str, str | Erased]:
    named = {entry.metadata.account for entry in entries}
    for entry in entries:
        fields = msgspec.structs.asdict(entry.event).values()
        named.update(str(value) for value in fields if isinstance(value, UUID | str))
    rows = await pool.fetch(
        "select id, position from account where id::text = any($1)", sorted(named)
    )
    return await account_names(store, [row["position"] for row in rows])


async def account_names(store: EventStore, positions: Sequence[int]) -> Mapping[str, str | Erased]:
    """The names of accounts by id, from the log positions at which they were registered."""
    entries = await store.at(positions) if positions else []
    return {
        str(entry.event.account): entry.event.name
        for entry in entries
        if isinstance(entry.event, AccountRegistered)
    }


async def trail(
    pool: Pool,
    store: EventStore,
    *,
    account: str | None,
    organisation: str | None,
    after: int,
    limit: int,
) -> list[LogEntry]:
    """Everything a person or an organisation did, in order, after a log position."""
    rows = await pool.fetch(
        "select position from trail where position > $1 and ($2::text is null or account = $2)"
        " and ($3::text is null or organisation = $3) order by position limit $4",
        after,
        account,
        organisation,
        limit,
    )
    return await store.at([row["position"] for row in rows])


def compare(before: Concept, after: Concept) -> Comparison:
    """What changed in the texts between two moments."""
    titles = {**_titles(before), **_titles(after)}
    old, new = _texts(before), _texts(after)
    return Comparison(
        stage_before=stage_of(before),
        stage_after=stage_of(after),
        sections=[
            SectionChange(
                section=key,
                title=title,
                before=old.get(key),
                after=new.get(key),
                lines=_diff(old.get(key, ""), new.get(key, "")),
            )
            for key, title in titles.items()
        ],
    )


def _in_words(
    entry: LogEntry, language: Language, names: Names, rules: Mapping[int, object]
) -> HistoryEntry:
    metadata = entry.metadata
    return HistoryEntry(
        position=entry.position,
        stream=entry.originator_id,
        topic=entry.topic,
        sentence=sentence(entry.event, language, names),
        occurred_at=metadata.occurred_at,
        recorded_at=entry.recorded_at,
        account=metadata.account,
        name=names.accounts.get(metadata.account, ""),
        organisation=metadata.organisation,
        role=metadata.role,
        signed_in=metadata.signed_in,
        reason=metadata.reason or getattr(entry.event, "reason", ""),
        shown=metadata.shown,
        basis=getattr(entry.event, "digest", "") or metadata.shown,
        rule=rules.get(entry.position),
        source=metadata.source,
        correlation=metadata.correlation,
        causation=metadata.causation,
        event=msgspec.to_builtins(entry.event),
    )


def _section_titles(entries: Sequence[LogEntry]) -> dict[str, str]:
    return {
        section.key: section.title
        for entry in entries
        for section in getattr(entry.event, "sections", ())
    }


def _rules(entries: Sequence[LogEntry]) -> dict[int, object]:
    """The policy each event of a concept was decided under: that of the round it belongs to."""
    rules: dict[int, object] = {}
    current: dict[UUID, object] = {}
    for entry in entries:
        policy = getattr(entry.event, "policy", None)
        if policy is not None:
            current[entry.originator_id] = msgspec.to_builtins(policy)
        if entry.originator_id in current:
            rules[entry.position] = current[entry.originator_id]
    return rules


def _titles(concept: Concept) -> dict[str, str]:
    return {} if isinstance(concept, Unknown) else _titles_of(concept)


def _titles_of(concept: Existing) -> dict[str, str]:
    return {section.key: section.title for section in concept.draft.sections}


def _texts(concept: Concept) -> dict[str, str]:
    if isinstance(concept, Unknown):
        return {}
    return {key: versions[-1].text for key, versions in concept.draft.texts.items()}


def _diff(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=2)
    return list(lines)[2:]
