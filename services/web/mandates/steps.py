"""What is done about a mandate or a resolution: each step with its form and its way in the API."""

from collections.abc import Mapping, Sequence

import msgspec

from services.web.forms import Form


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """`path` is that of the API below the thing; `fields` are those of its form.

    `told_in` is the field that something is told in, whatever the API calls it.
    """

    path: str
    fields: Sequence[str] = ()
    told_in: str = "text"


STEPS: Mapping[str, Step] = {
    "fortschritt": Step(path="reports", fields=("report", "text")),
    "erinnern": Step(path="reminders"),
    "frist": Step(path="extensions", fields=("due", "reason")),
    "zustaendigkeit": Step(path="owner", fields=("owner", "reason")),
    "brief": Step(
        path="letters", fields=("addressee", "subject_line", "text", "sent_on", "reference")
    ),
    "erfuellt": Step(path="fulfilment", fields=("outcome",), told_in="outcome"),
    "wieder-aufnehmen": Step(path="reopening", fields=("due", "reason")),
    "aufheben": Step(path="revocation", fields=("revoking",)),
    "hinfaellig": Step(path="annulment", fields=("reason",)),
}
"""Of a resolution, by the address of the form."""

NUMBERS = frozenset({"report"})


def named(step: str, field: str) -> str:
    """What the field is called on the page, where several forms ask for a reason."""
    return f"{step}-{field}"


def body_of(form: Form, name: str, step: Step) -> dict[str, object] | None:
    """What was typed, as the API takes it; nothing if the step has no fields."""
    if not step.fields:
        return None
    return {
        field: form.number(named(name, field))
        if field in NUMBERS
        else form.text(named(name, field))
        for field in step.fields
    }


def names_of(name: str, step: Step) -> dict[str, str]:
    """The fields of the API by what they are called on the page."""
    names = {field: named(name, field) for field in step.fields}
    return {"text": named(name, step.told_in), **names}
