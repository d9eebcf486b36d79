"""The record as people read it: who did what, when, on which text, under which rule."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from domain.assessments.events_class import ClassEvent
from domain.concepts.errors import UnknownConcept
from domain.concepts.events import (
    ConceptEvent,
    ConceptOpened,
    ConsultationOpened,
    FrameworkEditionPublished,
)
from domain.directory.events import AccountRegistered, AddressRecorded
from domain.findings.events import FindingEvent
from domain.findings.events_theme import ThemeEvent
from domain.kernel import Erased, Event
from domain.language_needs.events import ReportEvent
from domain.steering.agenda_events import ItemProposed, ItemRevised
from domain.steering.body_events import BodyEvent
from domain.steering.session_events import SessionEvent
from services.catalogues.catalogue import catalogues
from services.eventstore.database import Pool
from services.eventstore.record import LogEntry, Metadata
from services.eventstore.store import EventStore, Moment
from services.privacy.box import personal_fields
from services.texts import Language, Names, sentence, standing_in, word
from services.texts.seats import seat_names
from services.texts.wording import Wording

NOT_SHOWN = "not-shown"
"""Stands in place of what is personal and not for whoever reads."""
GROUNDS = (
    ConceptOpened.TOPIC,
    ConsultationOpened.TOPIC,
    ItemProposed.TOPIC,
    ItemRevised.TOPIC,
)
"""They say what sections of a concept and items of an agenda are called, and a round's rules."""

SEATS = """
    select body as stream, seat, organisation from body_seat where body = any($1)
    union all
    select session.id, seat.seat, seat.organisation from steering_session session
    join body on body.key = session.body join body_seat seat on seat.body = body.id
    where session.id = any($1)
"""


class HistoryEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One event. `basis` is the digest of the text it rests on, `shown` what was on the screen.

    `substitutes` is the account in whose absence somebody acted, `absent` that person's name.
    """

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
    substitutes: str = ""
    absent: str | Erased = ""


def history(
    entries: Sequence[LogEntry],
    language: Language,
    names: Names,
    background: Sequence[LogEntry] | None = None,
    *,
    shows_learners: bool = False,
) -> list[HistoryEntry]:
    """The entries in words. `background` has what they rest on: the rounds' rules and the titles.

    Without it they are taken to be whole streams, which have it in themselves. What is personal
    of learners is shown to their college alone (`shows_learners`).
    """
    rules = _rules(background or entries)
    titled = msgspec.structs.replace(
        names,
        sections=_section_titles(background or entries),
        items=_item_titles(background or entries),
    )
    return [
        _in_words(entry, language, titled, rules, shows_learners=shows_learners)
        for entry in entries
    ]


async def background_of(store: EventStore, entries: Sequence[LogEntry]) -> list[LogEntry]:
    """These entries, and those of their concepts and sessions that say what they rest on."""
    streams = {e.originator_id for e in entries if isinstance(e.event, ConceptEvent | SessionEvent)}
    grounds = await store.of_topics(sorted(streams), GROUNDS) if streams else []
    by_position = {entry.position: entry for entry in (*grounds, *entries)}
    return [by_position[position] for position in sorted(by_position)]


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
    themes = await _titles_of_themes(pool, entries)
    called = {row["key"]: row["name"] for row in organisations}
    return Names(
        organisations=called,
        municipalities={row["ags"]: row["name"] for row in municipalities},
        accounts=await _people(pool, store, entries),
        themes=themes,
        fields=catalogues().fields,
        seats_in=await _seats_in(pool, entries, called),
    )


async def _titles_of_themes(pool: Pool, entries: Sequence[LogEntry]) -> Mapping[str, str]:
    """What the themes these entries name are called now."""
    named = {
        getattr(entry.event, name, None)
        for entry in entries
        if isinstance(entry.event, FindingEvent | ThemeEvent)
        for name in ("theme", "into")
    }
    if not named:
        return {}
    rows = await pool.fetch("select id, title from theme where id = any($1)", list(named - {None}))
    return {str(row["id"]): row["title"] for row in rows}


async def _seats_in(
    pool: Pool, entries: Sequence[LogEntry], organisations: Mapping[str, str]
) -> Mapping[UUID, Mapping[str, str]]:
    """What seats are called in the streams of the bodies and sessions these entries are of."""
    told = (entry for entry in entries if isinstance(entry.event, BodyEvent | SessionEvent))
    streams = {entry.originator_id for entry in told}
    if not streams:
        return {}
    seats: dict[UUID, dict[str, str]] = {}
    for row in await pool.fetch(SEATS, list(streams)):
        seats.setdefault(row["stream"], {})[row["seat"]] = row["organisation"]
    return {stream: seat_names(held, organisations) for stream, held in seats.items()}


async def _people(
    pool: Pool, store: EventStore, entries: Sequence[LogEntry]
) -> Mapping[str, str | Erased]:
    named = {entry.metadata.account for entry in entries}
    named.update(entry.metadata.substitutes for entry in entries)
    for entry in entries:
        fields = msgspec.structs.asdict(entry.event).values()
        named.update(str(value) for value in fields if isinstance(value, UUID | str))
    return await names_of_people(pool, store, named)


async def names_of_people(
    pool: Pool, store: EventStore, accounts: Iterable[str]
) -> Mapping[str, str | Erased]:
    """The names of those of the accounts that exist."""
    rows = await pool.fetch(
        "select id, position from account where id::text = any($1)", sorted(set(accounts))
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


def without_learners(event: Event, language: Language) -> Event:
    """The event without what it says of a learner: that is for their college alone.

    Nor does the record say whose a company's report is: that is for those who work on it.
    """
    if not isinstance(event, ClassEvent | ReportEvent):
        return event
    said = word(NOT_SHOWN, language)
    return msgspec.structs.replace(event, **dict.fromkeys(personal_fields(type(event)), said))


def _in_words(
    entry: LogEntry,
    language: Language,
    names: Names,
    rules: Mapping[int, object],
    *,
    shows_learners: bool,
) -> HistoryEntry:
    metadata = entry.metadata
    event = entry.event if shows_learners else without_learners(entry.event, language)
    if isinstance(event, AddressRecorded):
        event = msgspec.structs.replace(event, address=word(NOT_SHOWN, language))
    seats = names.seats_in.get(entry.originator_id, {})
    told = _as_they_acted(msgspec.structs.replace(names, seats=seats), metadata, language)
    return HistoryEntry(
        position=entry.position,
        stream=entry.originator_id,
        topic=entry.topic,
        sentence=sentence(event, language, told),
        occurred_at=metadata.occurred_at,
        recorded_at=entry.recorded_at,
        account=metadata.account,
        name=names.accounts.get(metadata.account, ""),
        organisation=metadata.organisation,
        role=metadata.role,
        signed_in=metadata.signed_in,
        reason=metadata.reason or getattr(event, "reason", ""),
        shown=metadata.shown,
        basis=getattr(event, "digest", "") or metadata.shown,
        rule=rules.get(entry.position),
        source=metadata.source,
        correlation=metadata.correlation,
        causation=metadata.causation,
        event=msgspec.to_builtins(event),
        substitutes=metadata.substitutes,
        absent=names.accounts.get(metadata.substitutes, metadata.substitutes),
    )


def _as_they_acted(names: Names, metadata: Metadata, language: Language) -> Names:
    """The names, that of a substitute together with the one in whose absence they acted."""
    if not metadata.substitutes:
        return names
    wording = Wording(language, names)
    both = (wording.name_of(account) for account in (metadata.account, metadata.substitutes))
    acting = {metadata.account: standing_in(*both, language=language)}
    return msgspec.structs.replace(names, accounts={**names.accounts, **acting})


def _section_titles(entries: Sequence[LogEntry]) -> dict[str, str]:
    return {
        section.key: section.title
        for entry in entries
        if isinstance(entry.event, FrameworkEditionPublished | ConceptOpened)
        for section in entry.event.sections
    }


def _item_titles(entries: Sequence[LogEntry]) -> dict[str, str]:
    """What each item of an agenda is called last."""
    return {
        str(entry.event.item.item): entry.event.item.title
        for entry in entries
        if isinstance(entry.event, ItemProposed | ItemRevised)
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
