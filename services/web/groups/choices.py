"""What there is to choose from on a working group's pages, as far as the person may read it."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TypeVar, assert_never
from uuid import UUID

import msgspec

from domain.working_groups.events import ConsequenceKind, Part
from services.api.concepts import ConceptSummary
from services.api.group_views import MembershipView, WorkingGroupView
from services.api.need_review_views import NeedReviewSummary
from services.api.round_views import RoundSummary
from services.api.theme_views import ThemeSummary
from services.web.assessments.viewer import ZONE
from services.web.groups.viewer import Viewer
from services.web.inside import Inside, Refusal, Visit

ALL = 200
T = TypeVar("T")


class Thing(msgspec.Struct, frozen=True, kw_only=True):
    """Something an agreement can have led to."""

    kind: ConsequenceKind
    id: UUID
    title: str

    @property
    def value(self) -> str:
        """As a form names it."""
        return f"{self.kind}/{self.id}"

    def address(self, viewer: Viewer) -> str:
        """Its page."""
        match self.kind:
            case ConsequenceKind.ASSESSMENT_ROUND:
                of_college = "/kolleg" if viewer.works_at_college else ""
                return f"/erhebungen/runden/{self.id}{of_college}"
            case ConsequenceKind.CONCEPT:
                return f"/konzepte/{self.id}"
            case ConsequenceKind.NEED_REVIEW:
                return f"/steuerung/bedarfspruefungen/{self.id}"
            case ConsequenceKind.THEME:
                return f"/steuerung/themen/{self.id}"
            case _:
                assert_never(self.kind)


def today() -> date:
    """On the clock of the county."""
    return datetime.now(ZONE).date()


def on_the_clock(at: datetime) -> str:
    """As a field for day and time takes it."""
    return at.astimezone(ZONE).strftime("%Y-%m-%dT%H:%M")


def present(members: Iterable[MembershipView], day: date) -> list[MembershipView]:
    """Who is in the group on that day, members before guests."""
    there = [one for one in members if one.since <= day and (one.until is None or day <= one.until)]
    return sorted(there, key=lambda one: one.part is Part.GUEST)


def were_in(group: WorkingGroupView) -> list[str]:
    """The organisations that are or were in the group, each once."""
    return list(
        dict.fromkeys(
            one.organisation for one in group.members if one.until is None or one.since <= one.until
        )
    )


def named(keys: Iterable[str], names: Mapping[str, str]) -> list[tuple[str, str]]:
    """To choose from, by their names."""
    return sorted(((key, names.get(key, key)) for key in keys), key=lambda one: one[1])


async def found(request: Visit, inside: Inside, path: str, kind: type[T]) -> T | None:
    """What is there; nothing if the person may not read it."""
    try:
        return await inside.read(request, path, kind)
    except Refusal:
        return None


async def things(request: Visit, inside: Inside) -> Sequence[Thing]:
    """What an agreement can have led to, of what the person reads; the latest rounds first."""
    rounds = await _all(inside.items(request, "/rounds", RoundSummary, limit=ALL))
    reviews = await _all(inside.items(request, "/need-reviews", NeedReviewSummary, limit=ALL))
    themes = await _all(inside.items(request, "/themes", ThemeSummary, limit=ALL))
    concepts = await _all(inside.items(request, "/concepts", ConceptSummary, limit=ALL))
    kinds = ConsequenceKind
    rounds.sort(key=lambda one: one.opens_at, reverse=True)
    return [
        *(_thing(kinds.ASSESSMENT_ROUND, o.id, f"{o.title} {o.school_year}") for o in rounds),
        *(_thing(kinds.NEED_REVIEW, o.id, o.question) for o in reviews),
        *(_thing(kinds.THEME, o.id, o.title) for o in themes),
        *(_thing(kinds.CONCEPT, o.id, f"{o.municipality_name}, {o.edition}") for o in concepts),
    ]


def _thing(kind: ConsequenceKind, thing: UUID, title: str) -> Thing:
    return Thing(kind=kind, id=thing, title=title)


async def _all(items: AsyncIterator[T]) -> list[T]:
    """All of a list; none if the person does not read it."""
    try:
        return [item async for item in items]
    except Refusal:
        return []
