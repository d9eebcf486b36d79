"""What is sent about a need review: its question, what was found, what is proposed."""

from datetime import date
from typing import Annotated, TypeAlias
from uuid import UUID

import msgspec
from litestar.openapi.spec import Example
from litestar.params import PathParameter

from domain.steering.agenda import Alternative
from domain.steering.need_review_events import Evidence, EvidenceKind
from services.api import bounds
from services.api.assessment_bounds import SchoolYear

MOST_FIELDS = 50
MOST_ORGANISATIONS = 200
MOST_EVIDENCE = 500
MOST_ALTERNATIVES = 20
MOST = 10_000

Fields: TypeAlias = Annotated[
    tuple[bounds.Key, ...], msgspec.Meta(max_length=MOST_FIELDS, examples=[["work", "language"]])
]
MeetingNumber: TypeAlias = Annotated[
    int, msgspec.Meta(ge=1, le=MOST, examples=[1], description="The next number.")
]
MeetingInPath: TypeAlias = Annotated[int, PathParameter(ge=1, le=MOST, examples=[Example(value=1)])]
ProposalInPath: TypeAlias = Annotated[
    int, PathParameter(ge=1, le=MOST, examples=[Example(value=1)])
]


class ReviewOpening(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """By the coordination, under a key of the school year."""

    school_year: SchoolYear
    key: bounds.Key
    question: bounds.Reason
    fields: Fields = ()


class FoundDraft(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was found in a field: an offer there is, a need, a gap in what there is."""

    kind: EvidenceKind
    field: bounds.Key
    text: bounds.Reason


class EvidenceDraft(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An evidence meeting as it was held; `attended` are organisations."""

    held_on: date
    fields: Fields
    attended: Annotated[tuple[bounds.Key, ...], msgspec.Meta(max_length=MOST_ORGANISATIONS)]
    evidence: Annotated[tuple[FoundDraft, ...], msgspec.Meta(max_length=MOST_EVIDENCE)] = ()
    summary: bounds.Remark = ""


class EvidenceMeetingDraft(EvidenceDraft, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The next meeting."""

    meeting: MeetingNumber


class EvidenceCorrection(EvidenceDraft, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """This takes the place of what was recorded."""

    reason: bounds.Reason


class AlternativeDraft(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One wording, put to the vote by itself."""

    key: bounds.Key
    text: bounds.Remark


class ReviewProposal(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    title: bounds.Name
    reasons: bounds.Remark
    alternatives: Annotated[
        tuple[AlternativeDraft, ...], msgspec.Meta(max_length=MOST_ALTERNATIVES)
    ]


class PuttingForward(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """As this item of this session."""

    session: UUID
    item: UUID


class TakenUp(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """By this resolution."""

    resolution: UUID


class ReviewClosing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    summary: bounds.Remark = ""


def evidence_of(draft: EvidenceDraft) -> tuple[Evidence, ...]:
    return tuple(Evidence(kind=one.kind, field=one.field, text=one.text) for one in draft.evidence)


def alternatives_of(proposal: ReviewProposal) -> tuple[Alternative, ...]:
    return tuple(Alternative(key=one.key, text=one.text) for one in proposal.alternatives)
