"""The catalogue of what goals can count, as it is now in this county."""

import msgspec
from litestar import get
from litestar.di import NamedDependency
from litestar.response import Response

from services.api.access import SignedIn
from services.api.decisions import Clerk
from services.api.languages import language_of, spoken
from services.api.problems import READING
from services.goals.counting import Counted
from services.goals.kinds import goal_catalogue, name_of
from services.goals.years import SchoolYears
from services.identity.goal_readers import require_goal_reader
from services.texts import Language


class CountedKind(msgspec.Struct, frozen=True, kw_only=True):
    """A kind that can be counted. `body` is the key of the body it is counted for alone."""

    key: str
    name: str
    body: str = ""


class GroupView(msgspec.Struct, frozen=True, kw_only=True):
    """A group of which a target may ask one each, and how many are in it now."""

    key: str
    name: str
    members: int


class GoalKinds(msgspec.Struct, frozen=True, kw_only=True):
    """All that a goal may count."""

    kinds: list[CountedKind]
    groups: list[GroupView]


@get("/goal-kinds", operation_id="listGoalKinds", tags=["Steering"], responses=READING)
async def list_goal_kinds(
    request: SignedIn,
    school_years: NamedDependency[SchoolYears],
    clerk: NamedDependency[Clerk],
) -> Response[GoalKinds]:
    """What goals can count: kinds, each also of one body alone, and groups to ask one each of."""
    require_goal_reader(request.user, clerk.now())
    language = language_of(request)
    return spoken(_kinds(await school_years.counted(), language), language)


def _kinds(found: Counted, language: Language) -> GoalKinds:
    """In the order of the catalogue, each kind followed by that of each body."""
    catalogue = goal_catalogue()
    in_order = [
        key
        for kind in catalogue.kinds
        for key in sorted(found.kinds)
        if key.partition("/")[0] == kind
    ]
    return GoalKinds(
        kinds=[
            CountedKind(
                key=key, name=name_of(key, found.bodies, language), body=key.partition("/")[2]
            )
            for key in in_order
        ],
        groups=[
            GroupView(key=key, name=entry[language], members=len(found.groups.get(key, ())))
            for key, entry in catalogue.groups.items()
        ],
    )
