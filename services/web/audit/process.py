"""Revision, one process: its timeline, how it was at a moment, and two moments side by side."""

from collections.abc import Mapping, Sequence
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.response import Redirect, Response

from services.api.audit_processes import ProcessAt, ShownView
from services.api.concept_views import ConceptView
from services.api.pages import Page, write_cursor
from services.audit.process import Fact
from services.comparison import Comparison
from services.history import HistoryEntry
from services.identity.areas import Area
from services.web.audit.telling import organisations_of, rules_of
from services.web.concepts.differences import Piece, differences
from services.web.door import for_area
from services.web.inside import Inside, Visit
from services.web.rendering import Pages

AT_ONCE = 25
MOST_LISTED = 200
"""So many entries of a process can be chosen by their sentence; beyond, by their number."""

AtPosition = Annotated[int | None, QueryParameter(ge=0, required=False)]
Step = Annotated[int | None, QueryParameter(ge=1, required=False)]


class Both(msgspec.Struct, frozen=True, kw_only=True):
    """A fact at two moments."""

    label: str
    before: str
    after: str


class BothTexts(msgspec.Struct, frozen=True, kw_only=True):
    """A section at two moments, and the pieces of which the two texts are made."""

    title: str
    pieces: Sequence[Piece]
    has_changed: bool


@get("/revision/vorgang/{process:uuid}", opt=for_area(Area.AUDIT))
async def show_process(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    process: FromPath[UUID],
    position: AtPosition = None,
    schritt: Step = None,
) -> Response[str] | Redirect:
    """The process as it was at a position, and its timeline. `schritt` comes from the slider."""
    path = f"/audit/processes/{process}"
    view = await inside.read(request, path, ProcessAt, position=position)
    if schritt is not None:
        chosen = view.positions[min(schritt, len(view.positions)) - 1]
        return Redirect(f"/revision/vorgang/{process}?position={chosen}", status_code=303)
    first = (view.step - 1) // AT_ONCE * AT_ONCE
    entries = await _entries(request, inside, view, first, AT_ONCE)
    return await pages.show(
        request,
        "audit/process.html",
        process=view,
        is_present=view.step == len(view.positions),
        entries=entries,
        rules=rules_of(entries),
        first=first,
        concept=await _concept(request, inside, view),
        organisations=await organisations_of(request, inside),
    )


@get("/revision/vorgang/{process:uuid}/vergleich", opt=for_area(Area.AUDIT))
async def show_comparison(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    process: FromPath[UUID],
    vorher: AtPosition = None,
    nachher: AtPosition = None,
) -> Response[str]:
    """The process at two moments, side by side."""
    path = f"/audit/processes/{process}"
    after = await inside.read(request, path, ProcessAt, position=nachher)
    earlier = after.positions[max(after.step - 2, 0)] if vorher is None else vorher
    before = await inside.read(request, path, ProcessAt, position=earlier)
    if before.position > after.position:
        before, after = after, before
    return await pages.show(
        request,
        "audit/comparison.html",
        process=after,
        before=before,
        after=after,
        facts=_both(before, after),
        texts=await _texts(request, inside, before, after),
        entries=await _entries(request, inside, after, 0, MOST_LISTED),
    )


@get("/revision/vorgang/{process:uuid}/druck", opt=for_area(Area.AUDIT))
async def print_process(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    process: FromPath[UUID],
) -> Response[str]:
    """The whole timeline on one page, for paper or for saving as PDF."""
    view = await inside.read(request, f"/audit/processes/{process}", ProcessAt)
    told = inside.items(request, "/audit/trail", HistoryEntry, stream=process, limit=MOST_LISTED)
    entries = [entry async for entry in told]
    return await pages.show(
        request,
        "audit/print.html",
        process=view,
        entries=entries,
        rules=rules_of(entries),
        organisations=await organisations_of(request, inside),
    )


@get("/revision/gezeigt/{position:int}", opt=for_area(Area.AUDIT))
async def show_shown(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    position: FromPath[int],
) -> Response[str]:
    """What the person had before them whose decision is at this position."""
    shown = await inside.read(request, f"/audit/shown/{position}", ShownView)
    found = await inside.read(request, "/audit/trail", Page[HistoryEntry], position=position)
    return await pages.show(
        request,
        "audit/shown.html",
        shown=shown,
        entry=found.items[0],
        rules=rules_of(found.items),
        organisations=await organisations_of(request, inside),
    )


async def _entries(
    request: Visit, inside: Inside, view: ProcessAt, first: int, limit: int
) -> list[HistoryEntry]:
    """So many entries of the process, from the one with this index on."""
    found = await inside.read(
        request,
        "/audit/trail",
        Page[HistoryEntry],
        stream=view.id,
        limit=limit,
        cursor=write_cursor(view.positions[first - 1]) if first else None,
        at_least=view.positions[-1],
    )
    return found.items


async def _concept(request: Visit, inside: Inside, view: ProcessAt) -> ConceptView | None:
    if view.kind != "concept":
        return None
    path = f"/concepts/{view.id}"
    return await inside.read(request, path, ConceptView, position=view.position)


def _both(before: ProcessAt, after: ProcessAt) -> list[Both]:
    old, new = _by_key(before.facts), _by_key(after.facts)
    labels = {fact.key: fact.label for fact in (*after.facts, *before.facts)}
    return [
        Both(label=label, before=old.get(key, ""), after=new.get(key, ""))
        for key, label in labels.items()
    ]


def _by_key(facts: Sequence[Fact]) -> Mapping[str, str]:
    return {fact.key: fact.value for fact in facts}


async def _texts(
    request: Visit, inside: Inside, before: ProcessAt, after: ProcessAt
) -> list[BothTexts]:
    if after.kind != "concept":
        return []
    found = await inside.read(
        request,
        f"/concepts/{after.id}/comparison",
        Comparison,
        before=before.position,
        after=after.position,
    )
    return [
        BothTexts(
            title=section.title,
            pieces=differences(section.before or "", section.after or ""),
            has_changed=section.before != section.after,
        )
        for section in found.sections
    ]
