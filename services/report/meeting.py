"""What the report tells of the body: its sessions, the themes it discussed, what it resolved."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from domain.findings.theme import Unknown as NoTheme
from domain.goals.counting import Occurrence
from domain.steering.agenda import AgendaItem, ItemKind
from domain.steering.agenda_events import ItemProposed, ItemRevised
from domain.steering.minutes import Decided
from domain.steering.resolution import Unknown as NoResolution
from domain.steering.session import Unknown as NoSession
from domain.steering.session_held_events import ItemDiscussed, RecommendationMade, VoteTaken
from domain.steering.session_record import Record
from services.eventstore.record import LogEntry
from services.report.marks import bound
from services.report.material import Counted, Material
from services.report.report import Figure, Statement, statement
from services.report.wording import day, in_words, ordinal, quoted, times, titles

TEMPLATES: Mapping[ItemKind, str] = {
    ItemKind.REPORT: "session-report",
    ItemKind.FOLLOW_UP: "session-follow-up",
    ItemKind.WORKSHOP: "session-workshop",
    ItemKind.THEME: "session-theme",
    ItemKind.PROPOSAL: "session-proposal",
}


async def of_sessions(material: Material, counted: Counted) -> Sequence[Statement]:
    """How often the body met, and what was on each agenda."""
    key, say = counted.key, material.sentences.say
    figure = Figure(
        name="sessions",
        value=len(counted.happened),
        required=counted.required,
        positions=counted.positions,
    )
    held = [(one, await material.session(UUID(one.about))) for one in counted.happened]
    records = [session.record for _, (session, _) in held if not isinstance(session, NoSession)]
    body = material.body(counted.body or next((record.body for record in records), ""))
    text = say(
        "sessions",
        body=body,
        school_year=material.school_year,
        times=bound("sessions:times", times(figure.value)),
    )
    told = [statement(key, text, figure)]
    for number, (one, (session, entries)) in enumerate(held, 1):
        if not isinstance(session, NoSession):
            told += _items(f"{key}/{number}", number, one, session.record, entries, material)
    return told


async def of_themes(material: Material, counted: Counted) -> Sequence[Statement]:
    """The themes that come from findings of case managers."""
    called = [await _theme(material, UUID(one.about)) for one in counted.happened]
    figure = Figure(
        name="themes",
        value=len(called),
        required=counted.required,
        positions=counted.positions,
    )
    if not called:
        return [statement(counted.key, material.sentences.none("themes"), figure)]
    text = material.sentences.say(
        "themes",
        n=figure.value,
        number=bound("themes:number", _one_or(figure.value, "ein")),
        titles=titles(called),
    )
    return [statement(counted.key, text, figure)]


async def of_resolutions(material: Material, counted: Counted) -> Sequence[Statement]:
    """What was resolved, by the day on which it was."""
    by_day: dict[tuple[date, str], list[tuple[int, str]]] = {}
    for one in counted.happened:
        state = await material.resolution(UUID(one.about))
        if not isinstance(state, NoResolution) and one.on is not None:
            passed = state.passed
            by_day.setdefault((one.on, passed.body), []).append((one.position, passed.title))
    if not by_day:
        figure = Figure(name="resolutions", value=0, required=counted.required, positions=())
        return [statement(counted.key, material.sentences.none("resolutions"), figure)]
    told: list[Statement] = []
    for number, ((on, body), resolved) in enumerate(by_day.items(), 1):
        figure = Figure(
            name="resolutions",
            value=len(resolved),
            required=counted.required if len(by_day) == 1 else None,
            positions=tuple(position for position, _ in resolved),
        )
        text = material.sentences.say(
            "resolutions",
            body=material.body(body),
            on=day(on),
            n=figure.value,
            number=bound("resolutions:number", _one_or(figure.value, "einen")),
            titles=titles([title for _, title in resolved]),
        )
        told.append(statement(f"{counted.key}/{number}", text, figure))
    return told


def _items(
    key: str,
    number: int,
    held: Occurrence,
    record: Record,
    entries: Sequence[LogEntry],
    material: Material,
) -> list[Statement]:
    """What was on the agenda, in its order; what was put off was not spoken about."""
    return [
        statement(
            f"{key}/{item_number}",
            material.sentences.say(
                TEMPLATES[item.kind],
                ordinal=ordinal(number),
                on=day(held.on or record.starts_at.date()),
                title=quoted(item.title),
                note=record.notes.get(item.item, ""),
                decided=_decided(item, record),
            ),
            behind=(held.position, *positions_of(item, entries)),
        )
        for item_number, item in enumerate(record.items, 1)
        if item.item not in record.deferred
    ]


def positions_of(item: AgendaItem, entries: Iterable[LogEntry]) -> list[int]:
    """Where the item was proposed, spoken about and voted on."""
    found: list[int] = []
    for entry in entries:
        match entry.event:
            case ItemProposed(item=this) | ItemRevised(item=this):
                about = this.item
            case ItemDiscussed(item=about):
                pass
            case VoteTaken(vote=vote) | RecommendationMade(vote=vote):
                about = vote.item
            case _:
                continue
        if about == item.item:
            found.append(entry.position)
    return found


def _decided(item: AgendaItem, record: Record) -> str:
    """Of what was voted on with a quorum."""
    decided = {count.decided for count in record.counts_on(item.item)}
    if Decided.ADOPTED in decided:
        return "angenommen"
    return "abgelehnt" if Decided.REJECTED in decided else ""


async def _theme(material: Material, theme: UUID) -> str:
    state = await material.theme(theme)
    return str(theme) if isinstance(state, NoTheme) else state.matter.title


def _one_or(count: int, one: str) -> str:
    """`ein Thema`, `einen Beschluss`, `zwei Themen`."""
    return one if count == 1 else in_words(count)
