"""What every page of Revision needs to tell who did what for whom."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import msgspec

from domain.concepts.events import ConsultationOpened, Policy
from services.api.directory import OrganisationView
from services.history import HistoryEntry
from services.web.inside import Inside, Visit

SIGNED_IN = frozenset(
    {
        "console",
        "link",
        "link-code",
        "link-recovery-code",
        "oidc",
        "password",
        "password-code",
        "password-recovery-code",
        "token",
        "workflow",
    }
)
"""Ways of signing in that have a text; others are shown as they are recorded."""


async def organisations_of(request: Visit, inside: Inside) -> Mapping[str, str]:
    """The names of the organisations by key."""
    found = await inside.read(request, "/organisations", list[OrganisationView])
    return {organisation.key: organisation.name for organisation in found}


def rules_of(entries: Sequence[HistoryEntry]) -> Mapping[int, Policy | int]:
    """By position, the rule an entry was decided under, or the entry that told it already."""
    rules: dict[int, Policy | int] = {}
    told_at: dict[tuple[UUID, bytes], int] = {}
    for entry in entries:
        if entry.rule is None:
            continue
        rule = (entry.stream, msgspec.json.encode(entry.rule))
        if entry.topic == ConsultationOpened.TOPIC:
            told_at[rule] = entry.position  # its sentence says it
        elif rule in told_at:
            rules[entry.position] = told_at[rule]
        else:
            rules[entry.position] = msgspec.convert(entry.rule, Policy)
            told_at[rule] = entry.position
    return rules
