"""Rounds for the coordination: announced, followed, given more time, closed, called off."""

from datetime import datetime
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Response

from domain.assessments.events import Sitting
from services.api.instrument_views import InstrumentSummary
from services.api.pages import Page
from services.api.round_progress import CollegeProgress
from services.api.round_views import AssessmentRoundView, RoundSummary
from services.history import HistoryEntry
from services.identity.areas import Area
from services.web.assessments.causes import causes_of
from services.web.assessments.viewer import ZONE, colleges, coming_years, options, under, viewer_of
from services.web.door import for_area
from services.web.forms import Form, Wrong, form_of
from services.web.inside import After, Inside, Refusal, Visit
from services.web.rendering import Pages

AREA = for_area(Area.ASSESSMENTS)
HERE = "/erhebungen/runden/{round_id:uuid}"
ALL = 200


@get("/erhebungen/runden/neu", opt=AREA)
async def offer_round(
    request: Visit, inside: NamedDependency[Inside], pages: NamedDependency[Pages]
) -> Response[str]:
    """The form to announce a round."""
    return await _show_new(request, inside, pages, Form({}, {}))


@post("/erhebungen/runden/neu", opt=AREA)
async def announce_round(
    request: Visit, inside: NamedDependency[Inside], pages: NamedDependency[Pages]
) -> Response[str] | Redirect:
    """Announce it; then it opens, reminds, closes, scores and releases by itself."""
    form = await form_of(request)
    try:
        decision = await inside.decide(
            request, "POST", "/rounds", _announcement(form), key=form.key
        )
    except Refusal as refusal:
        wrong = under(Wrong.of(refusal), key="key_of_round", version="instrument")
        return await _show_new(request, inside, pages, form, wrong)
    page = f"/erhebungen/runden/{decision.id}?ab={decision.position}"
    return Redirect(page, status_code=303)


@get(HERE, opt=AREA)
async def show_round(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    round_id: FromPath[UUID],
    ab: After = None,
) -> Response[str]:
    """How far the round and each of its colleges is, and what the coordination can do."""
    return await _show(request, inside, pages, round_id, recorded=ab)


@post(f"{HERE}/erinnern", opt=AREA)
async def remind(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    round_id: FromPath[UUID],
) -> Response[str] | Redirect:
    """Remind the colleges with missing classes now."""
    form = await form_of(request)
    return await _decide(request, inside, pages, round_id, "reminders", form, None)


@post(f"{HERE}/verlaengern", opt=AREA)
async def extend(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    round_id: FromPath[UUID],
) -> Response[str] | Redirect:
    """Give some colleges more time, or all."""
    form = await form_of(request)
    body = {
        "closes_at": moment_in(form.text("closes_at")),
        "reason": form.text("reason"),
        "colleges": form.texts("colleges"),
    }
    return await _decide(request, inside, pages, round_id, "extensions", form, body)


@post(f"{HERE}/schliessen", opt=AREA)
async def close(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    round_id: FromPath[UUID],
) -> Response[str] | Redirect:
    """Close the window before its time, once all is there."""
    form = await form_of(request)
    return await _decide(request, inside, pages, round_id, "closing", form, None)


@post(f"{HERE}/absagen", opt=AREA)
async def cancel(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    round_id: FromPath[UUID],
) -> Response[str] | Redirect:
    """Call the round off, with a reason."""
    form = await form_of(request)
    body = {"reason": form.text("because")}
    return await _decide(request, inside, pages, round_id, "cancellation", form, body)


def moment_in(text: str) -> str:
    """What a field for day and time holds, on the clock here, with its offset; else as it is."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=ZONE).isoformat()
    except ValueError:
        return text


def _announcement(form: Form) -> dict[str, object]:
    """What stands in the form, as the API takes it."""
    instrument, _, version = form.text("instrument").partition("/")
    grace = form.number("grace_days")
    body: dict[str, object] = {
        "key": form.text("key_of_round"),
        "title": form.text("title"),
        "school_year": form.text("school_year"),
        "instrument": instrument,
        "version": int(version) if version.isdigit() else 0,
        "opens_at": moment_in(form.text("opens_at")),
        "closes_at": moment_in(form.text("closes_at")),
        "reminders": [moment_in(one) for one in form.texts("reminders") if one],
        "colleges": form.texts("colleges"),
        "basis": form.text("basis"),
        "grace_days": form.text("grace_days") if grace is None else grace,
    }
    if form.text("first"):
        return {**body, "first": form.text("first"), "sitting": Sitting.RETEST}
    if form.text("retest_opens_at") or form.text("retest_closes_at"):
        body["retest"] = {
            "opens_at": moment_in(form.text("retest_opens_at")),
            "closes_at": moment_in(form.text("retest_closes_at")),
        }
    return body


async def _decide(
    request: Visit,
    inside: Inside,
    pages: Pages,
    round_id: UUID,
    step: str,
    form: Form,
    body: object,
) -> Response[str] | Redirect:
    path = f"/rounds/{round_id}/{step}"
    try:
        decision = await inside.decide(request, "POST", path, body, key=form.key, seen=form.seen)
    except Refusal as refusal:
        wrong = Wrong.of(refusal)
        if step == "cancellation":
            wrong = under(wrong, reason="because")
        return await _show(request, inside, pages, round_id, form=form, wrong=wrong, step=step)
    page = f"/erhebungen/runden/{round_id}?ab={decision.position}"
    return Redirect(page, status_code=303)


async def _show(
    request: Visit,
    inside: Inside,
    pages: Pages,
    round_id: UUID,
    *,
    form: Form | None = None,
    wrong: Wrong | None = None,
    step: str = "",
    recorded: int | None = None,
) -> Response[str]:
    """`step` is the one that `wrong` is about."""
    viewer = viewer_of(request)
    path = f"/rounds/{round_id}"
    progress = await inside.read(
        request, f"{path}/colleges", list[CollegeProgress], at_least=recorded
    )
    entries: list[HistoryEntry] = []
    if viewer.reads_record:
        found = inside.items(request, f"{path}/history", HistoryEntry, limit=ALL)
        entries = [entry async for entry in found]
    return await pages.show(
        request,
        "assessments/round.html",
        status=wrong.status if wrong else 200,
        viewer=viewer,
        round=await inside.read(request, path, AssessmentRoundView),
        progress=progress,
        causes=await causes_of(request, inside, round_id),
        college_options=[(college.college, college.name) for college in progress],
        entries=entries[::-1],
        form=form or Form({}, {}),
        wrong=wrong,
        step=step,
        recorded=recorded,
    )


async def _show_new(
    request: Visit, inside: Inside, pages: Pages, form: Form, wrong: Wrong | None = None
) -> Response[str]:
    instruments = await inside.read(request, "/instruments", Page[InstrumentSummary], limit=ALL)
    rounds = await inside.read(request, "/rounds", Page[RoundSummary], limit=ALL)
    known = await colleges(inside, request)
    return await pages.show(
        request,
        "assessments/round_new.html",
        status=wrong.status if wrong else 200,
        years=options(coming_years()),
        versions=[
            (f"{one.key}/{version.number}", f"{one.title}, {version.number}")
            for one in instruments.items
            for version in one.versions
            if version.state == "approved"
        ],
        colleges=[(one.key, one.name) for one in known],
        all_colleges=[one.key for one in known],
        firsts=[
            (str(one.id), f"{one.title} {one.school_year}")
            for one in rounds.items
            if one.sitting is Sitting.FIRST and one.released_at
        ],
        form=form,
        wrong=wrong,
    )
