"""The kinds of mandate, and what the form of each sends to the API."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from domain.steering.mandate import NOTHING_TO_DO
from domain.steering.resolution_events import Standing
from services.api.concepts import ConceptSummary
from services.api.group_views import GroupSummary
from services.api.resolution_views import ResolutionSummary
from services.web.forms import Form
from services.web.inside import Inside, Visit

GROUP = "establish-working-group"
COMMISSION = "commission"
REVIEW = "open-need-review"
LETTER = "report-to-ministry"
CONCEPT = "adopt-concept"
NOTICE = "take-note"
DISSOLUTION = "dissolve-working-group"
REVOCATION = "revoke-resolution"

KINDS = (GROUP, COMMISSION, REVIEW, LETTER, CONCEPT, NOTICE, DISSOLUTION, REVOCATION)
"""In the order in which they are offered."""

WITHOUT_OWNER = frozenset(str(kind.__struct_config__.tag) for kind in NOTHING_TO_DO)
IN_FORCE = frozenset({Standing.OPEN, Standing.OVERDUE, Standing.FULFILLED, Standing.SETTLED})
ALL = 200

LISTS: Mapping[str, Sequence[str]] = {GROUP: ("members", "guests"), REVIEW: ("fields",)}
TEXTS: Mapping[str, Sequence[str]] = {
    GROUP: ("title", "purpose"),
    REVIEW: ("question",),
    LETTER: ("need",),
    CONCEPT: ("concept",),
    DISSOLUTION: ("group",),
    REVOCATION: ("resolution",),
}


def mandate_in(form: Form, kind: str) -> dict[str, object]:
    """What the API takes for a mandate of this kind, as it was typed."""
    texts = {name: form.text(name) for name in TEXTS.get(kind, ())}
    lists = {name: form.texts(name) for name in LISTS.get(kind, ())}
    return {"type": kind, **texts, **lists}


class Choices(msgspec.Struct, frozen=True, kw_only=True):
    """What a mandate of a kind can be about: pairs of id and name."""

    concepts: Sequence[tuple[str, str]] = ()
    groups: Sequence[tuple[str, str]] = ()
    resolutions: Sequence[tuple[str, str]] = ()


async def choices_for(
    request: Visit, inside: Inside, kind: str, body: str, before: datetime
) -> Choices:
    """For a resolution of this body at this moment."""
    match kind:
        case "adopt-concept":
            return Choices(concepts=await _concepts(request, inside))
        case "dissolve-working-group":
            groups = inside.items(
                request, "/working-groups", GroupSummary, stage="working", body=body, limit=ALL
            )
            return Choices(groups=[(str(one.id), one.title) async for one in groups])
        case "revoke-resolution":
            earlier = inside.items(request, "/resolutions", ResolutionSummary, body=body, limit=ALL)
            return Choices(
                resolutions=[
                    (str(one.id), one.title)
                    async for one in earlier
                    if one.decided_at <= before and one.standing in IN_FORCE
                ]
            )
        case _:
            return Choices()


async def _concepts(request: Visit, inside: Inside) -> list[tuple[str, str]]:
    """Those that are agreed and wait for their adoption, then the others."""
    listed = inside.items(request, "/concepts", ConceptSummary, limit=ALL)
    found = [one async for one in listed]
    found.sort(key=lambda one: one.stage != "agreed")
    return [(str(one.id), f"{one.municipality_name} {one.edition}") for one in found]
