"""A need review from its question to what the steering group resolved."""

from datetime import date

from domain.kernel import stream_id
from domain.steering.agenda import Alternative
from domain.steering.mandate import ReviewMandate
from domain.steering.need_review import NeedReview
from domain.steering.need_review_commands import review_id, review_of
from domain.steering.need_review_context import NeedReviewContext
from domain.steering.need_review_decide import NEED_REVIEW
from domain.steering.need_review_events import (
    Evidence,
    EvidenceKind,
    EvidenceMeetingHeld,
    NeedReviewEvent,
    NeedReviewOpened,
    ProposalPutForward,
    ProposalResolved,
    ProposalWritten,
)
from tests.domain.county import ADA, CHAMBER, JOBCENTER, MONDAY, NRW
from tests.domain.steering.resolution_example import (
    EARLIER_SESSION,
    ITEM,
    RESOLUTION_ID,
    SESSION,
)
from tests.support.scenario import Scenario

review = Scenario(NEED_REVIEW, NeedReviewContext(by=ADA, at=MONDAY, calendar=NRW))

REVIEW_ID = review_id("2025/26", "arbeitsgruppe")
QUESTION = "Braucht es eine kreisweite Arbeitsgruppe?"
WORK, LANGUAGE = "work", "language"

OPENED = NeedReviewOpened(
    review=REVIEW_ID,
    question=QUESTION,
    fields=(WORK, LANGUAGE),
    school_year="2025/26",
    key="arbeitsgruppe",
)
MANDATING = stream_id("resolution", f"{EARLIER_SESSION}/1")
MANDATE = ReviewMandate(question=QUESTION, fields=(WORK, LANGUAGE))
MANDATED = NeedReviewOpened(
    review=review_of(MANDATING),
    question=QUESTION,
    fields=(WORK, LANGUAGE),
    resolution=MANDATING,
)

EVIDENCE = (
    Evidence(kind=EvidenceKind.GAP, field=LANGUAGE, text="Kurse fehlen."),
    Evidence(kind=EvidenceKind.NEED, field=WORK, text="Auszubildende scheitern an der Theorie."),
)


def found(meeting: int = 1) -> EvidenceMeetingHeld:
    return EvidenceMeetingHeld(
        review=REVIEW_ID,
        meeting=meeting,
        held_on=date(2026, 1, 20),
        fields=(WORK, LANGUAGE),
        attended=(CHAMBER, JOBCENTER),
        evidence=EVIDENCE,
    )


ALTERNATIVES = (
    Alternative(key="group", text="Eine Arbeitsgruppe wird eingerichtet."),
    Alternative(key="talks", text="Die Träger sprechen miteinander."),
)


def written(proposal: int = 1, version: int = 1) -> ProposalWritten:
    return ProposalWritten(
        review=REVIEW_ID,
        proposal=proposal,
        version=version,
        title="Fachsprache",
        reasons="Die Zahlen steigen.",
        alternatives=ALTERNATIVES,
    )


def put_forward(proposal: int = 1) -> ProposalPutForward:
    return ProposalPutForward(
        review=REVIEW_ID, proposal=proposal, version=1, session=SESSION, item=ITEM
    )


def resolved(proposal: int = 1, *, establishes_group: bool = True) -> ProposalResolved:
    return ProposalResolved(
        review=REVIEW_ID,
        proposal=proposal,
        resolution=RESOLUTION_ID,
        establishes_group=establishes_group,
    )


BEFORE_THE_BODY: tuple[NeedReviewEvent, ...] = (OPENED, found(), written(), put_forward())


def after(*events: NeedReviewEvent) -> NeedReview:
    """The review after these events."""
    return NEED_REVIEW.replay(events)
