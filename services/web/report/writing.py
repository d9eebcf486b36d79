"""A statement in words of one's own: the figures stand between the words and stay what they are."""

import re
from collections.abc import Sequence
from typing import Annotated

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.response import Redirect, Response

from domain.annual_report.prose import pieces
from services.identity.areas import Area
from services.report.report import Report, Section, Statement
from services.web.door import for_area
from services.web.forms import Form, Wrong, form_of
from services.web.inside import Inside, Refusal, Visit
from services.web.rendering import Pages
from services.web.report.places import OF_YEAR, report_page

AREA = for_area(Area.REPORT)
TEXT = f"{OF_YEAR}/text"
Which = Annotated[str, QueryParameter(name="aussage", max_length=500)]
MOST = 50
REMARK = "remark:"

NO_BLANK_BEFORE = re.compile(r"[.,;:!?)\]»“’/%-]")
NO_BLANK_AFTER = re.compile(r"[(\[«„/-]$")


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """A field of the form, and the figure that stands behind it: its placeholder and its text."""

    number: int
    text: str
    figure: str = ""
    shown: str = ""


@get(TEXT, opt=AREA)
async def offer_text(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    school_year: FromPath[str],
    aussage: Which,
) -> Response[str]:
    """The form with what the report says now."""
    report = await inside.read(request, f"/school-years/{school_year}/report", Report)
    said = _statement(report, aussage)
    text = said.generated if said.is_outdated or not said.prose else said.prose
    return await _show(request, pages, report, said, text, seen=report.version)


@post(TEXT, opt=AREA)
async def save_text(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    school_year: FromPath[str],
) -> Response[str] | Redirect:
    """Save it, or show the form again with what was typed."""
    form = await form_of(request)
    text = joined(_typed(form))
    body = {"statement": form.text("statement"), "text": text}
    path = f"/school-years/{school_year}/report"
    try:
        decision = await inside.decide(
            request, "PUT", f"{path}/prose", body, key=form.key, seen=form.seen
        )
    except Refusal as refusal:
        wrong = _at_the_words(Wrong.of(refusal))
        report = await inside.read(request, path, Report)
        said = _statement(report, form.text("statement"))
        return await _show(request, pages, report, said, text, seen=form.seen or 0, wrong=wrong)
    return Redirect(f"{report_page(school_year)}?ab={decision.position}", status_code=303)


@post(f"{OF_YEAR}/zuruecksetzen", opt=AREA)
async def reset_text(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    school_year: FromPath[str],
) -> Response[str] | Redirect:
    """Let the log speak again."""
    form = await form_of(request)
    body = {"statement": form.text("statement")}
    path = f"/school-years/{school_year}/report"
    try:
        decision = await inside.decide(
            request, "POST", f"{path}/prose/removal", body, key=form.key, seen=form.seen
        )
    except Refusal as refusal:
        report = await inside.read(request, path, Report)
        said = _statement(report, body["statement"])
        wrong = Wrong.of(refusal)
        text = said.prose or said.generated
        return await _show(request, pages, report, said, text, seen=report.version, wrong=wrong)
    return Redirect(f"{report_page(school_year)}?ab={decision.position}", status_code=303)


def joined(fields: Sequence[Words]) -> str:
    """One text with the placeholders in it; blanks are set as German sentences have them."""
    text = ""
    for field in fields:
        for part in (field.text, f"{{{field.figure}}}" if field.figure else ""):
            if not part:
                continue
            is_close = NO_BLANK_BEFORE.match(part) or NO_BLANK_AFTER.search(text)
            text += part if not text or is_close else f" {part}"
    return text


def words_of(text: str, said: Statement) -> list[Words]:
    """The text in fields, each up to the next figure."""
    return [
        Words(number=number, text=words.strip(), figure=figure, shown=said.offered.get(figure, ""))
        for number, (words, figure) in enumerate(pieces(text))
    ]


def _typed(form: Form) -> list[Words]:
    """As it came with the form."""
    return [
        Words(
            number=number,
            text=form.text(f"words-{number}").replace("\r\n", "\n"),
            figure=form.text(f"figure-{number}"),
        )
        for number in range(min(form.number("fields") or 0, MOST))
    ]


def _statement(report: Report, key: str) -> Statement:
    """The one of this key; a paragraph that nobody wrote yet is empty."""
    return next(
        (one for section in report.sections for one in section.statements if one.key == key),
        Statement(key=key, text=""),
    )


def _section(report: Report, said: Statement) -> Section | None:
    """Where it stands, or would."""
    for section in report.sections:
        is_remark = said.key == f"{REMARK}{section.key}"
        if is_remark or any(one.key == said.key for one in section.statements):
            return section
    return None


def _at_the_words(wrong: Wrong) -> Wrong:
    """What is wrong with the text stands at its first field."""
    fields = {"words-0" if name == "text" else name: said for name, said in wrong.fields.items()}
    return msgspec.structs.replace(wrong, fields=fields)


async def _show(
    request: Visit,
    pages: Pages,
    report: Report,
    said: Statement,
    text: str,
    *,
    seen: int,
    wrong: Wrong | None = None,
) -> Response[str]:
    fields = words_of(text, said)
    shown = {field.figure for field in fields}
    return await pages.show(
        request,
        "report/text_form.html",
        status=wrong.status if wrong else 200,
        report=report,
        here=report_page(report.school_year),
        said=said,
        section=_section(report, said),
        is_remark=said.key.startswith(REMARK),
        fields=fields,
        generated=words_of(said.generated, said) if said.generated else [],
        others={key: value for key, value in said.offered.items() if key not in shown},
        seen=seen,
        wrong=wrong,
    )
