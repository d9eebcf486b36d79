"""Examples of resolutions, their mandates, and need reviews."""

from datetime import UTC, date, datetime
from uuid import UUID

from domain.steering.agenda import Alternative
from domain.steering.body_rules import Tally
from domain.steering.mandate import GroupMandate
from domain.steering.need_review_events import Evidence, EvidenceKind, NeedOutcome
from domain.steering.resolution_events import Standing
from domain.steering.vote import Manner
from services.api.examples.shared import PERSON
from services.api.follow_up_views import FollowUpItem
from services.api.need_review_bodies import (
    AlternativeDraft,
    EvidenceCorrection,
    EvidenceMeetingDraft,
    FoundDraft,
    PuttingForward,
    ReviewClosing,
    ReviewOpening,
    ReviewProposal,
    TakenUp,
)
from services.api.need_review_views import (
    EvidenceMeetingView,
    NeedReviewSummary,
    NeedReviewView,
    ReviewProposalView,
)
from services.api.resolution_bodies import (
    DueAnew,
    GroupMandateDraft,
    MandateFulfilment,
    MandateOwner,
    MandateProgress,
    ProgressShowing,
    ResolutionPassing,
    ResolutionRevocation,
    SentLetter,
)
from services.api.resolution_views import (
    LetterView,
    ProgressView,
    ResolutionStep,
    ResolutionSummary,
    ResolutionView,
    StandingShown,
)

RESOLUTION = UUID("0d5d6b7e-6a52-5a3c-9d0e-3b6c1f7a2e11")
LATER = UUID("0d5d6b7e-6a52-5a3c-9d0e-3b6c1f7a2e12")
SESSION = UUID("1e7c2f6a-9b1d-5c4e-8f3a-5d2b7c9e4f21")
NEXT_SESSION = UUID("1e7c2f6a-9b1d-5c4e-8f3a-5d2b7c9e4f22")
ITEM = UUID("2f8d3a7b-0c2e-5d5f-9a4b-6e3c8d0f5a31")
THEME = UUID("3a9e4b8c-1d3f-5e6a-8b5c-7f4d9e1a6b41")
GROUP = UUID("5cbf6d0e-3f5b-5a8c-8d7e-9b6f1a3c8d61")
REVIEW = UUID("4bae5c9d-2e4a-5f7b-9c6d-8a5e0f2b7c51")
BODY, OWNER = "lenkungsgruppe", "kim-koordinierung"
TITLE = "Fachsprachliche Förderung"
TEXT = "Eine Arbeitsgruppe Fachsprachliche Förderung wird eingerichtet."
REFERENCE = "Lenkungsgruppe KIM, 26.02.2026, Beschluss 3"
PURPOSE = "Auszubildende bestehen den theoretischen Teil ihrer Prüfung."
MEMBERS, GUESTS = ("ihk", "handwerkskammer"), ("jobcenter",)
DECIDED = datetime(2026, 2, 26, 15, 30, tzinfo=UTC)
DUE = datetime(2026, 6, 30, 16, tzinfo=UTC)
REMINDER = datetime(2026, 6, 16, 7, tzinfo=UTC)
REPORTED = datetime(2026, 3, 20, 9, tzinfo=UTC)
QUESTION = "Braucht es eine kreisweite Arbeitsgruppe zur Fachsprache?"
FIELDS = ("work", "language")
FOUND = "Auszubildende scheitern an der Theorie."
SUMMARY = "Kammern und Berufskollegs berichten dasselbe."
REASONS = "Der Bedarf ist in allen Feldern belegt."

REPORT = ProgressView(
    number=1,
    text="Alle Mitglieder haben zugesagt.",
    account=str(PERSON),
    organisation=OWNER,
    reported_at=REPORTED,
    position=132,
)
LETTER = LetterView(
    number=1,
    addressee="Ministerium für Kinder, Jugend, Familie, Gleichstellung, Flucht und Integration",
    subject_line="Berufssprachkurse",
    text="Im ganzen Land fehlen Berufssprachkurse für Auszubildende.",
    sent_on=date(2026, 3, 2),
    reference="Az. 50-7",
    position=130,
)

