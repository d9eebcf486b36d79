"""What people do to a session before it begins, each step from a form of its page."""

from collections.abc import Callable, Mapping
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from litestar import post
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect, Response

from services.identity.areas import Area
from services.web.door import for_area
from services.web.forms import Form, Wrong, form_of
from services.web.inside import Inside, Refusal, Visit
from services.web.rendering import Pages
from services.web.sessions.addresses import ONE, to_session
from services.web.sessions.moments import moment_in
from services.web.sessions.session import show_session
from services.web.steering.suspects import wrong_of

Body = Callable[[Form, ZoneInfo], Mapping[str, object] | None]


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """How the API takes it. `part` of the page shows it afterwards, `fields` are its names there.

    `faults`: which field a refusal is about that names none.
    """

    path: str
    body: Body
    part: str = "sitzung"
    method: str = "POST"
    fields: Mapping[str, str] = {}
    faults: Mapping[str, str] = {}


def _seat(form: Form, _: ZoneInfo) -> Mapping[str, object]:
    return {"seat": form.text("seat")}


def _moved(form: Form, zone: ZoneInfo) -> Mapping[str, object]:
    return {
        "starts_at": moment_in(form.text("starts_at"), zone) or "",
        "ends_at": moment_in(form.text("ends_at"), zone),
        "place": form.text("place"),
        "reason": form.text("move_reason"),
    }


def _ordered(form: Form, _: ZoneInfo) -> Mapping[str, object]:
    """One item changes places with its neighbour."""
    items = form.texts("items")
    for name, by in (("hoch", -1), ("runter", 1)):
        item = form.text(name)
        if item in items:
            here = items.index(item)
            there = min(max(here + by, 0), len(items) - 1)
            items[here], items[there] = items[there], items[here]
    return {"items": items}


STEPS: Mapping[str, Step] = {
    "verschieben": Step(path="move", body=_moved, fields={"reason": "move_reason"}),
    "absagen": Step(
        path="cancellation",
        body=lambda form, _: {"reason": form.text("cancel_reason")},
        fields={"reason": "cancel_reason"},
    ),
    "aufrufen": Step(
        path="call",
        body=lambda form, zone: {"until": moment_in(form.text("call_until"), zone) or ""},
        fields={"until": "call_until"},
        faults={"session.call-not-in-time": "call_until"},
    ),
    "einladen": Step(
        path="invitation",
        body=lambda form, _: {"urgency": form.text("urgency")},
        faults={"session.urgency-missing": "urgency"},
    ),
    "erinnern": Step(path="reminders", body=lambda form, _: {"occasion": form.text("occasion")}),
    "abwesend": Step(path="absences", body=_seat, part="plaetze"),
    "anwesend": Step(path="absences/withdrawal", body=_seat, part="plaetze"),
    "festlegen": Step(path="agenda/freezing", body=lambda _, __: None, part="tagesordnung"),
    "wieder-oeffnen": Step(
        path="agenda/reopening",
        body=lambda form, _: {"reason": form.text("reopen_reason")},
        part="tagesordnung",
        fields={"reason": "reopen_reason"},
    ),
    "reihenfolge": Step(path="agenda/order", body=_ordered, part="tagesordnung", method="PUT"),
}
"""By the address of the form."""


@post(f"{ONE}/planung/{{step:str}}", opt=for_area(Area.STEERING))
async def take_step(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    session_id: FromPath[UUID],
    step: FromPath[str],
) -> Response[str] | Redirect:
    """Move it, call it off, call for items, invite, remind; settle, open and order the agenda."""
    if step not in STEPS:
        raise NotFoundException
    taken = STEPS[step]
    form = await form_of(request)
    try:
        decision = await inside.decide(
            request,
            taken.method,
            f"/sessions/{session_id}/{taken.path}",
            taken.body(form, pages.calendar.zone),
            key=form.key,
            seen=form.seen,
        )
    except Refusal as refusal:
        wrong = _at_its_fields(wrong_of(refusal), taken)
        return await show_session(
            request, inside, pages, session_id, form=form, wrong=wrong, step=step
        )
    return to_session(session_id, decision.position, taken.part)


def _at_its_fields(wrong: Wrong, step: Step) -> Wrong:
    """The same, where fields have other names on the page than in the API, or none at all."""
    fields = {step.fields.get(name, name): said for name, said in wrong.fields.items()}
    if not fields and wrong.code in step.faults:
        fields = {step.faults[wrong.code]: wrong.detail}
    return msgspec.structs.replace(wrong, fields=fields)
