"""What is done about a report: each step with its form and its way in the API."""

from collections.abc import Mapping, Sequence

import msgspec

from services.web.forms import Form, Wrong
from services.web.inside import Refusal


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """`path` is that of the API below the report; `fields` are those of its form."""

    path: str
    fields: Sequence[str] = ()


STEPS: Mapping[str, Step] = {
    "bestaetigen": Step(path="acknowledgement", fields=("message",)),
    "einordnen": Step(path="triage", fields=("priority", "routes", "note")),
    "vermitteln": Step(path="referral", fields=("organisation", "question", "due")),
    "antwort-des-partners": Step(path="referral/answer", fields=("organisation", "answer", "text")),
    "zurueckholen": Step(path="referral/recall", fields=("reason",)),
    "rueckfrage": Step(path="question", fields=("question", "due")),
    "antwort-des-unternehmens": Step(path="question/answer", fields=("text",)),
    "antworten": Step(path="answer", fields=("kind", "text", "offer")),
    "kursbeginn": Step(path="start", fields=("starts_on", "ends_on", "participants")),
    "nach-dem-beginn": Step(path="follow-ups/start", fields=("participants", "text")),
    "nach-dem-ende": Step(path="follow-ups/end", fields=("participants", "passed", "text")),
    "abschliessen": Step(path="closing", fields=("outcome", "learners", "note")),
    "wieder-aufnehmen": Step(path="reopening", fields=("reason",)),
    "zuruecknehmen": Step(path="withdrawal", fields=("reason",)),
}
"""By the address of the form."""

NUMBERS = frozenset({"participants", "passed", "learners"})
SEVERAL = frozenset({"routes"})
OPTIONAL = frozenset({"due", "offer"})


def body_of(form: Form, name: str, step: Step) -> Mapping[str, object]:
    """What was typed, as the API takes it."""
    return {field: _typed(form, field, f"{name}-{field}") for field in step.fields}


def wrong_of(refusal: Refusal, name: str) -> Wrong:
    """Why it was refused, with the fields as they are called on the page."""
    wrong = Wrong.of(refusal)
    fields = {f"{name}-{field}" if field else field: said for field, said in wrong.fields.items()}
    return msgspec.structs.replace(wrong, fields=fields)


def _typed(form: Form, field: str, name: str) -> object:
    if field in SEVERAL:
        return form.texts(name)
    text = form.text(name)
    if field in NUMBERS:
        number = form.number(name)
        return number if number is not None else (text or (0 if field == "learners" else None))
    if field in OPTIONAL:
        return text or None
    return text
