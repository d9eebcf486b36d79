"""The form of an evidence meeting: who was there, and what was found in which field."""

from collections.abc import Sequence

import msgspec

from services.api.need_review_views import EvidenceMeetingView
from services.web.forms import Form

ROOM = 3
"""So many findings more the form has room for."""
MOST = 60


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """One finding as it stands in the form."""

    kind: str = ""
    field: str = ""
    text: str = ""


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in the form. `reason` is that of a correction."""

    held_on: str = ""
    fields: Sequence[str] = ()
    attended: Sequence[str] = ()
    found: Sequence[Found] = ()
    summary: str = ""
    reason: str = ""


def draft_in(form: Form) -> Draft:
    """What was typed; findings without a text are left out."""
    found = [
        Found(
            kind=form.text(f"kind-{number}"),
            field=form.text(f"field-{number}"),
            text=form.text(f"text-{number}"),
        )
        for number in range(min(form.number("rows") or 0, MOST))
    ]
    return Draft(
        held_on=form.text("held_on"),
        fields=form.texts("fields"),
        attended=form.texts("attended"),
        found=[one for one in found if one.text],
        summary=form.text("summary"),
        reason=form.text("reason"),
    )


def draft_of(meeting: EvidenceMeetingView) -> Draft:
    """The meeting as it was recorded, to be corrected."""
    return Draft(
        held_on=meeting.held_on.isoformat(),
        fields=meeting.fields,
        attended=meeting.attended,
        found=[Found(kind=one.kind, field=one.field, text=one.text) for one in meeting.evidence],
        summary=meeting.summary,
    )


def with_room(draft: Draft) -> Draft:
    """With empty rows to write in, about the first of the fields."""
    empty = Found(field=next(iter(draft.fields), ""))
    return msgspec.structs.replace(draft, found=[*draft.found, *[empty] * ROOM])


def body_of(draft: Draft) -> dict[str, object]:
    """What the API takes of a meeting."""
    return {
        "held_on": draft.held_on,
        "fields": draft.fields,
        "attended": draft.attended,
        "evidence": [msgspec.structs.asdict(one) for one in draft.found],
        "summary": draft.summary,
    }
