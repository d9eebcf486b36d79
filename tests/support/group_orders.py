"""One example of every command about working groups."""

from domain.kernel import Command, stream_id
from domain.working_groups.commands import (
    CallMeeting,
    CancelMeeting,
    CorrectMeeting,
    DeclareAgreementOverdue,
    DissolveGroup,
    DropAgreement,
    EstablishGroup,
    ExtendAgreement,
    FulfilAgreement,
    HandOverLead,
    JoinGroup,
    LeaveGroup,
    LinkConsequence,
    MakeAgreement,
    MoveMeeting,
    PlanMeetings,
    PublishGroup,
    RecordMeeting,
    RemindOfAgreement,
    RemindToCall,
    ReopenAgreement,
    ReportBack,
    UnlinkConsequence,
    WithdrawGroupPublication,
    WithdrawMeeting,
)
from domain.working_groups.events import ConsequenceKind, Part
from tests.domain.county import CARITAS, CHAMBER, JOBCENTER, MONDAY, berlin
from tests.domain.working_groups.example import (
    ASSESSMENT,
    DISSOLVING,
    DUE,
    GROUP_ID,
    IN_APRIL,
    LAST_FRIDAY,
    NEXT_SESSION,
    RESOLUTION_ID,
)

ROUND = stream_id("round", "2026/27/eingang")
IN_MAY = berlin(2026, 5, 6, 14)


def group_examples() -> list[Command]:
    """One of each, about the group of `tests.domain.working_groups.example`."""
    return [
        EstablishGroup(resolution=RESOLUTION_ID),
        JoinGroup(group=GROUP_ID, organisation=JOBCENTER, part=Part.GUEST, since=MONDAY.date()),
        LeaveGroup(group=GROUP_ID, organisation=CARITAS, until=MONDAY.date(), reason="Wechsel"),
        HandOverLead(group=GROUP_ID, lead=CHAMBER, reason="Wechsel"),
        PlanMeetings(group=GROUP_ID, school_year="2025/26", meetings=3),
        RemindToCall(group=GROUP_ID, school_year="2025/26", moment=MONDAY),
        CallMeeting(group=GROUP_ID, meeting=1, starts_at=IN_APRIL),
        MoveMeeting(group=GROUP_ID, meeting=1, starts_at=IN_MAY, reason="Ferien"),
        CancelMeeting(group=GROUP_ID, meeting=1, reason="Krankheit"),
        RecordMeeting(group=GROUP_ID, meeting=1, held_at=LAST_FRIDAY, attended=(CHAMBER,)),
        CorrectMeeting(
            group=GROUP_ID,
            meeting=1,
            held_at=LAST_FRIDAY,
            attended=(CHAMBER, CARITAS),
            summary="",
            reason="Die Caritas war auch da",
        ),
        WithdrawMeeting(group=GROUP_ID, meeting=1, reason="Irrtum"),
        MakeAgreement(
            group=GROUP_ID, agreement=1, meeting=1, text=ASSESSMENT, owner=CHAMBER, due=DUE
        ),
        RemindOfAgreement(group=GROUP_ID, agreement=1),
        DeclareAgreementOverdue(group=GROUP_ID, agreement=1),
        ExtendAgreement(group=GROUP_ID, agreement=1, due=DUE, reason="Ferien"),
        FulfilAgreement(group=GROUP_ID, agreement=1, outcome="Die Erhebung hat begonnen."),
        ReopenAgreement(group=GROUP_ID, agreement=1, due=DUE, reason="Irrtum"),
        DropAgreement(group=GROUP_ID, agreement=1, meeting=1, reason="überholt"),
        LinkConsequence(
            group=GROUP_ID,
            agreement=1,
            kind=ConsequenceKind.ASSESSMENT_ROUND,
            consequence=ROUND,
        ),
        UnlinkConsequence(group=GROUP_ID, agreement=1, consequence=ROUND, reason="Irrtum"),
        ReportBack(group=GROUP_ID, report=1, session=NEXT_SESSION, text="Drei Treffen bisher."),
        DissolveGroup(group=GROUP_ID, resolution=DISSOLVING),
        PublishGroup(group=GROUP_ID),
        WithdrawGroupPublication(group=GROUP_ID, reason="Irrtum"),
    ]
