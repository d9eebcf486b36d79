"""One report: what is needed, who has to do what until when, and how it came that far."""

from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Response

from domain.findings.bands import band_of
from domain.findings.events import FindingKind
from domain.language_needs.events import AnswerKind, Priority, ReferralOutcome
from domain.language_needs.events_end import Outcome, WithdrawalReason
from services.api.company_report_views import CompanyReportView
from services.api.finding_views import FindingView
from services.history import HistoryEntry
from services.identity.areas import Area
from services.web.assessments.viewer import present_year
from services.web.door import for_area
from services.web.forms import Form, Wrong, form_of
from services.web.inside import After, Inside, Refusal, Visit
from services.web.language import language_of
from services.web.needs.offered import offered_to, spoken
from services.web.needs.places import ONE, report_at, viewer_of
from services.web.needs.steps import STEPS, Step, body_of, wrong_of
from services.web.rendering import Pages
from services.web.texts import say

AREA = for_area(Area.REPORTS)
ALL = 200
GAP = "luecke"
LANGUAGE = "language"
"""The field of findings that courses belong to."""


@get(ONE, opt=AREA)
async def show_report(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    report_id: FromPath[UUID],
    ab: After = None,
) -> Response[str]:
    """The report as it stands, and what can be done about it."""
    return await _show(request, inside, pages, report_id, recorded=ab)


@post(f"{ONE}/schritt/{{step:str}}", opt=AREA)
async def take_step(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    report_id: FromPath[UUID],
    step: FromPath[str],
) -> Response[str] | Redirect:
    """Acknowledge, triage, refer, ask, answer, follow up, close."""
    form = await form_of(request)
    taken = STEPS.get(step, Step(path=step))
    path = f"/company-reports/{report_id}/{taken.path}"
    body = body_of(form, step, taken)
    try:
        decision = await inside.decide(request, "POST", path, body, key=form.key, seen=form.seen)
    except Refusal as refusal:
        wrong = wrong_of(refusal, step)
        return await _show(request, inside, pages, report_id, form=form, wrong=wrong, step=step)
    return Redirect(f"{report_at(report_id)}?ab={decision.position}", status_code=303)


@post(f"{ONE}/{GAP}", opt=AREA)
async def note_gap(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    report_id: FromPath[UUID],
) -> Response[str] | Redirect:
    """Report what could not be met as a gap: a finding, which can become a theme.

    It says how many learn what and where, nothing about the company.
    """
    form = await form_of(request)
    try:
        view = await inside.read(request, f"/company-reports/{report_id}", CompanyReportView)
        finding = {
            "municipality": view.company.municipality,
            "kind": FindingKind.GAP,
            "field": LANGUAGE,
            "school_year": present_year(),
            "band": band_of(view.need.learners),
            "description": _gap_in(request, view),
        }
        found = await inside.decide(request, "POST", "/findings", finding, key=form.key)
        noted = {"municipality": view.company.municipality, "finding": str(found.id)}
        path = f"/company-reports/{report_id}/unmet-need"
        decision = await inside.decide(request, "POST", path, noted, key=f"{form.key}-noted")
    except Refusal as refusal:
        wrong = Wrong.of(refusal)
        return await _show(request, inside, pages, report_id, form=form, wrong=wrong, step=GAP)
    return Redirect(f"{report_at(report_id)}?ab={decision.position}", status_code=303)


def _gap_in(request: Visit, view: CompanyReportView) -> str:
    """What is missing, without whom: levels and nothing else."""
    levels = sorted({f"{group.present}–{group.wanted}".upper() for group in view.need.groups})
    return say("needs.gap.text", language_of(request), {"levels": ", ".join(levels)})


async def _show(
    request: Visit,
    inside: Inside,
    pages: Pages,
    report_id: UUID,
    *,
    form: Form | None = None,
    wrong: Wrong | None = None,
    step: str = "",
    recorded: int | None = None,
) -> Response[str]:
    """`step` is the one that `wrong` is about."""
    viewer = viewer_of(request)
    path = f"/company-reports/{report_id}"
    report = await inside.read(request, path, CompanyReportView)
    gaps: list[FindingView] = []
    if viewer.coordinates:
        noted = [one.finding for one in report.unmet if one.finding]
        gaps = [await inside.read(request, f"/findings/{one}", FindingView) for one in noted]
    entries: list[HistoryEntry] = []
    if viewer.reads_record:
        told = inside.items(request, f"{path}/history", HistoryEntry, limit=ALL)
        entries = [entry async for entry in told]
    return await pages.show(
        request,
        "needs/report.html",
        status=wrong.status if wrong else 200,
        viewer=viewer,
        report=report,
        here=report_at(report_id),
        entries=entries[::-1],
        gaps={gap.id: gap for gap in gaps if gap.stage == "reported"},
        priorities=list(Priority),
        referral_answers=list(ReferralOutcome),
        answer_kinds=list(AnswerKind),
        outcomes=list(Outcome),
        withdrawal_reasons=list(WithdrawalReason),
        form=form or Form({}, {}),
        wrong=wrong,
        step=step,
        recorded=recorded,
        **spoken(request, await offered_to(request, inside)),
    )