EXAMPLES = (
    ResolutionPassing(
        session=SESSION,
        number=1,
        mandate=GroupMandateDraft(title=TITLE, purpose=PURPOSE, members=MEMBERS, guests=GUESTS),
        owner=OWNER,
        due=date(2026, 6, 30),
        reference=REFERENCE,
    ),
    MandateProgress(report=1, text=REPORT.text),
    SentLetter(
        addressee=LETTER.addressee,
        subject_line=LETTER.subject_line,
        text=LETTER.text,
        sent_on=LETTER.sent_on,
        reference=LETTER.reference,
    ),
    DueAnew(due=date(2026, 9, 30), reason="In der Frist lagen Ferien."),
    MandateOwner(owner="ihk", reason="Die Kammer hat die Leitung übernommen."),
    MandateFulfilment(outcome="Die Arbeitsgruppe hat sich getroffen."),
    ProgressShowing(session=NEXT_SESSION),
    ResolutionRevocation(revoking=LATER),
    ResolutionSummary(
        id=RESOLUTION,
        body=BODY,
        session=SESSION,
        number=1,
        title=TITLE,
        reference=REFERENCE,
        decided_at=DECIDED,
        kind="establish-working-group",
        owner=OWNER,
        due=DUE,
        standing=Standing.OPEN,
        result=None,
        version=2,
        position=132,
        changed_at=REPORTED,
    ),
    ResolutionView(
        id=RESOLUTION,
        body=BODY,
        session=SESSION,
        number=1,
        item=ITEM,
        alternative="gruppe",
        themes=[THEME],
        title=TITLE,
        text=TEXT,
        reference=REFERENCE,
        decided_at=DECIDED,
        manner=Manner.COUNTED,
        edition=2,
        tally=Tally(yes=11, no=1, abstain=2),
        kind="establish-working-group",
        mandate=GroupMandate(title=TITLE, purpose=PURPOSE, members=MEMBERS, guests=GUESTS),
        resolved_owner=OWNER,
        resolved_due=DUE,
        stage="open",
        standing=Standing.OPEN,
        owner=OWNER,
        due=DUE,
        reminders=[REMINDER],
        reports=[REPORT],
        letters=[],
        shown=[
            StandingShown(session=NEXT_SESSION, standing=Standing.OPEN, reports=1, position=140),
        ],
        outcome="",
        leads_to=GROUP,
        result=None,
        revoking=None,
        annulled_because="",
        steps=[
            ResolutionStep(topic="resolution.passed", occurred_at=DECIDED, position=128),
            ResolutionStep(
                topic="resolution.progress-reported", occurred_at=REPORTED, position=132
            ),
        ],
        version=2,
        position=132,
        changed_at=REPORTED,
    ),
    FollowUpItem(
        resolution=RESOLUTION,
        title=TITLE,
        reference=REFERENCE,
        decided_at=DECIDED,
        kind="establish-working-group",
        owner=OWNER,
        standing=Standing.OPEN,
        due=DUE,
        reports=[REPORT],
        letters=[],
        outcome="",
        result=None,
        revoking=None,
        shown_as=None,
        version=2,
        position=132,
    ),
    ReviewOpening(school_year="2025/26", key="fachsprache", question=QUESTION, fields=FIELDS),
    EvidenceMeetingDraft(
        meeting=1,
        held_on=date(2026, 1, 20),
        fields=FIELDS,
        attended=MEMBERS,
        evidence=(FoundDraft(kind=EvidenceKind.NEED, field="work", text=FOUND),),
        summary=SUMMARY,
    ),
    EvidenceCorrection(
        held_on=date(2026, 1, 20),
        fields=FIELDS,
        attended=MEMBERS[:1],
        evidence=(FoundDraft(kind=EvidenceKind.NEED, field="work", text=FOUND),),
        summary=SUMMARY,
        reason="Die Handwerkskammer war entschuldigt.",
    ),
    ReviewProposal(
        title=TITLE,
        reasons=REASONS,
        alternatives=(
            AlternativeDraft(key="gruppe", text=TEXT),
            AlternativeDraft(key="gespraeche", text="Die Träger sprechen miteinander."),
        ),
    ),
    PuttingForward(session=SESSION, item=ITEM),
    TakenUp(resolution=RESOLUTION),
    ReviewClosing(summary=SUMMARY),
    NeedReviewSummary(
        id=REVIEW,
        question=QUESTION,
        fields=list(FIELDS),
        resolution=None,
        school_year="2025/26",
        key="fachsprache",
        stage="closed",
        outcome=NeedOutcome.GROUP_NEEDED,
        meetings=1,
        opened_at=REPORTED,
        version=6,
        position=138,
        changed_at=REPORTED,
    ),
    NeedReviewView(
        id=REVIEW,
        question=QUESTION,
        fields=list(FIELDS),
        resolution=None,
        school_year="2025/26",
        key="fachsprache",
        stage="closed",
        meetings=[
            EvidenceMeetingView(
                number=1,
                held_on=date(2026, 1, 20),
                fields=list(FIELDS),
                attended=list(MEMBERS),
                evidence=[Evidence(kind=EvidenceKind.NEED, field="work", text=FOUND)],
                summary=SUMMARY,
                withdrawn="",
                position=134,
            )
        ],
        proposals=[
            ReviewProposalView(
                number=1,
                stage="resolved",
                version=1,
                title=TITLE,
                reasons=REASONS,
                alternatives=[Alternative(key="gruppe", text=TEXT)],
                session=None,
                item=None,
                resolution=RESOLUTION,
                establishes_group=True,
                dropped_because="",
                position=137,
            )
        ],
        outcome=NeedOutcome.GROUP_NEEDED,
        resolutions=[RESOLUTION],
        summary=SUMMARY,
        abandoned_because="",
        version=6,
        position=138,
        changed_at=REPORTED,
    ),
)
