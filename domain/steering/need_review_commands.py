"""What can be asked of a need review."""

from datetime import date
from typing import TypeAlias
from uuid import UUID

from domain.kernel import Command, stream_id
from domain.steering.agenda import Alternative
from domain.steering.need_review_events import Evidence


def review_id(school_year: str, key: str) -> UUID:
    """A review that the coordination opens is named by its school year (`2026/27`) and key."""
    return stream_id("need-review", f"{school_year}/{key}")


def review_of(resolution: UUID) -> UUID:
    """The one review that a resolution opens."""
    return stream_id("need-review", str(resolution))


class OpenNeedReview(Command, frozen=True, kw_only=True):
    """By the coordination."""

    school_year: str
    key: str
    question: str
    fields: tuple[str, ...]

    @property
    def subject(self) -> UUID:
        return review_id(self.school_year, self.key)


class OpenReviewByResolution(Command, frozen=True, kw_only=True):
    """Question and fields are those of the resolution."""

    resolution: UUID

    @property
    def subject(self) -> UUID:
        return review_of(self.resolution)


class AboutReview(Command, frozen=True, kw_only=True):
    """A command to a review that exists."""

    review: UUID

    @property
    def subject(self) -> UUID:
        return self.review


class RecordEvidence(AboutReview, frozen=True, kw_only=True):
    """An evidence meeting was held. `meeting` is its number, the next."""

    meeting: int
    held_on: date
    fields: tuple[str, ...]
    attended: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    summary: str = ""


class CorrectEvidence(AboutReview, frozen=True, kw_only=True):
    meeting: int
    held_on: date
    fields: tuple[str, ...]
    attended: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    summary: str
    reason: str


class WithdrawEvidence(AboutReview, frozen=True, kw_only=True):
    """The meeting was recorded by mistake."""

    meeting: int
    reason: str


class AboutProposal(AboutReview, frozen=True, kw_only=True):
    """`proposal` is its number; a new one has the next."""

    proposal: int


class WriteProposal(AboutProposal, frozen=True, kw_only=True):
    """`based_on` is the version the author had before them; 0 for none."""

    title: str
    reasons: str
    alternatives: tuple[Alternative, ...]
    based_on: int


class PutProposalForward(AboutProposal, frozen=True, kw_only=True):
    """As an item of a session."""

    session: UUID
    item: UUID


class TakeProposalBack(AboutProposal, frozen=True, kw_only=True):
    reason: str


class DropProposal(AboutProposal, frozen=True, kw_only=True):
    reason: str


class NoteResolution(AboutProposal, frozen=True, kw_only=True):
    """The body took the proposal up."""

    resolution: UUID


class NoteRejection(AboutProposal, frozen=True, kw_only=True):
    """The body voted and adopted no wording of it."""


class CloseNeedReview(AboutReview, frozen=True, kw_only=True):
    """Every proposal is settled, and one or more were taken up."""

    summary: str = ""


class AbandonNeedReview(AboutReview, frozen=True, kw_only=True):
    reason: str


NeedReviewCommand: TypeAlias = (
    OpenNeedReview
    | OpenReviewByResolution
    | RecordEvidence
    | CorrectEvidence
    | WithdrawEvidence
    | WriteProposal
    | PutProposalForward
    | TakeProposalBack
    | DropProposal
    | NoteResolution
    | NoteRejection
    | CloseNeedReview
    | AbandonNeedReview
)
