"""What a concept decides: dispatch to drafting, consultation and adoption, and how it begins."""

from collections.abc import Mapping, Sequence
from typing import assert_never
from uuid import UUID

from domain.calendar import Calendar
from domain.concepts import adopting, consulting, drafting
from domain.concepts.commands import (
    AdoptConcept,
    CloseConsultation,
    ConceptCommand,
    DeclareReviewDue,
    DraftSection,
    EscalateConsultation,
    ExtendConsultation,
    OpenConcept,
    OpenConsultation,
    PublishConcept,
    RemindOrganisations,
    ReopenConcept,
    Respond,
    ReturnDraft,
    SubmitDraft,
    SupersedeConcept,
    WithdrawConcept,
)
from domain.concepts.concept import Concept, Unknown, evolve
from domain.concepts.errors import (
    AlreadyOpened,
    CountyIsNotEmployer,
    UnknownConcept,
    UnknownEdition,
)
from domain.concepts.events import ConceptEvent, ConceptOpened
from domain.concepts.framework import FrameworkEdition
from domain.directory.errors import UnknownMunicipality
from domain.directory.municipality import Municipality
from domain.directory.organisation import Organisation
from domain.kernel import Aggregate, Context


class ConceptContext(Context, frozen=True, kw_only=True):
    """What a decision looks at beside the concept: only what its command needs is filled in.

    `organisations` holds those named in the command, also unknown ones with an empty key.
    `predecessor` is the municipality's concept in the nearest earlier edition that has one.
    """

    calendar: Calendar
    edition: FrameworkEdition = FrameworkEdition()
    predecessor: UUID | None = None
    municipality: Municipality = Municipality()
    organisations: Mapping[str, Organisation] = {}


def decide(  # noqa: C901, PLR0911, PLR0912 (one case for each command)
    command: ConceptCommand, concept: Concept, context: ConceptContext
) -> Sequence[ConceptEvent]:
    if isinstance(command, OpenConcept):
        return open_concept(command, concept, context)
    if isinstance(concept, Unknown):
        raise UnknownConcept(str(command.concept))
    match command:
        case DraftSection():
            return drafting.draft_section(command, concept, context.by)
        case SubmitDraft():
            return drafting.submit_draft(command, concept)
        case ReturnDraft():
            return drafting.return_draft(command, concept)
        case OpenConsultation():
            return consulting.open_consultation(
                command, concept, context.at, context.calendar, context.organisations
            )
        case ExtendConsultation():
            return consulting.extend_consultation(command, concept, context.at, context.calendar)
        case Respond():
            return consulting.respond(command, concept, context.at, context.by)
        case RemindOrganisations():
            return consulting.remind_organisations(command, concept, context.at)
        case EscalateConsultation():
            return consulting.escalate_consultation(command, concept, context.at)
        case CloseConsultation():
            return consulting.close_consultation(command, concept, context.at)
        case AdoptConcept():
            return adopting.adopt_concept(command, concept, context.by)
        case PublishConcept():
            return adopting.publish_concept(command, concept, context.at, context.calendar)
        case DeclareReviewDue():
            return adopting.declare_review_due(concept, context.at)
        case SupersedeConcept():
            return adopting.supersede_concept(command, concept)
        case WithdrawConcept():
            return adopting.withdraw_concept(command, concept)
        case ReopenConcept():
            return adopting.reopen_concept(command, concept)
        case _:
            assert_never(command)


def open_concept(
    command: OpenConcept, concept: Concept, context: ConceptContext
) -> Sequence[ConceptEvent]:
    """Only where the county employs the case managers, once per municipality and edition."""
    if not context.municipality.ags:
        raise UnknownMunicipality(command.municipality)
    if not context.edition.edition:
        raise UnknownEdition(command.edition)
    if not context.municipality.county_is_employer:
        raise CountyIsNotEmployer(command.municipality)
    if not isinstance(concept, Unknown):
        raise AlreadyOpened(command.municipality, command.edition)
    return [
        ConceptOpened(
            concept=command.subject,
            municipality=command.municipality,
            edition=command.edition,
            sections=context.edition.sections,
            predecessor=context.predecessor,
        )
    ]


CONCEPT: Aggregate[ConceptCommand, ConceptEvent, Concept, ConceptContext] = Aggregate(
    "concept", initial=Unknown(), evolve=evolve, decide=decide
)
