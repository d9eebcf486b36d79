"""What the process of a working group waits for."""

from collections.abc import Sequence
from uuid import UUID

from domain.working_groups.events import (
    AgreementDropped,
    AgreementExtended,
    AgreementFulfilled,
    AgreementMade,
    AgreementReopened,
    MeetingsPlanned,
    WorkingGroupDissolved,
    WorkingGroupEstablished,
)
from services.eventstore.record import LogEntry
from services.relay.process import Process
from workflows.working_group_cycle import GroupStart, workflow_id

GROUP_TOPICS = tuple(
    event.TOPIC
    for event in (
        WorkingGroupEstablished,
        MeetingsPlanned,
        AgreementMade,
        AgreementExtended,
        AgreementFulfilled,
        AgreementReopened,
        AgreementDropped,
        WorkingGroupDissolved,
    )
)
"""Only what changes the course of time. How many meetings there are is asked when it matters."""


def _start(group: UUID) -> GroupStart:
    return GroupStart(group=group)


def _has_ended(entries: Sequence[LogEntry]) -> bool:
    return any(entry.topic == WorkingGroupDissolved.TOPIC for entry in entries)


WORKING_GROUPS = Process("WorkingGroupCycle", GROUP_TOPICS, workflow_id, _start, _has_ended)
