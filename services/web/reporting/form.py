"""The form: where it begins, its steps, and sending it."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Response

from services.api.company_intake import FormView
from services.settings import Settings
from services.web.door import OPEN
from services.web.forms import Wrong
from services.web.inside import Inside, Refusal
from services.web.rendering import Pages
from services.web.reporting.answers import MOST_GROUPS, Answers, Filled, filled
from services.web.reporting.checking import first_wrong, wrong_on
from services.web.reporting.content import content_of, field_of
from services.web.reporting.showing import SECRET, STAYS_HERE, Answer, AnyVisit, Desk
from services.web.reporting.steps import FIRST, STEPS, Step, after, before, step_of

START = "/melden"
SENT = "/melden/gesendet"
OUTDATED = frozenset({"intake.stamp-outdated", "intake.stamp-foreign"})
"""The form was open too long: it gets a new stamp, and can be sent once more."""


@get(START, opt=OPEN)
async def show_start(
    request: AnyVisit,
    pages: NamedDependency[Pages],
    inside: NamedDependency[Inside],
    settings: NamedDependency[Settings],
) -> Answer:
    """What this is, how long it takes, and what happens with it."""
    return await Desk(request, pages, inside, settings).show("start.html", first=FIRST)


@get("/melden/leichte-sprache", opt=OPEN)
async def show_plain(
    request: AnyVisit,
    pages: NamedDependency[Pages],
    inside: NamedDependency[Inside],
    settings: NamedDependency[Settings],
) -> Answer:
    """The same in plain language."""
    return await Desk(request, pages, inside, settings).show("plain.html", first=FIRST)


@get("/melden/{step:str}", opt=OPEN)
async def show_first(
    request: AnyVisit,
    step: FromPath[str],
    pages: NamedDependency[Pages],
    inside: NamedDependency[Inside],
    settings: NamedDependency[Settings],
) -> Answer:
    """The first step. The others need what was answered before, so they lead to the start."""
    desk = Desk(request, pages, inside, settings)
    if step != FIRST:
        return desk.go(START)
    return await show_step(desk, FIRST, Answers())


@post("/melden/{step:str}", opt=OPEN, status_code=HTTPStatus.OK)
async def go_on(
    request: AnyVisit,
    step: FromPath[str],
    pages: NamedDependency[Pages],
    inside: NamedDependency[Inside],
    settings: NamedDependency[Settings],
) -> Answer:
    """To this step, if all that was answered on the one before is in order; or send it all."""
    desk = Desk(request, pages, inside, settings)
    form = await filled(request)
    if "senden" in form.more:
        return await _send(desk, form)
    answers = _with_groups(form)
    if "weiter" in form.more:
        wrong = wrong_on(form.at, answers, desk.tongue)
        if wrong is not None:
            return await show_step(desk, form.at, answers, form=form, wrong=wrong)
    asked = next((one for one in STEPS if one == step), None)
    if asked is None:
        return desk.go(START)
    if asked is Step.REVIEW and (found := first_wrong(answers, desk.tongue)):
        return await show_step(desk, found[0], answers, form=form, wrong=found[1])
    return await show_step(desk, asked, answers, form=form)


async def show_step(
    desk: Desk,
    step: Step,
    answers: Answers,
    *,
    form: Filled | None = None,
    wrong: Wrong | None = None,
    proof: bool = False,
) -> Response[str]:
    """A step with what was answered so far. `proof`: the browser is asked to work for it."""
    offered = await desk.read("/reports/form", FormView)
    link = form.link if form else ""
    return await desk.show(
        f"{step.name.lower()}.html",
        wrong=wrong,
        headers=SECRET if link else STAYS_HERE,
        step=step,
        steps=STEPS,
        place=STEPS.index(step),
        before=before(step),
        after=after(step),
        answers=answers,
        offered=offered,
        started=(form.since if form else "") or offered.started,
        work=offered.work if proof else 0,
        link=link,
        most_groups=MOST_GROUPS,
    )


async def show_changes(desk: Desk, answers: Answers, link: str) -> Response[str]:
    """The last step for a report that there is, to change what it says."""
    form = Filled(answers=answers, at=Step.REVIEW, more={"link": link})
    return await show_step(desk, Step.REVIEW, answers, form=form)


def _with_groups(form: Filled) -> Answers:
    """With a group of learners more or less, if a button of its step said so."""
    asked = form.more.get("tun", "")
    if asked == "dazu":
        return form.answers.with_group()
    word, _, number = asked.partition("-")
    if word == "ohne" and number.isascii() and number.isdigit():
        return form.answers.without_group(int(number))
    return form.answers


async def _send(desk: Desk, form: Filled) -> Answer:
    """All answers to the API; what it does not take is shown at its question."""
    if found := first_wrong(form.answers, desk.tongue):
        return await show_step(desk, found[0], form.answers, form=form, wrong=found[1])
    content = content_of(form.answers)
    try:
        if form.link:
            await desk.ask("PUT", "/reports/own", content, link=form.link, key=form.more["key"])
            return desk.go(f"/meldung/{form.link}", getan="geaendert")
        await desk.ask("POST", "/reports/intake", _submission(desk, form, content))
    except Refusal as refusal:
        return await _refused(desk, form, refusal)
    return desk.go(SENT)


def _submission(desk: Desk, form: Filled, content: Mapping[str, Any]) -> Mapping[str, object]:
    return {
        "content": content,
        "started": form.since,
        "language": desk.tongue.tag,
        "proof": form.more.get("proof", ""),
    }


async def _refused(desk: Desk, form: Filled, refusal: Refusal) -> Response[str]:
    """At the first step with something wrong in it; at the end, if no answer is to blame."""
    wants_work = refusal.status == HTTPStatus.PRECONDITION_REQUIRED
    if refusal.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise refusal
    found: dict[str, list[str]] = {}
    for fault in refusal.problem.errors:
        found.setdefault(field_of(fault.pointer or ""), []).append(fault.detail)
    fields = {name: ", ".join(details) for name, details in found.items()}
    wrong = Wrong(
        title=refusal.problem.title,
        detail=refusal.problem.detail,
        code=refusal.code,
        status=refusal.status,
        fields=fields,
    )
    if refusal.code in OUTDATED:
        form = msgspec.structs.replace(form, more={**form.more, "started": ""})
    steps: Sequence[Step] = sorted((step_of(name) for name in fields), key=STEPS.index)
    step = steps[0] if steps else Step.REVIEW
    return await show_step(desk, step, form.answers, form=form, wrong=wrong, proof=wants_work)
