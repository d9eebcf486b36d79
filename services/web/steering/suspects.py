"""Places of a text that look like a client, on the form that asks whether they are one."""

from collections.abc import Mapping, Sequence

import msgspec

from domain.findings.clients import Sign
from services.api.finding_views import FoundPlace
from services.web.forms import Form, Wrong
from services.web.inside import Inside, Refusal, Visit


class Suspect(msgspec.Struct, frozen=True, kw_only=True):
    """A place with what stands there, and why it is none if somebody said so.

    `name` begins the names of its two fields: what stands there (`<name>-text`) comes back with
    the form, because positions move when a text is written otherwise.
    """

    name: str
    sign: Sign
    start: int
    end: int
    called: str
    text: str
    reason: str


async def suspects_in(
    inside: Inside, request: Visit, text: str, form: Form, under: str
) -> list[Suspect]:
    """The places of the text, with the reasons that came with the form. Raises Refusal."""
    if not text.strip():
        return []
    try:
        answer = await inside.ask(request, "POST", "/findings/checks", body={"text": text})
    except Refusal:
        return []  # what is wrong with the text is said where it is sent
    places = msgspec.json.decode(answer.content, type=list[FoundPlace])
    reasons = _reasons(form, under)
    return [
        Suspect(
            name=f"{under}-{number}",
            sign=place.sign,
            start=place.start,
            end=place.end,
            called=place.name,
            text=text[place.start : place.end],
            reason=reasons.get(text[place.start : place.end], ""),
        )
        for number, place in enumerate(places)
    ]


def alarms(suspects: Sequence[Suspect]) -> list[dict[str, object]]:
    """Those that are said to be none, as the API takes them."""
    return [
        {
            "sign": suspect.sign,
            "start": suspect.start,
            "end": suspect.end,
            "reason": suspect.reason,
        }
        for suspect in suspects
        if suspect.reason
    ]


def wrong_of(refusal: Refusal) -> Wrong:
    """Why a form was not taken; several faults of one field stand beside it together."""
    wrong = Wrong.of(refusal)
    fields: dict[str, str] = {}
    for fault in refusal.problem.errors:
        name = (fault.pointer or fault.parameter or "").rpartition("/")[2]
        fields[name] = "; ".join(filter(None, (fields.get(name), fault.detail)))
    return msgspec.structs.replace(wrong, fields=fields)


def _reasons(form: Form, under: str) -> Mapping[str, str]:
    """By what stands at the place."""
    found: dict[str, str] = {}
    number = 0
    while text := form.exact(f"{under}-{number}-text"):
        found[text] = form.text(f"{under}-{number}-reason")
        number += 1
    return found
