"""What is found in evidence meetings is recorded, corrected, and withdrawn."""

from collections.abc import Sequence

from domain.steering.need_review import EvidenceMeeting, Examined
from domain.steering.need_review_commands import (
    CorrectEvidence,
    RecordEvidence,
    WithdrawEvidence,
)
from domain.steering.need_review_context import NeedReviewContext
from domain.steering.need_review_errors import (
    EvidenceAlreadyRecorded,
    EvidenceIsUsed,
    EvidenceMeetingNotNext,
    EvidenceWithdrawn,
    FieldMissing,
    MeetingInTheFuture,
    NobodyAttended,
    NotAFieldOfMeeting,
    ReviewReasonMissing,
    ReviewTextMissing,
    UnknownEvidenceMeeting,
)
from domain.steering.need_review_events import (
    EvidenceMeetingCorrected,
    EvidenceMeetingHeld,
    EvidenceMeetingWithdrawn,
    NeedReviewEvent,
)
from domain.steering.need_review_proposal import Dropped, Written


def record_evidence(
    command: RecordEvidence, examined: Examined, context: NeedReviewContext
) -> Sequence[NeedReviewEvent]:
    meeting = _meeting(command, context)
    before = examined.meetings.get(command.meeting)
    if before == meeting:
        return []
    if before is not None:
        raise EvidenceAlreadyRecorded(command.meeting)
    following = len(examined.meetings) + 1
    if command.meeting != following:
        raise EvidenceMeetingNotNext(command.meeting, following)
    return [
        EvidenceMeetingHeld(
            review=examined.review,
            meeting=command.meeting,
            held_on=meeting.held_on,
            fields=meeting.fields,
            attended=meeting.attended,
            evidence=meeting.evidence,
            summary=meeting.summary,
        )
    ]


def correct_evidence(
    command: CorrectEvidence, examined: Examined, context: NeedReviewContext
) -> Sequence[NeedReviewEvent]:
    if not command.reason.strip():
        raise ReviewReasonMissing
    meeting = _meeting(command, context)
    before = _recorded(command.meeting, examined)
    if before.withdrawn:
        raise EvidenceWithdrawn(command.meeting)
    if before == meeting:
        return []
    return [
        EvidenceMeetingCorrected(
            review=examined.review,
            meeting=command.meeting,
            held_on=meeting.held_on,
            fields=meeting.fields,
            attended=meeting.attended,
            evidence=meeting.evidence,
            summary=meeting.summary,
            reason=command.reason,
        )
    ]


def withdraw_evidence(command: WithdrawEvidence, examined: Examined) -> Sequence[NeedReviewEvent]:
    """Unless it is the only one on which what is before the body rests."""
    if not command.reason.strip():
        raise ReviewReasonMissing
    if _recorded(command.meeting, examined).withdrawn:
        return []
    went_on = (p for p in examined.proposals.values() if not isinstance(p, Written | Dropped))
    if examined.meetings_held == 1 and any(went_on):
        raise EvidenceIsUsed(command.meeting)
    return [
        EvidenceMeetingWithdrawn(
            review=examined.review, meeting=command.meeting, reason=command.reason
        )
    ]


def _recorded(number: int, examined: Examined) -> EvidenceMeeting:
    meeting = examined.meetings.get(number)
    if meeting is None:
        raise UnknownEvidenceMeeting(number)
    return meeting


def _meeting(
    command: RecordEvidence | CorrectEvidence, context: NeedReviewContext
) -> EvidenceMeeting:
    """As it is recorded, if it says what is needed."""
    if command.held_on > context.today:
        raise MeetingInTheFuture(command.held_on.isoformat())
    if not command.fields:
        raise FieldMissing
    if not command.attended:
        raise NobodyAttended
    for one in command.evidence:
        if one.field not in command.fields:
            raise NotAFieldOfMeeting(one.field)
        if not one.text.strip():
            raise ReviewTextMissing
    return EvidenceMeeting(
        held_on=command.held_on,
        fields=command.fields,
        attended=tuple(sorted(set(command.attended))),
        evidence=command.evidence,
        summary=command.summary,
    )
