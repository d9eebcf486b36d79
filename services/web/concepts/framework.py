"""The framework: what a concept has to say. Editions are read, and new ones published."""

import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import msgspec
from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import PathParameter
from litestar.response import Redirect, Response

from services.api import bounds
from services.api.framework import EditionSummary, EditionView
from services.identity.areas import Area
from services.web.concepts.people import hats_of
from services.web.door import for_area
from services.web.forms import Form, Wrong, form_of
from services.web.inside import After, Inside, Refusal, Visit
from services.web.rendering import Pages

PAGE = "/konzepte/rahmen"
EMPTY_ROWS = 3
"""So many more sections than there are can be typed at once."""

MOST = 100
"""So many sections an edition may have; a section without a number comes last."""

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
EditionName = Annotated[str, PathParameter(pattern=bounds.EDITION)]


class SectionRow(msgspec.Struct, frozen=True, kw_only=True):
    """A section as it is typed. Its key stays the same from edition to edition."""

    key: str = ""
    title: str = ""
    guidance: str = ""
    required: bool = True


class FrameworkPages(Controller):
    """The county's template for the concepts."""

    path = PAGE
    opt = for_area(Area.CONCEPTS)

    @get("/")
    async def show_framework(
        self,
        request: Visit,
        inside: NamedDependency[Inside],
        pages: NamedDependency[Pages],
        ab: After = None,
    ) -> Response[str]:
        """The latest edition, and the list of all."""
        return await _show(request, inside, pages, ab=ab)

    @get("/ausgabe/{edition:str}")
    async def show_edition(
        self,
        request: Visit,
        edition: EditionName,
        inside: NamedDependency[Inside],
        pages: NamedDependency[Pages],
    ) -> Response[str]:
        """One edition."""
        return await _show(request, inside, pages, edition=edition)

    @get("/neu")
    async def ask_for_edition(
        self, request: Visit, inside: NamedDependency[Inside], pages: NamedDependency[Pages]
    ) -> Response[str]:
        """A new edition, begun with the sections of the latest."""
        latest = await _latest(request, inside)
        rows = [SectionRow(**msgspec.structs.asdict(s)) for s in latest.sections] if latest else []
        return await _show_form(request, pages, rows, latest, {})

    @post("/neu")
    async def publish_edition(
        self, request: Visit, inside: NamedDependency[Inside], pages: NamedDependency[Pages]
    ) -> Response[Any]:
        """Publish it, for ever."""
        form = await form_of(request)
        rows = _typed(form)
        body = {
            "edition": form.text("edition"),
            "title": form.text("title"),
            "sections": [
                {**msgspec.structs.asdict(row), "key": row.key or _key(row.title)} for row in rows
            ],
            "replaces": form.text("replaces") or None,
            "source": form.text("source"),
        }
        try:
            decision = await inside.decide(
                request, "POST", "/framework/editions", body, key=form.key
            )
        except Refusal as refusal:
            latest = await _latest(request, inside)
            return await _show_form(request, pages, rows, latest, body, Wrong.of(refusal))
        return Redirect(f"{PAGE}?ab={decision.position}", status_code=303)


async def _show(
    request: Visit,
    inside: Inside,
    pages: Pages,
    *,
    edition: str | None = None,
    ab: After = None,
) -> Response[str]:
    editions = await inside.read(request, "/framework/editions", list[EditionSummary], at_least=ab)
    name = edition or (editions[0].edition if editions else None)
    shown: EditionView | None = None
    if name is not None:
        shown = await inside.read(request, f"/framework/editions/{name}", EditionView)
    return await pages.show(
        request,
        "concepts/framework.html",
        editions=editions,
        shown=shown,
        hats=hats_of(request),
    )


async def _show_form(
    request: Visit,
    pages: Pages,
    rows: Sequence[SectionRow],
    latest: EditionView | None,
    typed: Mapping[str, object],
    wrong: Wrong | None = None,
) -> Response[str]:
    return await pages.show(
        request,
        "concepts/new_edition.html",
        status=wrong.status if wrong else 200,
        rows=[*rows, *[SectionRow()] * EMPTY_ROWS],
        latest=latest,
        typed=typed,
        wrong=wrong,
    )


async def _latest(request: Visit, inside: Inside) -> EditionView | None:
    editions = await inside.read(request, "/framework/editions", list[EditionSummary])
    if not editions:
        return None
    return await inside.read(request, f"/framework/editions/{editions[0].edition}", EditionView)


def _typed(form: Form) -> list[SectionRow]:
    """The rows with a title, in the order of their numbers."""
    columns = (
        form.texts(name) for name in ("nummer", "schluessel", "titel", "leitfrage", "pflicht")
    )
    found = [
        (
            int(number) if number.isascii() and number.isdigit() else MOST,
            SectionRow(key=key, title=title, guidance=guidance, required=required == "ja"),
        )
        for number, key, title, guidance, required in zip(*columns, strict=False)
        if title
    ]
    return [row for _, row in sorted(found, key=lambda one: one[0])]


def _key(title: str) -> str:
    """A key from the title: `Ziele und Kennzahlen` → `ziele-und-kennzahlen`."""
    plain = title.casefold().translate(UMLAUTS)
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")
