"""Drafting: sections are written, the draft is submitted, or given back."""

from collections.abc import Sequence

from domain.concepts.commands import DraftSection, ReturnDraft, SubmitDraft
from domain.concepts.concept import Drafting, Existing, Revising, Submitted, stage_of
from domain.concepts.errors import (
    NotInDrafting,
    NotSubmitted,
    ObjectionUnanswered,
    ReasonMissing,
    SectionChanged,
    SectionsMissing,
    UnknownSection,
)
from domain.concepts.events import (
    ConceptEvent,
    DraftReturned,
    DraftSubmitted,
    ObjectionEffect,
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
        )
    ]


def submit_draft(command: SubmitDraft, concept: Existing) -> Sequence[ConceptEvent]:
    """All required sections have text, and every objection has another text or a reply."""
    if isinstance(concept, Submitted):
        return []
    if not isinstance(concept, Drafting | Revising):
        raise NotInDrafting(stage_of(concept))
    draft = concept.draft
    missing = [s.key for s in draft.sections if s.required and s.key not in draft.digests]
    if missing:
        raise SectionsMissing(", ".join(missing))
    if any(not reply.text.strip() for reply in command.replies):
        raise ReasonMissing
    replied = {(reply.organisation, reply.section) for reply in command.replies}
    if draft.policy.objection is ObjectionEffect.REVISION:
        for organisation, section in standing_objections(draft):
            if (organisation, section) not in replied:
                raise ObjectionUnanswered(organisation, section)
    return [DraftSubmitted(digest=shown_digest(draft.digests), replies=command.replies)]


def return_draft(command: ReturnDraft, concept: Existing) -> Sequence[ConceptEvent]:
    """The coordinator gives a submitted draft back, saying why."""
    if not isinstance(concept, Submitted):
        raise NotSubmitted(stage_of(concept))
    if not command.reason.strip():
        raise ReasonMissing
    return [DraftReturned(reason=command.reason)]
