"""Findings reported and corrected in the browser, also where something looks like a client."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Response

from domain.findings.bands import Band
from domain.kernel import Erased
from services.api.catalogues import FieldView
from services.api.finding_views import FindingView
from services.identity.areas import Area
from services.web.administration.answers import municipality_names
from services.web.assessments.viewer import coming_years, options, present_year
from services.web.door import for_area
from services.web.forms import Form, Wrong, form_of
from services.web.inside import Inside, Refusal, Visit
from services.web.rendering import Pages
from services.web.steering.places import HOME
from services.web.steering.suspects import Suspect, alarms, suspects_in, wrong_of
from services.web.steering.viewer import Viewer, viewer_of

AREA = for_area(Area.STEERING)
LIST = f"{HOME}/erkenntnisse"
NEW = f"{LIST}/neu"
ONE = f"{LIST}/{{finding_id:uuid}}"
ALARM = "stelle"


@get(NEW, opt=AREA)
async def offer_report(
    request: Visit, inside: NamedDependency[Inside], pages: NamedDependency[Pages]
) -> Response[str]:
    """The form to report a gap or a potential."""
    return await _show_form(request, inside, pages, Form({}, {}))


@post(NEW, opt=AREA)
async def report(
    request: Visit, inside: NamedDependency[Inside], pages: NamedDependency[Pages]
) -> Response[str] | Redirect:
    """Report it, unless it looks like a client: then it is asked back."""
    form = await form_of(request)
    found = await suspects_in(inside, request, form.text("description"), form, ALARM)
    body = {"municipality": form.text("municipality"), **_content(form, found)}
    try:
        decision = await inside.decide(request, "POST", "/findings", body, key=form.key)
    except Refusal as refusal:
        return await _show_form(request, inside, pages, form, wrong_of(refusal), found)
    return Redirect(f"{LIST}/{decision.id}?ab={decision.position}", status_code=303)


@get(f"{ONE}/berichtigen", opt=AREA)
async def offer_correction(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    finding_id: FromPath[UUID],
) -> Response[str]:
    """The form to say anew what was seen."""
    finding = await inside.read(request, f"/findings/{finding_id}", FindingView)
    said = finding.description
    form = Form(
        {
            "kind": [finding.kind],
            "field": [finding.field],
            "school_year": [finding.school_year],
            "band": [finding.band],
            "description": ["" if isinstance(said, Erased) else said],
            **_earlier_alarms(finding),
        },
        {},
    )
    found = await suspects_in(inside, request, form.text("description"), form, ALARM)
    return await _show_form(request, inside, pages, form, None, found, finding)


@post(f"{ONE}/berichtigen", opt=AREA)
async def correct(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    finding_id: FromPath[UUID],
) -> Response[str] | Redirect:
    """Correct it, with the reason."""
    form = await form_of(request)
    found = await suspects_in(inside, request, form.text("description"), form, ALARM)
    body = {**_content(form, found), "reason": form.text("reason")}
    path = f"/findings/{finding_id}"
    try:
        decision = await inside.decide(
            request, "POST", f"{path}/correction", body, key=form.key, seen=form.seen
        )
    except Refusal as refusal:
        finding = await inside.read(request, path, FindingView)
        wrong = wrong_of(refusal)
        return await _show_form(request, inside, pages, form, wrong, found, finding)
    return Redirect(f"{LIST}/{finding_id}?ab={decision.position}", status_code=303)


async def fields_of(inside: Inside, request: Visit) -> Mapping[str, str]:
    """What the fields are called, in the order to choose from."""
    found = await inside.read(request, "/fields", list[FieldView])
    return {field.key: field.name for field in found}


def _content(form: Form, found: Sequence[Suspect]) -> dict[str, object]:
    return {
        "kind": form.text("kind"),
        "field": form.text("field"),
        "school_year": form.text("school_year"),
        "band": form.text("band"),
        "description": form.text("description"),
        "false_alarms": alarms(found),
    }


def _earlier_alarms(finding: FindingView) -> dict[str, list[str]]:
    """As they would come with the form."""
    said = finding.description
    if isinstance(said, Erased):
        return {}
    fields: dict[str, list[str]] = {}
    for number, alarm in enumerate(finding.false_alarms):
        fields[f"{ALARM}-{number}-text"] = [said[alarm.start : alarm.end]]
        fields[f"{ALARM}-{number}-reason"] = [alarm.reason]
    return fields


async def _show_form(
    request: Visit,
    inside: Inside,
    pages: Pages,
    form: Form,
    wrong: Wrong | None = None,
    found: Sequence[Suspect] = (),
    finding: FindingView | None = None,
) -> Response[str]:
    """To report, or to correct a finding."""
    viewer = viewer_of(request)
    years = [*coming_years(), *([finding.school_year] if finding else [])]
    return await pages.show(
        request,
        "steering/finding_form.html",
        status=wrong.status if wrong else 200,
        viewer=viewer,
        finding=finding,
        municipalities=_own(viewer, await municipality_names(inside, request)),
        fields=list((await fields_of(inside, request)).items()),
        years=options(sorted(dict.fromkeys(years), reverse=True)),
        year=form.text("school_year") or present_year(),
        bands=list(Band),
        suspects=found,
        form=form,
        wrong=wrong,
    )


def _own(viewer: Viewer, municipalities: Mapping[str, str]) -> list[tuple[str, str]]:
    """Those they may report for."""
    return [(ags, name) for ags, name in municipalities.items() if viewer.changes(ags)]
