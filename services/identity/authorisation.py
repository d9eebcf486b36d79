"""Who may do what: one table of role, command and relation, asked in one place."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, cast

import msgspec

from domain.chronicle.entry import DocumentEntry
from domain.concepts.commands import (
    AdoptConcept,
    CloseConsultation,
    DeclareReviewDue,
    DraftSection,
    EscalateConsultation,
    ExtendConsultation,
    OpenConcept,
    OpenConsultation,
    PublishConcept,
    PublishEdition,
    RemindOrganisations,
    ReopenConcept,
    Respond,
    ReturnDraft,
    SubmitDraft,
    SupersedeConcept,
    WithdrawConcept,
)
from domain.concepts.concept import Concept, Published, Superseded, Unknown
from domain.directory.account import Grant
from domain.directory.commands import (
    GrantRole,
    IssueToken,
    RecordEmployer,
    RegisterAccount,
    RegisterMunicipality,
    RegisterOrganisation,
    RevokeRole,
    RevokeToken,
)
from domain.kernel import Actor, Command, Forbidden, Role
from domain.ledger.key import AdoptKey
from domain.privacy.commands import EraseSubject, LiftHold, PlaceHold
from domain.retention.commands import (
    ConfirmErasure,
    OfferToArchive,
    PostponeErasure,
    ProposeErasure,
    RecordArchiveAnswer,
    WithdrawProposal,
)
from services.identity.principal import Principal

Relation = Callable[[Grant, Any, Any], bool]
"""Whether the role's holder stands in the right relation to the command and its aggregate."""


@dataclass(eq=False)
class RoleMissing(Forbidden):
    """None of the person's roles may do this; `allowed` are those that may."""

    code: ClassVar[str] = "identity.role-missing"
    allowed: str


@dataclass(eq=False)
class OutsideOwnArea(Forbidden):
    """The role may do this, but for another municipality or organisation."""

    code: ClassVar[str] = "identity.outside-own-area"
    own: str


def anywhere(_: Grant, __: Command, ___: object) -> bool:
    """In the whole county."""
    return True


def in_own_municipality(grant: Grant, _: Command, concept: Concept) -> bool:
    """For the concept of the municipality they work in."""
    return not isinstance(concept, Unknown) and concept.draft.municipality == grant.municipality


def for_own_organisation(grant: Grant, command: Respond, _: object) -> bool:
    """In the name of the organisation they belong to."""
    return command.organisation == grant.organisation


class May(msgspec.Struct, frozen=True):
    """A role that may, and in which relation."""

    role: Role
    relation: Relation = anywhere


COORDINATOR = May(Role.COORDINATOR)
ADMINISTRATOR = May(Role.ADMINISTRATOR)
PROCESS = May(Role.PROCESS)
CASE_MANAGER = May(Role.CASE_MANAGER, in_own_municipality)
MEMBER = May(Role.ORGANISATION_MEMBER, for_own_organisation)
STEERING_MEMBER = May(Role.STEERING_MEMBER)

