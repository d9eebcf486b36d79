"""What a resolution decides: dispatch to passing, following up and ending."""

from collections.abc import Sequence
from typing import assert_never

from domain.kernel import Aggregate, Role
from domain.steering import resolution_ending as ending
from domain.steering import resolution_following as following
from domain.steering.resolution import (
    Annulled,
    Existing,
    Resolution,
    Revoked,
    Unknown,
    evolve,
)
from domain.steering.resolution_commands import (
    AnnulResolution,
    DeclareMandateOverdue,
    ExtendMandate,
    FulfilMandate,
    HandOverMandate,
    PassResolution,
    RecordLetter,
    RemindOfMandate,
    ReopenMandate,
    ReportProgress,
    ResolutionCommand,
    RevokeResolution,
    ShowProgress,
)
from domain.steering.resolution_context import ResolutionContext
from domain.steering.resolution_errors import UnknownResolution
from domain.steering.resolution_events import ResolutionEvent
from domain.steering.resolution_passing import pass_resolution


def decide(
    command: ResolutionCommand, resolution: Resolution, context: ResolutionContext
) -> Sequence[ResolutionEvent]:
    if isinstance(command, PassResolution):
        return pass_resolution(command, resolution, context)
    if isinstance(resolution, Unknown):
        raise UnknownResolution(str(command.resolution))
    return _once_passed(command, resolution, context)


def _once_passed(  # noqa: C901, PLR0911, PLR0912 (one case for each command)
    command: ResolutionCommand, resolution: Existing, context: ResolutionContext
) -> Sequence[ResolutionEvent]:
    match command:
        case RemindOfMandate():
            return following.remind_of_mandate(command, resolution, context)
        case ReportProgress():
            return following.report_progress(command, resolution)
        case RecordLetter():
            return following.record_letter(command, resolution, context)
        case DeclareMandateOverdue():
            return following.declare_overdue(resolution, context)
        case ExtendMandate():
            return following.extend_mandate(command, resolution, context)
        case HandOverMandate():
            return following.hand_over_mandate(command, resolution, context)
        case FulfilMandate():
            if _is_over_for_process(resolution, context):
                return []
            return ending.fulfil_mandate(command, resolution, context)
        case ReopenMandate():
            return ending.reopen_mandate(command, resolution, context)
        case ShowProgress():
            return ending.show_progress(command, resolution, context)
        case RevokeResolution():
            return ending.revoke_resolution(command, resolution, context)
        case AnnulResolution():
            return ending.annul_resolution(command, resolution, context)
        case PassResolution():
            return []
        case _:
            assert_never(command)


def _is_over_for_process(resolution: Existing, context: ResolutionContext) -> bool:
    """A process that comes too late with a fulfilment has nothing to be told."""
    return context.by.role is Role.PROCESS and isinstance(resolution, Revoked | Annulled)


RESOLUTION: Aggregate[ResolutionCommand, ResolutionEvent, Resolution, ResolutionContext] = (
    Aggregate("resolution", initial=Unknown(), evolve=evolve, decide=decide)
)
"""Resolutions of a body, each from the vote that passed it."""
