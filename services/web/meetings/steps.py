"""The steps of a session from its opening on: where each form leads, and what it sends."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any, TypeAlias

import msgspec

from services.web.assessments.viewer import ZONE
from services.web.forms import Form

Body: TypeAlias = Callable[[Form], Mapping[str, Any] | None]


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """`path` is the API's below the session, `part` that of the page which shows what came of it.

    `fields` are the names of the form where they are not those of the API. In them, `{mark}` tells
    the form from others like it.
    """

    path: str
    body: Body
    part: str
    method: str = "POST"
    fields: Mapping[str, str] = {}


def mark_of(form: Form) -> str:
    """Tells this form from others like it on the page; ends the names of its fields."""
    return form.text("mark")


def typed(form: Form, name: str) -> str:
    """What stands in a field that there is once for each mark."""
    return form.text(f"{name}{mark_of(form)}")


def moment_of(form: Form, field: str = "um") -> str | None:
    """The time of day in this field, on the day of the session; None: now.

    What is no time is handed on, for the API to refuse.
    """
    clock = form.text(field)
    if not clock:
        return None
    try:
        day, at = date.fromisoformat(form.text("tag")), time.fromisoformat(clock)
    except ValueError:
        return clock
    return datetime.combine(day, at, ZONE).isoformat()


def _opening(form: Form) -> Mapping[str, Any]:
    return {
        "chair": form.text("chair"),
        "keeper": form.text("keeper"),
        "at": moment_of(form, "opened_at"),
    }


def _seat_taken(form: Form) -> Mapping[str, Any]:
    seat = form.text("seat")
    return {"seat": seat, "person": typed(form, "person"), "at": moment_of(form)}


def _count(form: Form, name: str) -> int | str:
    """A number; what else was typed goes to the API, which says what is wrong with it."""
    number = form.number(f"{name}{mark_of(form)}")
    return typed(form, name) or 0 if number is None else number


def _counted(form: Form) -> Mapping[str, Any]:
    counts = {name: _count(form, name) for name in ("yes", "no", "abstain")}
    return {**_put_to_the_vote(form), **counts, "manner": typed(form, "manner")}


def _called(form: Form) -> Mapping[str, Any]:
    prefix = f"answers{mark_of(form)}"
    answers = [
        {"seat": name.removeprefix(f"{prefix}/"), "choice": choice}
        for name, choice in form.texts_under(prefix).items()
        if choice
    ]
    return {**_put_to_the_vote(form), "manner": "roll-call", "answers": answers}


def _put_to_the_vote(form: Form) -> Mapping[str, Any]:
    return {
        "item": form.text("item"),
        "alternative": form.text("alternative"),
        "at": moment_of(form),
    }


def _ballot(form: Form) -> Mapping[str, Any]:
    return {
        "item": form.text("item"),
        "seat": form.text("seat"),
        "choice": typed(form, "choice"),
        "shown": form.text("shown"),
    }


def _wording(form: Form) -> Mapping[str, Any]:
    return {"key": form.text("alternative"), "text": typed(form, "wording")}


def _guests(form: Form) -> Mapping[str, Any]:
    people = _count(form, "people")
    return {"organisation": form.text("organisation"), "people": people, "at": moment_of(form)}


def _draft(form: Form) -> Mapping[str, Any]:
    """Every note of the form, also those that were emptied."""
    notes = [
        {"item": name.removeprefix("note/"), "text": text}
        for name, text in form.texts_under("note").items()
    ]
    return {"notes": notes, "remark": form.text("remark"), "reason": form.text("correction")}


def _seat(form: Form) -> Mapping[str, Any]:
    return {"seat": form.text("seat") or typed(form, "seat")}


def _seat_left(form: Form) -> Mapping[str, Any]:
    return {"seat": form.text("seat"), "at": moment_of(form)}


def _guests_left(form: Form) -> Mapping[str, Any]:
    return {"organisation": form.text("organisation"), "at": moment_of(form)}


def _because(form: Form) -> Mapping[str, Any]:
    return {"reason": typed(form, "reason")}


def _reminders(form: Form) -> Mapping[str, Any]:
    days = form.number("remind")
    return {"remind_working_days_before": [days] if days else []}


def _nothing(_: Form) -> None:
    return None


REASON = {"reason": "reason{mark}"}
COUNTS = {name: f"{name}{{mark}}" for name in ("yes", "no", "abstain", "manner")}

STEPS: Mapping[str, Step] = {
    "eroeffnen": Step(
        path="opening", body=_opening, part="anwesenheit", fields={"at": "opened_at"}
    ),
    "platz-nehmen": Step(
        path="presences", body=_seat_taken, part="anwesenheit", fields={"person": "person{mark}"}
    ),
    "platz-verlassen": Step(path="presences/ending", body=_seat_left, part="anwesenheit"),
    "gaeste": Step(
        path="guests", body=_guests, part="anwesenheit", fields={"people": "people{mark}"}
    ),
    "gaeste-gehen": Step(path="guests/leaving", body=_guests_left, part="anwesenheit"),
    "besprechen": Step(
        path="items/{item}/discussion",
        body=lambda form: {"text": typed(form, "text")},
        part="punkt-{nr}",
        method="PUT",
        fields={"text": "text{mark}"},
    ),
    "fassen": Step(
        path="items/{item}/amendments",
        body=_wording,
        part="punkt-{nr}",
        fields={"text": "wording{mark}"},
    ),
    "vertagen": Step(path="items/{item}/deferral", body=_because, part="punkt-{nr}", fields=REASON),
    "aufnehmen": Step(path="items/{item}/resumption", body=_nothing, part="punkt-{nr}"),
    "befangen": Step(path="items/{item}/conflicts", body=_seat, part="punkt-{nr}"),
    "nicht-befangen": Step(path="items/{item}/conflicts/lifting", body=_seat, part="punkt-{nr}"),
    "abstimmen": Step(path="votes", body=_counted, part="punkt-{nr}", fields=COUNTS),
    "aufrufen": Step(path="votes", body=_called, part="punkt-{nr}"),
    "aufheben": Step(
        path="votes/{number}/annulment", body=_because, part="punkt-{nr}", fields=REASON
    ),
    "umlauf": Step(
        path="circular",
        body=_reminders,
        part="verlauf",
        fields={"remind_working_days_before": "remind", "0": "remind"},
    ),
    "stimme": Step(
        path="ballots", body=_ballot, part="punkt-{nr}", fields={"choice": "choice{mark}"}
    ),
    "schliessen": Step(
        path="closing",
        body=lambda form: {"at": moment_of(form, "closed_at")},
        part="protokoll",
        fields={"at": "closed_at"},
    ),
    "entwurf": Step(
        path="minutes",
        body=_draft,
        part="protokoll",
        fields={"reason": "correction"},
    ),
    "zurueckgeben": Step(
        path="minutes/{number}/return", body=_because, part="protokoll", fields=REASON
    ),
    "genehmigen": Step(
        path="minutes/{number}/approval",
        body=lambda form: {"digest": form.text("digest")},
        part="protokoll",
    ),
    "freigeben": Step(path="minutes/{number}/release", body=_nothing, part="protokoll"),
}
"""By the address of the form."""
