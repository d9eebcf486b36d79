"""Why a step was refused, beside the field of the form that it is about."""

from collections.abc import Mapping

import msgspec

from services.web.forms import Wrong
from services.web.inside import Refusal

FIELDS: Mapping[str, str] = {
    "organisation.unknown": "owner",
    "resolution.owner-missing": "owner",
    "resolution.due-missing": "due",
    "resolution.named-twice": "members",
    "resolution.mandate-incomplete": "members",
    "resolution.reason-missing": "reason",
    "resolution.text-missing": "text",
    "resolution.letter-outside-mandate": "sent_on",
    "follow-up.due-in-the-past": "due",
    "follow-up.due-not-later": "due",
    "need-review.already-opened": "key",
    "need-review.malformed-key": "key",
    "need-review.reason-missing": "reason",
    "need-review.field-missing": "fields",
    "need-review.not-a-field-of-meeting": "fields",
    "need-review.nobody-attended": "attended",
    "need-review.meeting-in-the-future": "held_on",
}
"""Where the cause always stands, for rules of the domain, which know no forms."""

IN_A_ROW = 3
"""Parts of a pointer to a field in a row of a list: `evidence/0/text`."""


def wrong_of(refusal: Refusal, names: Mapping[str, str] | None = None) -> Wrong:
    """`names`: what fields are called on the page, where otherwise than in the API.

    A field in a row of a list is called after its number: `text-0`.
    """
    wrong = Wrong.of(refusal)
    fields: dict[str, str] = {}
    for fault in refusal.problem.errors:
        parts = (fault.pointer or fault.parameter or "").strip("/").split("/")
        name = (names or {}).get(parts[-1], parts[-1])
        is_in_row = len(parts) == IN_A_ROW and parts[1].isdigit()
        fields[f"{name}-{parts[1]}" if is_in_row else name] = fault.detail
    if not fields and wrong.code in FIELDS:
        name = FIELDS[wrong.code]
        fields = {(names or {}).get(name, name): wrong.detail}
    return msgspec.structs.replace(wrong, fields=fields)
