"""Drafting: sections are written, the draft is submitted, or given back."""

from collections.abc import Sequence

from domain.concepts.commands import DraftSection, ReturnDraft, SubmitDraft
from domain.concepts.concept import Draft, Drafting, Existing, Revising, Submitted, stage_of
from domain.concepts.errors import (
    NothingToReplyTo,
    NotInDrafting,
    NotSubmitted,
    ObjectionUnanswered,
    ReasonMissing,
    ReplyEmpty,
    SectionChanged,
    SectionsMissing,
    UnknownSection,
)
from domain.concepts.events import (
    ConceptEvent,
    DraftReturned,
    DraftSubmitted,
    ObjectionEffect,
    Reply,
    SectionDrafted,
)
from domain.concepts.standing import standing_objections
from domain.concepts.texts import shown_digest, text_digest
from domain.kernel import Actor


def draft_section(command: DraftSection, concept: Existing, by: Actor) -> Sequence[ConceptEvent]:
    """Save a new version. Saving the same text again is no new version."""
    if not isinstance(concept, Drafting | Revising):
        raise NotInDrafting(stage_of(concept))
    draft = concept.draft
    if command.section not in {section.key for section in draft.sections}:
        raise UnknownSection(command.section)
    versions = draft.texts.get(command.section, ())
    digest = text_digest(command.text)
    if versions and versions[-1].digest == digest:
        return []
    if command.based_on != len(versions):
        raise SectionChanged(command.section, command.based_on, len(versions))
    return [
        SectionDrafted(
            section=command.section,
            version=len(versions) + 1,
            text=command.text,
            digest=digest,
            author=by.account,
            substitutes=by.substitutes,
        )
    ]


def submit_draft(command: SubmitDraft, concept: Existing) -> Sequence[ConceptEvent]:
    """All required sections have text, and every objection has another text or a reply."""
    if isinstance(concept, Submitted) and not command.replies:
        return []
    if not isinstance(concept, Drafting | Revising):
        raise NotInDrafting(stage_of(concept))
    draft = concept.draft
    missing = [s.key for s in draft.sections if s.required and s.key not in draft.digests]
    if missing:
        raise SectionsMissing(", ".join(missing))
    _check_replies(draft, command.replies)
    return [DraftSubmitted(digest=shown_digest(draft.digests), replies=command.replies)]


def _check_replies(draft: Draft, replies: Sequence[Reply]) -> None:
    """Each is to an objection that stands, and where objections count none is left without."""
    objections = standing_objections(draft)
    for reply in replies:
        if not reply.text.strip():
            raise ReplyEmpty(reply.organisation, reply.section)
        if (reply.organisation, reply.section) not in objections:
            raise NothingToReplyTo(reply.organisation, reply.section)
    replied = {(reply.organisation, reply.section) for reply in replies}
    if draft.policy.objection is ObjectionEffect.REVISION:
        for organisation, section in objections:
            if (organisation, section) not in replied:
                raise ObjectionUnanswered(organisation, section)


def return_draft(command: ReturnDraft, concept: Existing) -> Sequence[ConceptEvent]:
    """The coordinator gives a submitted draft back, saying why."""
    if not isinstance(concept, Submitted):
        raise NotSubmitted(stage_of(concept))
    if not command.reason.strip():
        raise ReasonMissing
    return [DraftReturned(reason=command.reason)]
