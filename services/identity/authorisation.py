"""Who may do what: one table of role, command and relation, asked in one place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, cast

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
from domain.directory.commands import (
    AccountCommand,
    EndSubstitution,
    GrantRole,
    GrantSubstitution,
    IssueToken,
    RecordAddress,
    RecordEmployer,
    RegisterAccount,
    RegisterMunicipality,
    RegisterOrganisation,
    RemoveAddress,
    RevokeRole,
    RevokeToken,
)
from domain.directory.grant import Grant
from domain.kernel import ROLES_OF_PEOPLE, Actor, Command, Forbidden, Role
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
from services.identity.assessments import ASSESSMENTS
from services.identity.bodies import BODIES_AND_SESSIONS
from services.identity.course_offers import COURSE_OFFERS
from services.identity.course_pools import COURSE_POOLS
from services.identity.findings import FINDINGS_AND_THEMES, GOALS
from services.identity.language_needs import LANGUAGE_NEEDS
from services.identity.mandates import RESOLUTIONS, WORKING_GROUPS
from services.identity.posts import POSTS
from services.identity.principal import Principal
from services.identity.relations import (
    ADMINISTRATOR,
    BY_ACCOUNT,
    COORDINATOR,
    PROCESS,
    STEERING_MEMBER,
    Holder,
    May,
    for_own_organisation,
    in_own_municipality,
    in_roles_of_the_processes,
    learner_of_own_college,
    of_members_without_one,
    of_own_account,
)


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


@dataclass(eq=False)
class NotAsASubstitute(Forbidden):
    """A substitute leaves their own account and that of the absent person as they are."""

    code: ClassVar[str] = "identity.not-as-a-substitute"


CASE_MANAGER = May(Role.CASE_MANAGER, in_own_municipality)
MEMBER = May(Role.ORGANISATION_MEMBER, for_own_organisation)
OF_LEARNER = May(Role.COLLEGE, learner_of_own_college)
FOR_MEMBERS = May(Role.COORDINATOR, of_members_without_one)
FOR_ABSENT_COLLEAGUES = May(Role.COORDINATOR, in_roles_of_the_processes)
THEMSELVES = tuple(May(role, of_own_account) for role in ROLES_OF_PEOPLE)

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
    AdoptConcept: (COORDINATOR, STEERING_MEMBER, PROCESS),
    PublishConcept: (COORDINATOR,),
    DeclareReviewDue: (PROCESS,),
    SupersedeConcept: (PROCESS,),
    WithdrawConcept: (COORDINATOR,),
    ReopenConcept: (COORDINATOR,),
    DocumentEntry: (COORDINATOR,),
    **ASSESSMENTS,
    **FINDINGS_AND_THEMES,
    **GOALS,
    **LANGUAGE_NEEDS,
    **COURSE_OFFERS,
    **COURSE_POOLS,
    **POSTS,
    RegisterMunicipality: (ADMINISTRATOR,),
    RecordEmployer: (ADMINISTRATOR, COORDINATOR),
    RegisterOrganisation: (ADMINISTRATOR, COORDINATOR),
    RegisterAccount: (ADMINISTRATOR,),
    GrantRole: (ADMINISTRATOR,),
    RevokeRole: (ADMINISTRATOR,),
    IssueToken: (ADMINISTRATOR,),
    RevokeToken: (ADMINISTRATOR,),
    RecordAddress: (ADMINISTRATOR, FOR_MEMBERS, *THEMSELVES),
    RemoveAddress: (ADMINISTRATOR, *THEMSELVES),
    GrantSubstitution: (ADMINISTRATOR, FOR_ABSENT_COLLEAGUES, *THEMSELVES),
    EndSubstitution: (ADMINISTRATOR, COORDINATOR, *THEMSELVES),
    AdoptKey: (ADMINISTRATOR,),
    EraseSubject: (ADMINISTRATOR, PROCESS, OF_LEARNER),
    PlaceHold: (ADMINISTRATOR,),
    LiftHold: (ADMINISTRATOR,),
    ProposeErasure: (COORDINATOR, ADMINISTRATOR, PROCESS),
    OfferToArchive: (COORDINATOR, ADMINISTRATOR),
    RecordArchiveAnswer: (COORDINATOR, ADMINISTRATOR, PROCESS),
    PostponeErasure: (COORDINATOR, ADMINISTRATOR),
    WithdrawProposal: (ADMINISTRATOR, PROCESS),
    ConfirmErasure: (ADMINISTRATOR, PROCESS),
    **BODIES_AND_SESSIONS,
    **RESOLUTIONS,
    **WORKING_GROUPS,
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
READS_PEOPLE = READS_ACCOUNTS | {Role.COORDINATOR}
READS_ADDRESSES = frozenset({Role.ADMINISTRATOR, Role.COORDINATOR})
SEES_THE_MAIL = frozenset({Role.ADMINISTRATOR})
READS_SECURITY_LOG = frozenset({Role.AUDITOR, Role.ADMINISTRATOR})
KEEPS_THE_DOOR = frozenset({Role.ADMINISTRATOR})
INVITES_EVERYBODY = frozenset({Role.ADMINISTRATOR})
INVITES_MEMBERS = INVITES_EVERYBODY | {Role.COORDINATOR}
MAKES_OFFERS = frozenset({Role.COORDINATOR, Role.ADMINISTRATOR})
CHECKS_THE_LOG = frozenset({Role.AUDITOR, Role.ADMINISTRATOR})
READS_THE_RECORD = frozenset({Role.AUDITOR, Role.COORDINATOR, Role.ADMINISTRATOR})


def authorise(principal: Principal, command: Command, state: object, at: datetime) -> Actor:
    """The actor the principal is for this command: the first of their roles that may.

    Their own roles come before those of whom they substitute for.
    Raises RoleMissing, OutsideOwnArea or NotAsASubstitute.
    """
    allowed = TABLE[type(command)]
    holders = [Holder(principal.account, grant) for grant in principal.grants_at(at)]
    fitting = [
        (holder, may)
        for is_substitute in (False, True)
        for may in allowed
        for holder in holders
        if holder.grant.role is may.role and bool(holder.grant.substitutes) is is_substitute
    ]
    reaching = [h for h, may in fitting if may.relation(h, command, state)]
    for holder in reaching:
        if not _is_own_affair(holder, command):
            return Actor(
                account=principal.account,
                role=holder.grant.role,
                organisation=holder.grant.organisation,
                signed_in=principal.signed_in,
                substitutes=holder.grant.substitutes,
            )
    if reaching:
        raise NotAsASubstitute
    if areas := _areas(fitting):
        raise OutsideOwnArea(", ".join(areas))
    raise RoleMissing(", ".join(may.role for may in _for_others(allowed)))


def _is_own_affair(holder: Holder, command: Command) -> bool:
    """Whether a substitute would change what they, or whom they substitute for, may do."""
    absent = holder.grant.substitutes
    if not absent or not isinstance(command, AccountCommand):
        return False
    return str(command.account) in {holder.account, absent}


def _areas(fitting: Sequence[tuple[Holder, May]]) -> list[str]:
    """Where the roles that may do this do it."""
    grants = [holder.grant for holder, may in fitting if may.relation not in BY_ACCOUNT]
    return list(dict.fromkeys(grant.municipality or grant.organisation for grant in grants))


def _for_others(allowed: Sequence[May]) -> list[May]:
    """The roles of people that may do this whoever it is about."""
    people = [may for may in allowed if may.role in ROLES_OF_PEOPLE]
    return [may for may in people if may.relation not in BY_ACCOUNT]


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
    if not has_one(principal, roles, at):
        raise RoleMissing(", ".join(sorted(cast("frozenset[str]", roles))))


def has_one(principal: Principal, roles: frozenset[Role], at: datetime) -> bool:
    """Whether the principal has one of the roles."""
    return any(grant.role in roles for grant in principal.grants_at(at))


def require_may_invite(principal: Principal, held: Sequence[Grant], at: datetime) -> None:
    """Administrators invite everybody, coordinators members of organisations who are nothing else.

    `held` are the grants of whoever is to be invited. Raises RoleMissing.
    """
    is_member = {grant.role for grant in held} == {Role.ORGANISATION_MEMBER}
    require(principal, INVITES_MEMBERS if is_member else INVITES_EVERYBODY, at)
