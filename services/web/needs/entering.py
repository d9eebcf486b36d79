"""A report on one long form: entered while the company is on the telephone, or changed."""

from http import HTTPStatus
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Response

from domain.kernel import Erased
from services.api.company_report_views import CompanyReportView
from services.api.problems import EdgeProblem
from services.identity.areas import Area
from services.web.door import for_area
from services.web.forms import Wrong, form_of
from services.web.inside import Inside, Refusal, Visit
from services.web.needs.offered import offered_to, spoken
from services.web.needs.places import HOME, NEW, ONE, report_at
from services.web.rendering import Pages
from services.web.reporting.answers import MOST_GROUPS, Answers
from services.web.reporting.content import Content, answers_of, content_of, field_of
from services.web.reporting.steps import STEPS, is_of

AREA = for_area(Area.REPORTS)
CHANGE = f"{ONE}/aendern"


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """What was typed; `seen` is the version of the report it changes."""

    answers: Answers
    address: str
    back: str
    seen: int | None = None


@get(NEW, opt=AREA)
async def offer_entry(
    request: Visit, inside: NamedDependency[Inside], pages: NamedDependency[Pages]
) -> Response[str]:
    """The empty form."""
    entry = Entry(answers=Answers(), address=NEW, back=HOME)
    return await _show(request, inside, pages, entry)


@post(NEW, opt=AREA)
async def enter(
    request: Visit, inside: NamedDependency[Inside], pages: NamedDependency[Pages]
) -> Response[str] | Redirect:
    """Enter the report, or show a group of learners more."""
    form = await form_of(request)
    entry = Entry(answers=await _answers(request), address=NEW, back=HOME)
    if form.text("mehr"):
        return await _show(request, inside, pages, _with_room(entry))
    body = {"content": _content(entry.answers)}
    try:
        decision = await inside.decide(request, "POST", "/company-reports", body, key=form.key)
    except Refusal as refusal:
        return await _show(request, inside, pages, entry, _wrong(refusal))
    return Redirect(f"{report_at(decision.id)}?ab={decision.position}", status_code=303)


@get(CHANGE, opt=AREA)
async def offer_change(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    report_id: FromPath[UUID],
) -> Response[str]:
    """The form with the report as it is."""
    path = f"/company-reports/{report_id}"
    report = await inside.read(request, path, CompanyReportView)
    entry = Entry(
        answers=answers_of(_content_of(report)),
        address=f"{report_at(report_id)}/aendern",
        back=report_at(report_id),
        seen=report.version,
    )
    return await _show(request, inside, pages, entry)


@post(CHANGE, opt=AREA)
async def change(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    report_id: FromPath[UUID],
) -> Response[str] | Redirect:
    """The whole report as it shall be."""
    form = await form_of(request)
    here = report_at(report_id)
    entry = Entry(
        answers=await _answers(request), address=f"{here}/aendern", back=here, seen=form.seen
    )
    if form.text("mehr"):
        return await _show(request, inside, pages, _with_room(entry))
    path, body = f"/company-reports/{report_id}", _content(entry.answers)
    try:
        decision = await inside.decide(request, "PUT", path, body, key=form.key, seen=form.seen)
    except Refusal as refusal:
        return await _show(request, inside, pages, entry, _wrong(refusal))
    return Redirect(f"{here}?ab={decision.position}", status_code=303)


async def _answers(request: Visit) -> Answers:
    """What was typed, by the names of the companies' own form."""
    given: dict[str, list[str]] = {}
    for name, value in (await request.form()).multi_items():
        if isinstance(value, str) and any(is_of(step, name) for step in STEPS):
            given.setdefault(name, []).append(value)
    return Answers(given)


def _content(answers: Answers) -> Content:
    """As the API takes it: by telephone, there may be no address."""
    content = content_of(answers)
    return {
        **content,
        "company": {"municipality": "", **content["company"]},
        "contact": {"email": "", **content["contact"]},
    }


def _with_room(entry: Entry) -> Entry:
    """For one group of learners more."""
    return msgspec.structs.replace(entry, answers=entry.answers.with_group())


def _content_of(report: CompanyReportView) -> Content:
    """As it was sent. Raises EdgeProblem if who it is about was erased, or is not to be seen."""
    contact, name = report.contact, report.company_name
    if contact is None or isinstance(contact, Erased) or not isinstance(name, str):
        raise EdgeProblem(HTTPStatus.CONFLICT, "company-report.contact-erased")
    content: Content = msgspec.to_builtins(
        {
            "company": {**msgspec.structs.asdict(report.company), "name": name},
            "contact": contact,
            "need": report.need,
            "remark": report.remark if isinstance(report.remark, str) else "",
        }
    )
    return content


def _wrong(refusal: Refusal) -> Wrong:
    """Each fault at the field that it is about."""
    fields: dict[str, str] = {}
    for fault in refusal.problem.errors:
        fields.setdefault(field_of(fault.pointer or fault.parameter or ""), fault.detail)
    return msgspec.structs.replace(Wrong.of(refusal), fields=fields)


async def _show(
    request: Visit,
    inside: Inside,
    pages: Pages,
    entry: Entry,
    wrong: Wrong | None = None,
) -> Response[str]:
    return await pages.show(
        request,
        "needs/entry.html",
        status=wrong.status if wrong else HTTPStatus.OK,
        entry=entry,
        answers=entry.answers,
        most_groups=MOST_GROUPS,
        wrong=wrong,
        **spoken(request, await offered_to(request, inside)),
    )
