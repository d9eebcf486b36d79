"""One example of every event of resolutions and need reviews, as it was first stored.

`tests/golden/examples.py` says what holds for all of them.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from uuid import UUID

from domain.kernel import Event
from domain.steering.agenda import Alternative
from domain.steering.body_rules import Tally
from domain.steering.mandate import GroupMandate
from domain.steering.need_review_events import (
    Evidence,
    EvidenceKind,
    EvidenceMeetingCorrected,
    EvidenceMeetingHeld,
    EvidenceMeetingWithdrawn,
    NeedOutcome,
    NeedReviewAbandoned,
    NeedReviewClosed,
    NeedReviewOpened,
    ProposalDropped,
    ProposalPutForward,
    ProposalResolved,
    ProposalTakenBack,
    ProposalTurnedDown,
    ProposalWritten,
)
from domain.steering.resolution_events import (
    LetterSent,
    MandateExtended,
    MandateFellOverdue,
    MandateFulfilled,
    MandateHandedOver,
    MandateReminded,
    MandateReopened,
    ProgressReported,
    ProgressShown,
    ResolutionAnnulled,
    ResolutionPassed,
    ResolutionRevoked,
    Standing,
)
from domain.steering.vote import Manner

RESOLUTION = UUID("5a1f6f0e-0000-5000-8000-000000000031")
LATER = UUID("5a1f6f0e-0000-5000-8000-000000000032")
SESSION = UUID("5a1f6f0e-0000-5000-8000-000000000033")
NEXT_SESSION = UUID("5a1f6f0e-0000-5000-8000-000000000034")
ITEM = UUID("5a1f6f0e-0000-5000-8000-000000000035")
THEME = UUID("5a1f6f0e-0000-5000-8000-000000000036")
GROUP = UUID("5a1f6f0e-0000-5000-8000-000000000037")
REVIEW = UUID("5a1f6f0e-0000-5000-8000-000000000038")

DECIDED_AT = datetime(2026, 2, 26, 15, 30, tzinfo=UTC)
DUE = datetime(2026, 6, 30, 16, tzinfo=UTC)
LATER_DUE = datetime(2026, 9, 30, 16, tzinfo=UTC)
REMINDER = datetime(2026, 6, 16, 7, tzinfo=UTC)
LATER_REMINDER = datetime(2026, 9, 16, 7, tzinfo=UTC)
EVIDENCE = (
    Evidence(kind=EvidenceKind.GAP, field="language", text="Kurse fehlen."),
    Evidence(kind=EvidenceKind.OFFER, field="work", text="Es gibt Ausbildungslotsen."),
)

EVENTS: Mapping[str, Event] = {
    "resolution.passed.v1": ResolutionPassed(
        resolution=RESOLUTION,
        body="lenkungsgruppe",
        session=SESSION,
        number=1,
        item=ITEM,
        alternative="gruppe",
        themes=(THEME,),
        title="Fachsprache in der Ausbildung",
        text="Eine Arbeitsgruppe wird eingerichtet.",
        decided_at=DECIDED_AT,
        manner=Manner.ROLL_CALL,
        edition=2,
        tally=Tally(yes=11, no=1, abstain=2),
        mandate=GroupMandate(
            title="Fachsprachliche Förderung",
            purpose="Auszubildende bestehen den theoretischen Teil.",
            members=("ihk", "hwk"),
            guests=("jobcenter",),
        ),
        owner="kreis",
        due=DUE,
        reminders=(REMINDER,),
        reference="Beschluss 3/2026",
    ),
    "resolution.mandate-reminded.v1": MandateReminded(
        resolution=RESOLUTION, owner="kreis", moment=REMINDER
    ),
    "resolution.progress-reported.v1": ProgressReported(
        resolution=RESOLUTION, report=1, text="Alle Mitglieder haben zugesagt."
    ),
    "resolution.letter-sent.v1": LetterSent(
        resolution=RESOLUTION,
        addressee="Ministerium",
        subject_line="Berufssprachkurse",
        text="Im ganzen Land fehlen Kurse.",
        sent_on=date(2026, 3, 2),
        reference="Az. 7",
    ),
    "resolution.mandate-fell-overdue.v1": MandateFellOverdue(
        resolution=RESOLUTION, owner="kreis", due=DUE
    ),
    "resolution.mandate-extended.v1": MandateExtended(
        resolution=RESOLUTION, due=LATER_DUE, reminders=(LATER_REMINDER,), reason="Ferien."
    ),
    "resolution.mandate-handed-over.v1": MandateHandedOver(
        resolution=RESOLUTION, owner="ihk", reason="Zuständigkeit."
    ),
    "resolution.mandate-fulfilled.v1": MandateFulfilled(
        resolution=RESOLUTION, outcome="Die Gruppe arbeitet.", result=GROUP
    ),
    "resolution.mandate-reopened.v1": MandateReopened(
        resolution=RESOLUTION, due=LATER_DUE, reminders=(LATER_REMINDER,), reason="Irrtum."
    ),
    "resolution.progress-shown.v1": ProgressShown(
        resolution=RESOLUTION, session=NEXT_SESSION, standing=Standing.OVERDUE, reports=1
    ),
    "resolution.revoked.v1": ResolutionRevoked(resolution=RESOLUTION, revoking=LATER),
    "resolution.annulled.v1": ResolutionAnnulled(resolution=RESOLUTION, reason="Verzählt."),
    "need-review.opened.v1": NeedReviewOpened(
        review=REVIEW,
        question="Braucht es eine kreisweite Arbeitsgruppe?",
        fields=("work", "language"),
        resolution=RESOLUTION,
        school_year="2025/26",
        key="arbeitsgruppe",
    ),
    "need-review.evidence-meeting-held.v1": EvidenceMeetingHeld(
        review=REVIEW,
        meeting=1,
        held_on=date(2026, 3, 2),
        fields=("work", "language"),
        attended=("ihk", "jobcenter"),
        evidence=EVIDENCE,
        summary="Es fehlt an Kursen.",
    ),
    "need-review.evidence-meeting-corrected.v1": EvidenceMeetingCorrected(
        review=REVIEW,
        meeting=1,
        held_on=date(2026, 3, 2),
        fields=("work", "language"),
        attended=("ihk",),
        evidence=EVIDENCE[:1],
        summary="Es fehlt an Kursen.",
        reason="Das Jobcenter fehlte.",
    ),
    "need-review.evidence-meeting-withdrawn.v1": EvidenceMeetingWithdrawn(
        review=REVIEW, meeting=1, reason="Doppelt erfasst."
    ),
    "need-review.proposal-written.v1": ProposalWritten(
        review=REVIEW,
        proposal=1,
        version=2,
        title="Arbeitsgruppe",
        reasons="Auszubildende scheitern an der Theorie.",
        alternatives=(
            Alternative(key="gruppe", text="Eine Arbeitsgruppe wird eingerichtet."),
            Alternative(key="gespräche", text="Die Träger sprechen miteinander."),
        ),
    ),
    "need-review.proposal-put-forward.v1": ProposalPutForward(
        review=REVIEW, proposal=1, version=2, session=SESSION, item=ITEM
    ),
    "need-review.proposal-taken-back.v1": ProposalTakenBack(
        review=REVIEW, proposal=1, reason="Vertagt."
    ),
    "need-review.proposal-dropped.v1": ProposalDropped(
        review=REVIEW, proposal=1, reason="Überholt."
    ),
    "need-review.proposal-resolved.v1": ProposalResolved(
        review=REVIEW, proposal=1, resolution=RESOLUTION, establishes_group=True
    ),
    "need-review.proposal-turned-down.v1": ProposalTurnedDown(
        review=REVIEW, proposal=1, session=SESSION, item=ITEM
    ),
    "need-review.closed.v1": NeedReviewClosed(
        review=REVIEW,
        outcome=NeedOutcome.GROUP_NEEDED,
        resolutions=(RESOLUTION, LATER),
        summary="Der Bedarf ist belegt.",
    ),
    "need-review.abandoned.v1": NeedReviewAbandoned(
        review=REVIEW, reason="Die Frage hat sich erledigt."
    ),
}
