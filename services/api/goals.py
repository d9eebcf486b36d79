"""The goals of a school year: set, changed with a reason, and removed."""

from http import HTTPStatus

from litestar import Controller, post, put
from litestar.di import NamedDependency
from litestar.params import JSONBody
from litestar.response import Response

from domain.goals.commands import ChangeGoal, DropGoal, SetGoal
from services.api.access import SignedIn
from services.api.decisions import Clerk, Decision, IdempotencyKey, IfMatch, decided
from services.api.goal_bounds import GoalInPath, YearInPath, year_of_path
from services.api.goal_views import GoalDraft, GoalRevision, targets_of
from services.api.problems import CHANGING
from services.api.sections import Because


class GoalController(Controller):
    """Goals are data: what counts for them, and how many of it."""

    path = "/school-years/{school_year:str}/goals"
    tags = ("Steering",)

    @post("/", operation_id="setGoal", responses=CHANGING)
    async def set_goal(
        self,
        request: SignedIn,
        school_year: YearInPath,
        data: JSONBody[GoalDraft],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Set a goal for a year; the process then counts on fixed days and warns of a risk."""
        command = SetGoal(
            school_year=year_of_path(school_year),
            goal=data.goal,
            text=data.text,
            targets=targets_of(data),
            told=data.told,
            source=data.source,
        )
        receipt = await clerk.decide(request, command, key=key)
        location = f"/api/v1/school-years/{school_year}"
        return decided(receipt, status=HTTPStatus.CREATED, location=location)

    @put("/{goal:str}", operation_id="changeGoal", responses=CHANGING)
    async def change_goal(
        self,
        request: SignedIn,
        school_year: YearInPath,
        goal: GoalInPath,
        data: JSONBody[GoalRevision],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Change a goal, with a reason, while the year is not over."""
        command = ChangeGoal(
            school_year=year_of_path(school_year),
            goal=goal,
            text=data.text,
            targets=targets_of(data),
            told=data.told,
            source=data.source,
            reason=data.reason,
        )
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post("/{goal:str}/removal", operation_id="removeGoal", status_code=200, responses=CHANGING)
    async def remove_goal(
        self,
        request: SignedIn,
        school_year: YearInPath,
        goal: GoalInPath,
        data: JSONBody[Because],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Drop a goal, with a reason, while the year is not over."""
        command = DropGoal(school_year=year_of_path(school_year), goal=goal, reason=data.reason)
        return await clerk.answer(request, command, key=key, if_match=if_match)
