"""What everybody may know of a group: decided on purpose, and taken back at any time."""

from collections.abc import Sequence

from domain.working_groups.commands import PublishGroup, WithdrawGroupPublication
from domain.working_groups.errors import ReasonMissing
from domain.working_groups.events import WorkingGroupEvent
from domain.working_groups.events_publication import GroupPublicationWithdrawn, GroupPublished
from domain.working_groups.group import Record


def decide_publication(
    command: PublishGroup | WithdrawGroupPublication, record: Record
) -> Sequence[WorkingGroupEvent]:
    """Of a group that was dissolved, too: what is public stays so until it is withdrawn."""
    if isinstance(command, PublishGroup):
        return [] if record.is_public else [GroupPublished(group=record.group)]
    if not command.reason.strip():
        raise ReasonMissing
    if not record.is_public:
        return []
    return [GroupPublicationWithdrawn(group=record.group, reason=command.reason)]