TABLE: Mapping[type[Command], tuple[May, ...]] = {
    PublishEdition: (COORDINATOR,),
    OpenConcept: (COORDINATOR,),
    DraftSection: (CASE_MANAGER, COORDINATOR),
    SubmitDraft: (CASE_MANAGER, COORDINATOR),
    ReturnDraft: (COORDINATOR,),
    OpenConsultation: (COORDINATOR,),
    ExtendConsultation: (COORDINATOR,),
    Respond: (MEMBER,),
    RemindOrganisations: (COORDINATOR, PROCESS),
    EscalateConsultation: (PROCESS,),
    CloseConsultation: (COORDINATOR, PROCESS),
    AdoptConcept: (COORDINATOR, STEERING_MEMBER),
    PublishConcept: (COORDINATOR,),
    DeclareReviewDue: (PROCESS,),
    SupersedeConcept: (PROCESS,),
    WithdrawConcept: (COORDINATOR,),
    ReopenConcept: (COORDINATOR,),
    DocumentEntry: (COORDINATOR,),
    RegisterMunicipality: (ADMINISTRATOR,),
    RecordEmployer: (ADMINISTRATOR, COORDINATOR),
    RegisterOrganisation: (ADMINISTRATOR, COORDINATOR),
    RegisterAccount: (ADMINISTRATOR,),
    GrantRole: (ADMINISTRATOR,),
    RevokeRole: (ADMINISTRATOR,),
    IssueToken: (ADMINISTRATOR,),
    RevokeToken: (ADMINISTRATOR,),
    AdoptKey: (ADMINISTRATOR,),
    EraseSubject: (ADMINISTRATOR, PROCESS),
    PlaceHold: (ADMINISTRATOR,),
    LiftHold: (ADMINISTRATOR,),
    ProposeErasure: (COORDINATOR, ADMINISTRATOR, PROCESS),
    OfferToArchive: (COORDINATOR, ADMINISTRATOR),
    RecordArchiveAnswer: (COORDINATOR, ADMINISTRATOR, PROCESS),
    PostponeErasure: (COORDINATOR, ADMINISTRATOR),
    WithdrawProposal: (ADMINISTRATOR, PROCESS),
    ConfirmErasure: (ADMINISTRATOR, PROCESS),
}

READS_EVERY_CONCEPT = frozenset(
    {
        Role.COORDINATOR,
        Role.CASE_MANAGER,
        Role.STEERING_MEMBER,
        Role.AUDITOR,
        Role.ADMINISTRATOR,
    }
)
READS_ACCOUNTS = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})
MAKES_OFFERS = frozenset({Role.COORDINATOR, Role.ADMINISTRATOR})
READS_THE_RECORD = frozenset({Role.AUDITOR, Role.COORDINATOR, Role.ADMINISTRATOR})


def authorise(principal: Principal, command: Command, state: object, at: datetime) -> Actor:
    """The actor the principal is for this command: the first of their roles that may.

    Raises RoleMissing or OutsideOwnArea.
    """
    grants = principal.grants_at(at)
    allowed = TABLE[type(command)]
    own = [grant for grant in grants if grant.role in {may.role for may in allowed}]
    for may in allowed:
        for grant in own:
            if grant.role is may.role and may.relation(grant, command, state):
                return Actor(
                    account=principal.account,
                    role=grant.role,
                    organisation=grant.organisation,
                    signed_in=principal.signed_in,
                )
    if own:
        raise OutsideOwnArea(", ".join(grant.municipality or grant.organisation for grant in own))
    raise RoleMissing(", ".join(may.role for may in allowed if may.role is not Role.PROCESS))


def answers_seen(principal: Principal, at: datetime) -> frozenset[str] | None:
    """The organisations whose answers the principal may see; None for all."""
    grants = principal.grants_at(at)
    if any(grant.role in READS_EVERY_CONCEPT for grant in grants):
        return None
    return frozenset(grant.organisation for grant in grants)


def may_read_concept(principal: Principal, concept: Concept, at: datetime) -> bool:
    """A member reads what their organisation is asked about, and every concept that is valid."""
    seen = answers_seen(principal, at)
    if seen is None or isinstance(concept, Unknown):
        return True
    if isinstance(concept, Published | Superseded):
        return bool(principal.grants_at(at))
    return not seen.isdisjoint(concept.draft.scopes)


def require_record_reader(principal: Principal, at: datetime) -> None:
    """The record of who did what is for auditors, coordinators and administrators."""
    require(principal, READS_THE_RECORD, at)


def require(principal: Principal, roles: frozenset[Role], at: datetime) -> None:
    """Raises RoleMissing if the principal has none of the roles."""
    if not any(grant.role in roles for grant in principal.grants_at(at)):
        raise RoleMissing(", ".join(sorted(cast("frozenset[str]", roles))))
