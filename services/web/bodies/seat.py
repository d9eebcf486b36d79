"""One seat of a body: who sits on it and sat on it, appointed and taken back; its end."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from urllib.parse import quote

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Response

from domain.kernel import Erased
from domain.steering.body_errors import UnknownSeat
from domain.steering.body_events import Capacity
from services.api.accounts import AccountView
from services.api.body_views import BodyView
from services.web.administration.answers import organisation_names
from services.web.bodies.body import AREA, ONE
from services.web.bodies.overview import LIST, api_path
from services.web.bodies.seats import Seat, seats_of
from services.web.bodies.viewer import viewer_of
from services.web.forms import Form, Wrong, form_of
from services.web.inside import After, Inside, Refusal, Visit
from services.web.rendering import Pages

SEAT = f"{ONE}/sitze/{{seat_key:str}}"


class Step(StrEnum):
    """What can be done with a seat; the value is the address of its form."""

    APPOINTING = "benennen"
    END_OF_APPOINTMENT = "benennung-beenden"
    ENDING = "beenden"


def _appointing(form: Form) -> Mapping[str, object]:
    return {
        "person": form.text("person"),
        "capacity": form.text("capacity"),
        "since": form.text("since"),
        "until": form.text("until") or None,
    }


def _end_of_appointment(form: Form) -> Mapping[str, object]:
    """The appointment was chosen as `<account>/<capacity>/<first day>`."""
    person, _, rest = form.text("appointment").partition("/")
    capacity, _, since = rest.partition("/")
    until = form.text("appointed_until")
    return {"person": person, "capacity": capacity, "since": since, "until": until}


def _ending(form: Form) -> Mapping[str, object]:
    return {"until": form.text("seat_until"), "reason": form.text("reason")}


STEPS: Mapping[Step, tuple[str, Callable[[Form], Mapping[str, object]], Mapping[str, str]]] = {
    Step.APPOINTING: ("appointments", _appointing, {}),
    Step.END_OF_APPOINTMENT: (
        "appointments/ending",
        _end_of_appointment,
        {"until": "appointed_until", "person": "appointment", "since": "appointment"},
    ),
    Step.ENDING: ("ending", _ending, {"until": "seat_until"}),
}
"""The step of the API, its body, and fields that are called otherwise on the page."""


@get(SEAT, opt=AREA)
async def show_seat(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    body_key: FromPath[str],
    seat_key: FromPath[str],
    ab: After = None,
) -> Response[str]:
    """The seat with everybody who sits, will sit or sat on it."""
    return await _show(request, inside, pages, body_key, seat_key, recorded=ab)


@post(f"{SEAT}/{{step:str}}", opt=AREA)
async def change_seat(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    body_key: FromPath[str],
    seat_key: FromPath[str],
    step: FromPath[Step],
) -> Response[str] | Redirect:
    """Appoint somebody, end an appointment, or end the seat."""
    form = await form_of(request)
    name, body, names = STEPS[step]
    seen = None if step is Step.APPOINTING else form.seen
    path = f"{api_path(body_key)}/seats/{quote(seat_key, safe='')}/{name}"
    try:
        decision = await inside.decide(request, "POST", path, body(form), key=form.key, seen=seen)
    except Refusal as refusal:
        wrong = Wrong.of(refusal)
        fields = {names.get(field, field): said for field, said in wrong.fields.items()}
        wrong = msgspec.structs.replace(wrong, fields=fields)
        return await _show(
            request, inside, pages, body_key, seat_key, form=form, wrong=wrong, step=step
        )
    return Redirect(f"{LIST}/{body_key}/sitze/{seat_key}?ab={decision.position}", status_code=303)


async def _show(
    request: Visit,
    inside: Inside,
    pages: Pages,
    body_key: str,
    seat_key: str,
    *,
    form: Form | None = None,
    wrong: Wrong | None = None,
    step: str = "",
    recorded: int | None = None,
) -> Response[str]:
    """`step` is the one that `wrong` is about."""
    viewer = viewer_of(request)
    body = await inside.read(request, api_path(body_key), BodyView)
    organisations = await organisation_names(inside, request)
    found = (seat for seat in seats_of(body, organisations) if seat.key == seat_key)
    seat = next(found, None)
    if seat is None:
        raise UnknownSeat(seat_key)
    people: list[tuple[str, str]] = []
    if viewer.arranges:
        accounts = await inside.read(request, "/accounts", list[AccountView])
        people = _to_choose(accounts, seat, organisations)
    return await pages.show(
        request,
        "bodies/seat.html",
        status=wrong.status if wrong else 200,
        viewer=viewer,
        body=body,
        seat=seat,
        people=people,
        capacities=list(Capacity),
        first_day=_first_day(seat, body.day),
        form=form or Form({}, {}),
        wrong=wrong,
        step=step,
        recorded=recorded,
    )


def _to_choose(
    accounts: Sequence[AccountView], seat: Seat, organisations: Mapping[str, str]
) -> list[tuple[str, str]]:
    """Everybody who has a name, those of the seat's organisation first."""
    found: list[tuple[bool, str, str]] = []
    for account in accounts:
        if isinstance(account.name, Erased):
            continue
        keys = dict.fromkeys(grant.organisation for grant in account.grants)
        where = ", ".join(organisations.get(key, key) for key in keys)
        label = f"{account.name} ({where})" if where else account.name
        found.append((seat.organisation not in keys, label, str(account.id)))
    return [(account, label) for _, label, account in sorted(found)]


def _first_day(seat: Seat, today: date) -> date:
    """What is proposed for an appointment: today, or the day from which the seat exists."""
    return max(seat.since, today)
