"""What stands around every page: where one can go, who one is, and how far the log is shown."""

from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version

import msgspec

from domain.kernel import Erased
from services.identity.areas import AREAS, Area
from services.identity.principal import Principal

MENU = (
    Area.TASKS,
    Area.STEERING,
    Area.CONCEPTS,
    Area.ASSESSMENTS,
    Area.REPORTS,
    Area.POSTS,
    Area.REPORT,
    Area.AUDIT,
    Area.ADMINISTRATION,
)
"""In the order of the menu."""


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of the menu; its name is the text `frame.areas.<key>`."""

    key: str
    address: str
    is_here: bool


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """Around the page of somebody signed in, or of nobody (`account` is empty).

    `address` is the path with the query, where the choice of language leads back to.
    `absent` are those for whom they substitute.
    """

    county: str
    path: str
    address: str
    version: str = version("kreislauf")
    account: str = ""
    name: str = ""
    roles: Sequence[str] = ()
    absent: Sequence[str] = ()
    menu: Sequence[Place] = ()
    position: int | None = None
    csrf: str = ""


def places_of(principal: Principal, path: str) -> list[Place]:
    """The areas this person finds something in."""
    roles = {grant.role for grant in principal.grants_at(datetime.now(UTC))}
    return [
        Place(
            key=area.value,
            address=f"/{area}",
            is_here=path == f"/{area}" or path.startswith(f"/{area}/"),
        )
        for area in MENU
        if not roles.isdisjoint(AREAS[area])
    ]


def name_shown(name: str | Erased) -> str:
    """The name; nothing if it was erased."""
    return name if isinstance(name, str) else ""
