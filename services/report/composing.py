"""The report of a school year: its aims, how far they were reached, what else, and what is next."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from itertools import chain

from domain.annual_report.commands import report_id
from domain.annual_report.context import Slot
from domain.annual_report.decide import ANNUAL_REPORT
from domain.assessments.wording import first_year
from domain.goals.errors import UnknownYear
from domain.goals.year import Closed
from services.eventstore.database import Pool
from services.eventstore.record import LogEntry
from services.eventstore.store import NOW, EventStore, Moment
from services.goals.attaining import GoalAttained
from services.goals.kinds import Kind
from services.goals.years import SchoolYears, YearAt
from services.history import names_of
from services.need_figures.reading import histories_at
from services.need_figures.wording import NeedFigureNames
from services.posts.reading import posts_at
from services.report import meeting, working
from services.report.marks import bound
from services.report.material import Counted, Material
from services.report.needs import of_needs
from services.report.posts import of_posts
from services.report.prose import slots_of, with_prose
from services.report.report import Figure, Report, Section, Statement, statement

Paragraph = Callable[[Material, Counted], Awaitable[Sequence[Statement]]]

PARAGRAPHS: Mapping[Kind, Paragraph] = {
    Kind.SESSION: meeting.of_sessions,
    Kind.THEME: meeting.of_themes,
    Kind.RESOLUTION: meeting.of_resolutions,
    Kind.EVIDENCE: working.of_evidence,
    Kind.REVIEW: working.of_reviews,
    Kind.GROUP: working.of_groups,
    Kind.MEETING: working.of_meetings,
    Kind.AGREEMENT: working.of_agreements,
    Kind.FRAMEWORK: working.of_framework,
    Kind.CONCEPT: working.of_concepts,
}
"""How each kind is told that a goal counts, or tells."""

BEYOND: Mapping[Kind, Paragraph] = {**PARAGRAPHS, Kind.MEETING: working.of_work}
"""How what no goal asked for is told, in this order."""


class Reports:
    """Writes reports from the log. Nobody can type a figure of them."""

    def __init__(self, pool: Pool, store: EventStore, years: SchoolYears) -> None:
        self._pool = pool
        self._store = store
        self._years = years

    async def report(self, school_year: str, until: Moment = NOW) -> Report:
        """The report as of a moment, with its prose. Raises UnknownYear, MalformedSchoolYear."""
        generated = await self._generated(school_year, until)
        return await self._edited(generated, until)

    async def at_present(self, school_year: str) -> tuple[Report, Mapping[str, Slot]]:
        """The report at the end of the log, and where prose can be written. Raises likewise."""
        until = Moment(position=await self._store.head())
        generated = await self._generated(school_year, until)
        return await self._edited(generated, until), slots_of(generated)

    async def entries(self, school_year: str) -> Sequence[LogEntry]:
        """What happened to the text of the report."""
        return await self._store.load(report_id(school_year))

    async def _edited(self, generated: Report, until: Moment) -> Report:
        entries = await self._store.load(report_id(generated.school_year), until)
        state = ANNUAL_REPORT.replay(entry.event for entry in entries)  # pyright: ignore[reportArgumentType]  (the stream has its own events)
        return with_prose(generated, state, entries)

    async def _generated(self, school_year: str, until: Moment) -> Report:
        """What the log says by itself."""
        first_year(school_year)
        head = await self._store.head()
        position = head if until.position is None else min(head, until.position)
        year = await self._years.year(school_year, until)
        names = await names_of(self._pool, self._store)
        material = Material(self._store, year, names, until)
        posts = of_posts(
            await posts_at(self._store, until), school_year, year.today, material.sentences
        )
        calendar = self._years.calendar
        needs = of_needs(
            await histories_at(self._store, calendar, until),
            school_year,
            year.today,
            calendar,
            material.sentences,
            NeedFigureNames(municipalities=names.municipalities, language="de"),
        )
        goals = [await _goal(number, goal, material) for number, goal in enumerate(year.goals, 1)]
        return Report(
            school_year=school_year,
            title=material.sentences.say("title", school_year=school_year),
            position=position,
            recorded_at=await self._recorded_at(position),
            is_final=isinstance(year.year, Closed),
            sections=(
                *goals,
                _overall(year, material),
                await _beyond(year, material),
                *([posts] if posts else []),
                *([needs] if needs else []),
                await self._outlook(school_year, material, until),
            ),
        )

    async def _recorded_at(self, position: int) -> datetime | None:
        entries = await self._store.at([position])
        return entries[0].recorded_at if entries else None

    async def _outlook(self, school_year: str, material: Material, until: Moment) -> Section:
        """What the next school year is to reach, as far as it is agreed on."""
        following = _year_after(school_year)
        say = material.sentences.say
        try:
            year = await self._years.year(following, until)
        except UnknownYear:
            told = [statement("outlook", say("no-next-goals", school_year=following))]
            return Section(key="outlook", title=say("outlook"), statements=tuple(told))
        positions = {
            getattr(entry.event, "goal", ""): entry.position
            for entry in year.entries
            if hasattr(entry.event, "targets")
        }
        told = [statement("outlook", say("next-goals", school_year=following))]
        told += [
            statement(f"outlook/{key}", bound("goal", goal.text), behind=(positions[key],))
            for key, goal in year.year.plan.goals.items()
        ]
        return Section(key="outlook", title=say("outlook"), statements=tuple(told))


async def _goal(number: int, goal: GoalAttained, material: Material) -> Section:
    """What counts for the goal, what is told with it, and whether it was reached."""
    key, say = goal.goal.key, material.sentences.say
    told: list[Statement] = []
    for target in goal.targets:
        aim, figure = target.target, target.figure
        counted = material.counted(
            f"{key}/{aim.key}", aim.counts, figure.positions, figure.required
        )
        told += await PARAGRAPHS[counted.kind](material, counted)
    for counts, positions in goal.told.items():
        counted = material.counted(f"{key}/{counts}", counts, positions)
        told += await PARAGRAPHS[counted.kind](material, counted)
    figures = [
        Figure(
            name=target.target.key,
            value=target.figure.actual,
            required=target.figure.required,
            positions=target.figure.positions,
            label=material.called(target.target.counts),
        )
        for target in goal.targets
    ]
    verdict = material.sentences.whole("attainment", "reached" if goal.is_reached else "missed")
    told.append(statement(f"{key}/attainment", verdict, *figures))
    title = say("goal", number=number, text=goal.goal.text)
    return Section(key=key, title=title, statements=tuple(told))


def _overall(year: YearAt, material: Material) -> Section:
    """How many of the goals were reached, in a sentence."""
    reached = [goal for goal in year.goals if goal.is_reached]
    say, of_all = material.sentences.say, len(year.goals)
    if len(reached) == of_all:
        template = "all-reached"
    elif not reached:
        template = "none-reached"
    else:
        template = "mostly-reached" if 2 * len(reached) > of_all else "partly-reached"
    positions = chain.from_iterable(
        target.figure.positions for goal in reached for target in goal.targets
    )
    figure = Figure(
        name="goals", value=len(reached), required=of_all, positions=tuple(sorted(set(positions)))
    )
    return Section(
        key="overall",
        title=say("overall"),
        statements=(statement("overall", material.sentences.whole("goals", template), figure),),
    )


async def _beyond(year: YearAt, material: Material) -> Section:
    """What happened of the kinds that no goal of the year counts or tells."""
    asked = {
        counts.partition("/")[0]
        for goal in year.goals
        for counts in (*(target.target.counts for target in goal.targets), *goal.told)
    }
    told: list[Statement] = []
    for kind, paragraph in BEYOND.items():
        # What groups agreed on is told together with their meetings.
        is_told = kind in asked or (kind is Kind.AGREEMENT and Kind.MEETING not in asked)
        counted = material.all_of(kind)
        if counted.happened and not is_told:
            told += await paragraph(material, counted)
    say = material.sentences.say
    nothing = [statement("beyond", say("nothing-beyond"))]
    return Section(key="beyond", title=say("beyond"), statements=tuple(told or nothing))


def _year_after(school_year: str) -> str:
    begins = first_year(school_year) + 1
    return f"{begins}/{(begins + 1) % 100:02}"
