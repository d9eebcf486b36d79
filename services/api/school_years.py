"""School years: their goals with target, actual and risk; counted, closed and opened again."""

from datetime import datetime

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from litestar.response import Response

from domain.goals.commands import CloseYear, NoteStandings, ReopenYear
from domain.goals.events import Standing
from domain.goals.year import stage_of
from services.api import bounds
from services.api.access import SignedIn
from services.api.decisions import Clerk, Decision, IdempotencyKey, IfMatch, etag
from services.api.goal_bounds import YearInPath, year_of_path
from services.api.goal_views import (
    Backdrop,
    SchoolYearSummary,
    SchoolYearView,
    positions_behind,
    school_year_view,
)
from services.api.languages import language_of, said_in
from services.api.pages import Page, read_cursor, write_cursor
from services.api.problems import CHANGING, READING
from services.api.reading import Reader
from services.api.replaying import told
from services.api.sections import Because
from services.eventstore.store import EventStore, Moment
from services.goals.years import SchoolYears, YearAt
from services.history import HistoryEntry
from services.identity.authorisation import require_record_reader
from services.identity.goal_readers import require_goal_reader

AT_RISK = frozenset({Standing.AT_RISK, Standing.OUT_OF_REACH})


class SchoolYearController(Controller):
    """What the county wants to have reached by the end of a school year."""

    path = "/school-years"
    tags = ("Steering",)

    @get("/", operation_id="listSchoolYears", responses=READING)
    async def list_school_years(
        self,
        request: SignedIn,
        school_years: NamedDependency[SchoolYears],
        reader: NamedDependency[Reader],
        clerk: NamedDependency[Clerk],
        cursor: bounds.Cursor = None,
        limit: bounds.Limit = bounds.PAGE,
        at_least: bounds.AtLeast = None,
    ) -> Page[SchoolYearSummary]:
        """All school years that have goals, in order."""
        require_goal_reader(request.user, clerk.now())
        await reader.caught_up(at_least)
        after = read_cursor(cursor, str, "")
        left = [name for name in await school_years.names() if name > after]
        found = await school_years.counted()
        items = [_summary(await school_years.with_counts(name, found)) for name in left[:limit]]
        more = len(left) > limit
        return Page(items=items, next=write_cursor(items[-1].school_year) if more else None)

    @get("/{school_year:str}", operation_id="readSchoolYear", responses=READING)
    async def read_school_year(
        self,
        request: SignedIn,
        school_year: YearInPath,
        school_years: NamedDependency[SchoolYears],
        store: NamedDependency[EventStore],
        reader: NamedDependency[Reader],
        clerk: NamedDependency[Clerk],
        position: bounds.Position = None,
        as_of: bounds.AsOf = None,
    ) -> Response[SchoolYearView]:
        """The goals of a year, counted now or as it was known at a log position or a moment.

        Each figure names the events it rests on.
        """
        require_goal_reader(request.user, clerk.now())
        this = await school_years.year(year_of_path(school_year), _moment(position, as_of))
        language = language_of(request)
        entries = await store.at(positions_behind(this.goals))
        backdrop = Backdrop(
            entries={entry.position: entry for entry in entries},
            names=await reader.names(entries),
            bodies=this.found.bodies,
            language=language,
        )
        view = school_year_view(
            this.stream, this.year, this.goals, this.today, this.version, backdrop
        )
        return Response(view, headers={"ETag": etag(this.version), **said_in(language)})

    @get("/{school_year:str}/history", operation_id="readSchoolYearHistory", responses=READING)
    async def read_history(
        self,
        request: SignedIn,
        school_year: YearInPath,
        school_years: NamedDependency[SchoolYears],
        reader: NamedDependency[Reader],
        clerk: NamedDependency[Clerk],
        cursor: bounds.Cursor = None,
        limit: bounds.Limit = bounds.PAGE,
        position: bounds.Position = None,
        as_of: bounds.AsOf = None,
    ) -> Response[Page[HistoryEntry]]:
        """Everything that happened to the goals of the year up to a moment, in order."""
        require_record_reader(request.user, clerk.now())
        this = await school_years.year(year_of_path(school_year), _moment(position, as_of))
        return await told(request, reader, this.entries, cursor, limit)

    @post(
        "/{school_year:str}/standings",
        operation_id="recordStandings",
        status_code=200,
        responses=CHANGING,
    )
    async def record_standings(
        self,
        request: SignedIn,
        school_year: YearInPath,
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Count by hand, beside the fixed days, and record what stands otherwise than before."""
        command = NoteStandings(school_year=year_of_path(school_year))
        return await clerk.answer(request, command, key=key)

    @post(
        "/{school_year:str}/closing",
        operation_id="closeSchoolYear",
        status_code=200,
        responses=CHANGING,
    )
    async def close_school_year(
        self,
        request: SignedIn,
        school_year: YearInPath,
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Count for the last time, once the year is over."""
        command = CloseYear(school_year=year_of_path(school_year))
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post(
        "/{school_year:str}/reopening",
        operation_id="reopenSchoolYear",
        status_code=200,
        responses=CHANGING,
    )
    async def reopen_school_year(
        self,
        request: SignedIn,
        school_year: YearInPath,
        data: JSONBody[Because],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Open a closed year again, with a reason: something of it was recorded late."""
        command = ReopenYear(school_year=year_of_path(school_year), reason=data.reason)
        return await clerk.answer(request, command, key=key, if_match=if_match)


def _moment(position: int | None, as_of: datetime | None) -> Moment:
    return Moment(position=position, recorded_by=bounds.checked(as_of, parameter="as_of"))


def _summary(this: YearAt) -> SchoolYearSummary:
    last = this.entries[-1]
    return SchoolYearSummary(
        id=this.stream,
        school_year=this.year.plan.school_year,
        stage=stage_of(this.year),
        goals=len(this.goals),
        reached=sum(goal.is_reached for goal in this.goals),
        at_risk=sum(
            any(target.standing in AT_RISK for target in goal.targets) for goal in this.goals
        ),
        version=this.version,
        position=last.position,
        changed_at=last.recorded_at,
    )
