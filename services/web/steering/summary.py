"""The summary of a theme: written section by section, each without clients."""

from collections.abc import Sequence
from itertools import count
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Response

from domain.findings.events_theme import SummarySection
from services.api.theme_views import SummaryView
from services.identity.areas import Area
from services.web.door import for_area
from services.web.forms import Form, Wrong, form_of
from services.web.inside import Inside, Refusal, Visit
from services.web.language import language_of
from services.web.rendering import Pages
from services.web.steering.suspects import Suspect, alarms, suspects_in, wrong_of
from services.web.steering.themes import BOARD
from services.web.texts import say

AREA = for_area(Area.STEERING)
HERE = f"{BOARD}/{{theme_id:uuid}}/zusammenfassung"
FIRST = ("lage", "betroffen", "vorschlag")
"""What a first summary begins with; their headings are `steering.summary.first.<key>`."""

MOST = 50


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A section on the form; its fields are `heading-<number>` and so on."""

    number: int
    key: str
    heading: str
    text: str
    suspects: Sequence[Suspect] = ()

    @property
    def is_suspicious(self) -> bool:
        return any(not suspect.reason for suspect in self.suspects)


@get(HERE, opt=AREA)
async def offer_summary(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    theme_id: FromPath[UUID],
) -> Response[str]:
    """The form with what is written, and room for one more section."""
    summary = await inside.read(request, f"/themes/{theme_id}/summary", SummaryView)
    parts = [
        await _written(request, inside, number, section)
        for number, section in enumerate(summary.sections)
    ]
    if not parts:
        parts = [
            Part(number=n, key=key, heading=_heading(request, key), text="")
            for n, key in enumerate(FIRST)
        ]
    if summary.sections:
        parts.append(_empty(parts))
    return await _show(request, inside, pages, theme_id, summary.title, parts, summary.version)


@post(HERE, opt=AREA)
async def save_summary(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    theme_id: FromPath[UUID],
) -> Response[str] | Redirect:
    """Save the whole summary; a section without a text is left out."""
    form = await form_of(request)
    title, seen = form.text("title"), form.seen or 0
    parts = await _typed(request, inside, form)
    if form.text("mehr"):
        parts.append(_empty(parts))
        return await _show(request, inside, pages, theme_id, title, parts, seen)
    body = {
        "title": title,
        "sections": [
            {
                "key": part.key,
                "heading": part.heading,
                "text": part.text,
                "false_alarms": alarms(part.suspects),
            }
            for part in parts
            if part.text
        ],
    }
    path = f"/themes/{theme_id}/summary"
    try:
        decision = await inside.decide(request, "PUT", path, body, seen=seen)
    except Refusal as refusal:
        wrong = _at_its_part(wrong_of(refusal), parts)
        return await _show(request, inside, pages, theme_id, title, parts, seen, wrong)
    return Redirect(f"{BOARD}/{theme_id}?ab={decision.position}", status_code=303)


async def _written(request: Visit, inside: Inside, number: int, section: SummarySection) -> Part:
    """A section as it was saved, with the false alarms that were named."""
    under = f"stelle-{number}"
    fields: dict[str, list[str]] = {}
    for place, alarm in enumerate(section.false_alarms):
        fields[f"{under}-{place}-text"] = [section.text[alarm.start : alarm.end]]
        fields[f"{under}-{place}-reason"] = [alarm.reason]
    return Part(
        number=number,
        key=section.key,
        heading=section.heading,
        text=section.text,
        suspects=await suspects_in(inside, request, section.text, Form(fields, {}), under),
    )


async def _typed(request: Visit, inside: Inside, form: Form) -> list[Part]:
    """The sections as they came with the form."""
    parts: list[Part] = []
    for number in range(min(form.number("parts") or 0, MOST)):
        text = form.text(f"text-{number}")
        parts.append(
            Part(
                number=number,
                key=form.text(f"key-{number}") or f"abschnitt-{number + 1}",
                heading=form.text(f"heading-{number}") or _numbered(request, number),
                text=text,
                suspects=await suspects_in(inside, request, text, form, f"stelle-{number}"),
            )
        )
    return parts


def _empty(parts: Sequence[Part]) -> Part:
    """One more section, under a key that no other has."""
    keys = {part.key for part in parts}
    free = next(key for n in count(1) if (key := f"abschnitt-{n}") not in keys)
    return Part(number=len(parts), key=free, heading="", text="")


def _at_its_part(wrong: Wrong, parts: Sequence[Part]) -> Wrong:
    """What is said of the sections stands beside those that have a place to look at."""
    said = wrong.fields.get("sections", "")
    here = {f"text-{part.number}": said for part in parts if said and part.is_suspicious}
    if not here:
        return wrong
    others = {name: text for name, text in wrong.fields.items() if name != "sections"}
    return msgspec.structs.replace(wrong, fields={**others, **here})


def _numbered(request: Visit, number: int) -> str:
    """For a section that was given no heading."""
    return say("steering.summary.part", language_of(request), {"number": number + 1})


def _heading(request: Visit, key: str) -> str:
    return say(f"steering.summary.first.{key}", language_of(request), {})


async def _show(
    request: Visit,
    inside: Inside,
    pages: Pages,
    theme_id: UUID,
    title: str,
    parts: Sequence[Part],
    seen: int,
    wrong: Wrong | None = None,
) -> Response[str]:
    known = await inside.read(request, f"/themes/{theme_id}/summary", SummaryView)
    return await pages.show(
        request,
        "steering/summary.html",
        status=wrong.status if wrong else 200,
        theme_id=theme_id,
        known=known,
        title=title,
        parts=parts[:MOST],
        seen=seen,
        wrong=wrong,
    )
