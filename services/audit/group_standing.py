"""How a working group stood at a moment, for whoever follows it through the record."""

from collections.abc import Mapping, Sequence
from typing import Any

from domain.working_groups.agreement import Fulfilled, Open
from domain.working_groups.decide import WORKING_GROUP
from domain.working_groups.events import Part
from domain.working_groups.group import Dissolved, Unknown, stage_of
from domain.working_groups.meeting import Held


def group_standing(events: Sequence[Any], _: object) -> tuple[str, Mapping[str, object]]:
    """Its stage, and what is known of it: who is in it now, what was held and agreed."""
    group = WORKING_GROUP.replay(events)
    if isinstance(group, Unknown):
        return "unknown", {}
    record = group.record
    present = [one for one in record.memberships if one.until is None]
    kept = list(record.agreements.values())
    return stage_of(group), {
        "lead": record.lead,
        "members": [one.organisation for one in present if one.part is Part.MEMBER],
        "guests": [one.organisation for one in present if one.part is Part.GUEST],
        "since": record.since,
        "last_day": group.until if isinstance(group, Dissolved) else None,
        "meetings_held": sum(isinstance(one, Held) for one in record.meetings.values()) or None,
        "agreements_open": sum(isinstance(one, Open) for one in kept) or None,
        "agreements_fulfilled": sum(isinstance(one, Fulfilled) for one in kept) or None,
    }
