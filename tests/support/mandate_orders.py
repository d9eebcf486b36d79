"""One example of every command about resolutions, their mandates, and need reviews."""

from datetime import date

from domain.kernel import Command, stream_id
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
    RecordLetter,
    RemindOfMandate,
    ReopenMandate,
    ReportProgress,
    RevokeResolution,
    ShowProgress,
)
from tests.domain.county import CARITAS, CHAMBER, JOBCENTER
from tests.domain.steering.need_review_example import (
    ALTERNATIVES,
    EVIDENCE,
    LANGUAGE,
    QUESTION,
    REVIEW_ID,
    WORK,
)
from tests.domain.steering.resolution_example import (
    GROUP_MANDATE,
    ITEM,
    LATER,
    NEXT_SESSION,
    RESOLUTION_ID,
    SESSION,
    to_pass,
)

HELD_ON = date(2026, 1, 20)


def mandate_examples() -> list[Command]:
    """One of each, about the resolution of `tests.domain.steering.resolution_example`."""
    return [
        to_pass(GROUP_MANDATE),
        RemindOfMandate(resolution=RESOLUTION_ID),
        ReportProgress(resolution=RESOLUTION_ID, report=1, text="Die Mitglieder sind gefragt."),
        RecordLetter(
            resolution=RESOLUTION_ID,
            addressee="Ministerium",
            subject_line="Berufssprachkurse",
            text="Im ganzen Land fehlen Kurse.",
            sent_on=date(2026, 2, 27),
        ),
        DeclareMandateOverdue(resolution=RESOLUTION_ID),
        ExtendMandate(resolution=RESOLUTION_ID, due=LATER, reason="Ferien"),
        HandOverMandate(resolution=RESOLUTION_ID, owner=CARITAS, reason="Zuständigkeit"),
        FulfilMandate(resolution=RESOLUTION_ID),
        ReopenMandate(resolution=RESOLUTION_ID, due=LATER, reason="Irrtum"),
        ShowProgress(resolution=RESOLUTION_ID, session=NEXT_SESSION),
        RevokeResolution(resolution=RESOLUTION_ID, revoking=stream_id("resolution", "later")),
        AnnulResolution(resolution=RESOLUTION_ID, reason="Die Abstimmung war ungültig"),
        *_need_review_examples(),
    ]


def _need_review_examples() -> list[Command]:
    return [
        OpenNeedReview(
            school_year="2025/26", key="arbeitsgruppe", question=QUESTION, fields=(WORK,)
        ),
        OpenReviewByResolution(resolution=RESOLUTION_ID),
        RecordEvidence(
            review=REVIEW_ID,
            meeting=1,
            held_on=HELD_ON,
            fields=(WORK, LANGUAGE),
            attended=(CHAMBER, JOBCENTER),
            evidence=EVIDENCE,
        ),
        CorrectEvidence(
            review=REVIEW_ID,
            meeting=1,
            held_on=HELD_ON,
            fields=(WORK, LANGUAGE),
            attended=(CHAMBER,),
            evidence=EVIDENCE,
            summary="",
            reason="Das Jobcenter fehlte",
        ),
        WithdrawEvidence(review=REVIEW_ID, meeting=1, reason="Irrtum"),
        WriteProposal(
            review=REVIEW_ID,
            proposal=1,
            title="Arbeitsgruppe",
            reasons="Auszubildende scheitern an der Theorie.",
            alternatives=ALTERNATIVES,
            based_on=0,
        ),
        PutProposalForward(review=REVIEW_ID, proposal=1, session=SESSION, item=ITEM),
        TakeProposalBack(review=REVIEW_ID, proposal=1, reason="noch nicht reif"),
        DropProposal(review=REVIEW_ID, proposal=1, reason="überholt"),
        NoteResolution(review=REVIEW_ID, proposal=1, resolution=RESOLUTION_ID),
        NoteRejection(review=REVIEW_ID, proposal=1),
        CloseNeedReview(review=REVIEW_ID),
        AbandonNeedReview(review=REVIEW_ID, reason="Die Frage hat sich erledigt"),
    ]
