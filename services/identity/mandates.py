"""Who may do what about resolutions, need reviews and working groups: their part of the table."""

from collections.abc import Mapping

from domain.kernel import Command, Role
from domain.steering.need_review_commands import (
    AbandonNeedReview,
    CloseNeedReview,
    CorrectEvidence,
    DropProposal,
    NoteRejection,
    NoteResolution,
    OpenNeedReview,
    OpenReviewByResolution,
    PutProposalForward,
    RecordEvidence,
    TakeProposalBack,
    WithdrawEvidence,
    WriteProposal,
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
    RevokeResolution,
    ShowProgress,
)
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
from services.identity.relations import (
    COORDINATOR,
    PROCESS,
    May,
    for_own_agreement,
    for_own_mandate,
    leading_the_group,
)

OWNER = May(Role.ORGANISATION_MEMBER, for_own_mandate)
STAFF = (Role.ORGANISATION_MEMBER, Role.COLLEGE)
LEAD = tuple(May(role, leading_the_group) for role in STAFF)
IN_AGREEMENT = tuple(May(role, for_own_agreement) for role in STAFF)

RESOLUTIONS: Mapping[type[Command], tuple[May, ...]] = {
    PassResolution: (COORDINATOR,),
    RemindOfMandate: (COORDINATOR, PROCESS),
    ReportProgress: (COORDINATOR, OWNER),
    RecordLetter: (COORDINATOR,),
    DeclareMandateOverdue: (PROCESS,),
    ExtendMandate: (COORDINATOR,),
    HandOverMandate: (COORDINATOR,),
    FulfilMandate: (COORDINATOR, PROCESS),
    ReopenMandate: (COORDINATOR,),
    ShowProgress: (COORDINATOR, PROCESS),
    RevokeResolution: (COORDINATOR, PROCESS),
    AnnulResolution: (COORDINATOR,),
    OpenNeedReview: (COORDINATOR,),
    OpenReviewByResolution: (COORDINATOR, PROCESS),
    RecordEvidence: (COORDINATOR,),
    CorrectEvidence: (COORDINATOR,),
    WithdrawEvidence: (COORDINATOR,),
    WriteProposal: (COORDINATOR,),
    PutProposalForward: (COORDINATOR,),
    TakeProposalBack: (COORDINATOR,),
    DropProposal: (COORDINATOR,),
    NoteResolution: (COORDINATOR, PROCESS),
    NoteRejection: (COORDINATOR, PROCESS),
    CloseNeedReview: (COORDINATOR,),
    AbandonNeedReview: (COORDINATOR,),
}
"""A process does what follows from a resolution without anybody's judgement, and reminds."""

WORKING_GROUPS: Mapping[type[Command], tuple[May, ...]] = {
    EstablishGroup: (COORDINATOR, PROCESS),
    JoinGroup: (COORDINATOR,),
    LeaveGroup: (COORDINATOR,),
    HandOverLead: (COORDINATOR,),
    PlanMeetings: (COORDINATOR,),
    RemindToCall: (PROCESS,),
    CallMeeting: (COORDINATOR, *LEAD),
    MoveMeeting: (COORDINATOR, *LEAD),
    CancelMeeting: (COORDINATOR, *LEAD),
    RecordMeeting: (COORDINATOR, *LEAD),
    CorrectMeeting: (COORDINATOR, *LEAD),
    WithdrawMeeting: (COORDINATOR, *LEAD),
    MakeAgreement: (COORDINATOR, *LEAD),
    RemindOfAgreement: (COORDINATOR, *LEAD, PROCESS),
    DeclareAgreementOverdue: (PROCESS,),
    ExtendAgreement: (COORDINATOR, *LEAD),
    FulfilAgreement: (COORDINATOR, *LEAD, *IN_AGREEMENT),
    ReopenAgreement: (COORDINATOR, *LEAD),
    DropAgreement: (COORDINATOR, *LEAD),
    LinkConsequence: (COORDINATOR, *LEAD),
    UnlinkConsequence: (COORDINATOR, *LEAD),
    ReportBack: (COORDINATOR, *LEAD),
    DissolveGroup: (COORDINATOR, PROCESS),
    PublishGroup: (COORDINATOR,),
    WithdrawGroupPublication: (COORDINATOR,),
}
"""The lead runs the meetings and agreements; who is in a group is for the coordination.

Vocational colleges are in groups and take agreements on; their people have a role of their own.
"""
