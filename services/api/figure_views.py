"""How published figures look from outside, with what a paper needs to cite them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from domain.assessments.answering import answer
from domain.assessments.events import Sitting
from domain.assessments.figures import FiguresPublished, figures_id
from domain.assessments.measured import Measured
from domain.assessments.round import Plan
from services.catalogues.catalogue import catalogues
from services.county_figures.tables import (
    ChangeRow,
    FigureNames,
    FigureRow,
    LevelBlock,
    changes,
    level_blocks,
    rows_of,
)
from services.county_figures.wording import figure_words
from services.eventstore.database import Pool
from services.eventstore.record import LogEntry
from services.eventstore.store import EventStore
from services.texts import Language


class PublishedFigures(msgspec.Struct, frozen=True, kw_only=True):
    """Figures that never change. `citation` is how a paper of the steering group names them.

    `computed_at` is the log position up to which people were counted, `position` that of the
    entry in the log which holds the figures.
    """

    release: int
    position: int
    computed_at: int
    published_at: datetime
    citation: str
    least: int
    rows: list[FigureRow]


class CountyFigures(msgspec.Struct, frozen=True, kw_only=True):
    """All that was published of a round; each release counts other people.

    `rule` says how small groups are protected. `change`: of a retest, against the first release of
    its first test.
    """

    round: UUID
    title: str
    school_year: str
    sitting: Sitting
    instrument: str
    instrument_version: int
    rule: str
    publications: list[PublishedFigures]
    change: list[ChangeRow]
    first: UUID | None = None


class AskedFigures(msgspec.Struct, frozen=True, kw_only=True):
    """What was published of a college, a programme, a trade, or of what belongs to several.

    `people` is null if nothing was. `unplaced` of them are published over wider blocks only;
    without `whole` even more may belong to it, in groups too small to be shown. `citations` are
    the publications it is added up from.
    """

    round: UUID
    unplaced: int
    whole: bool
    blocks: list[LevelBlock]
    citations: list[str]
    college: str | None = None
    programme: str | None = None
    trade: str | None = None
    people: int | None = None


class StatisticsView(msgspec.Struct, frozen=True, kw_only=True):
    """How well a version measured in a round, computed once with the round's first figures.

    `measured` is null if fewer than five learners took all of the test.
    """

    instrument: str
    number: int
    round: UUID
    position: int
    computed_at: int
    measured: Measured | None = None


async def releases(
    store: EventStore, assessment_round: UUID
) -> list[tuple[LogEntry, FiguresPublished]]:
    """What was published of a round, the first release first."""
    entries = await store.load(figures_id(assessment_round))
    return [(e, e.event) for e in entries if isinstance(e.event, FiguresPublished)]


async def figure_names(pool: Pool, language: Language) -> FigureNames:
    rows = await pool.fetch("select key, name from organisation")
    return FigureNames(
        colleges={row["key"]: row["name"] for row in rows},
        catalogues=catalogues(),
        language=language,
    )


def figures_view(
    plan: Plan,
    found: Sequence[tuple[LogEntry, FiguresPublished]],
    first: Sequence[tuple[LogEntry, FiguresPublished]],
    names: FigureNames,
) -> CountyFigures:
    """`found` was published of this round, `first` of the one it repeats."""
    words = figure_words()
    least = found[0][1].least if found else 0
    return CountyFigures(
        round=plan.round,
        title=plan.title,
        school_year=plan.school_year,
        sitting=plan.sitting,
        instrument=plan.instrument,
        instrument_version=plan.version,
        rule=words.rule[names.language].format(least=least) if found else "",
        publications=[
            PublishedFigures(
                release=event.release,
                position=entry.position,
                computed_at=event.computed_at,
                published_at=entry.recorded_at,
                citation=citation(plan, entry, event, names.language),
                least=event.least,
                rows=rows_of(event.figure, names),
            )
            for entry, event in found
        ],
        first=plan.first,
        change=changes(first[0][1].figure, found[0][1].figure, names) if first and found else [],
    )


def asked_view(
    plan: Plan,
    found: Sequence[tuple[LogEntry, FiguresPublished]],
    wanted: Mapping[str, str],
    language: Language,
) -> AskedFigures:
    """`wanted`: the keys of a college, a programme, a trade, as far as they are asked for."""
    total = answer([event.figure for _, event in found], **wanted)
    return AskedFigures(
        round=plan.round,
        people=total and total.people,
        unplaced=total.unplaced if total else 0,
        whole=total.whole if total else False,
        blocks=level_blocks(total.cuts, total.counts) if total else [],
        citations=[citation(plan, entry, event, language) for entry, event in found],
        **wanted,
    )


def citation(plan: Plan, entry: LogEntry, event: FiguresPublished, language: Language) -> str:
    """How a paper names the figures, so that anybody finds the entry of the log."""
    words = figure_words()
    return words.citation[language].format(
        title=plan.title,
        school_year=plan.school_year,
        sitting=words.sitting[plan.sitting][language],
        release=event.release,
        computed_at=event.computed_at,
        position=entry.position,
    )
