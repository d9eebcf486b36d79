"""Every command there is, and one example of each."""

import pkgutil
from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from uuid import UUID, uuid5

import domain
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
    Schedule,
    SubmitDraft,
    SupersedeConcept,
    WithdrawConcept,
)
from domain.directory.commands import (
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
from domain.directory.events import OrganisationKind
from domain.kernel import NAMESPACE, Command, Role
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
from domain.retention.events import ArchiveAnswer
from tests.domain.concepts.example import CONCEPT_ID, SECTIONS, SITUATION
from tests.domain.county import CARITAS, JOBCENTER, MONDAY, SALZKOTTEN
from tests.support.annual_report_orders import annual_report_examples
from tests.support.assessment_orders import assessment_examples
from tests.support.course_offer_orders import course_offer_examples
from tests.support.finding_orders import finding_examples
from tests.support.goal_orders import goal_examples
from tests.support.group_orders import group_examples
from tests.support.mandate_orders import mandate_examples
from tests.support.need_orders import need_examples
from tests.support.pool_orders import pool_examples
from tests.support.post_orders import post_examples
from tests.support.session_orders import body_examples, session_examples

AGS = SALZKOTTEN.ags
ACCOUNT, TOKEN = (uuid5(NAMESPACE, f"test/{name}") for name in ("account", "token"))


def every_command_class() -> list[type[Command]]:
    """All commands of all contexts, without those that only hold what others share."""
    for module in pkgutil.walk_packages(domain.__path__, "domain."):
        import_module(module.name)
    return sorted(set(_leaves(Command)), key=lambda command: command.__name__)


def examples(concept: UUID = CONCEPT_ID) -> list[Command]:
    """One of each; the answer is the jobcenter's."""
    schedule = Schedule(working_days=10)
    return [
        PublishEdition(edition="2025", title="Rahmenkonzept", sections=SECTIONS),
        OpenConcept(municipality=AGS, edition="2025"),
        DraftSection(concept=concept, section=SITUATION, text="Text", based_on=0),
        SubmitDraft(concept=concept),
        ReturnDraft(concept=concept, reason="unvollständig"),
        OpenConsultation(concept=concept, schedule=schedule),
        ExtendConsultation(concept=concept, round=1, schedule=schedule, reason="Ferien"),
        Respond(concept=concept, round=1, organisation=JOBCENTER, shown=""),
        RemindOrganisations(concept=concept, round=1),
        EscalateConsultation(concept=concept, round=1),
        CloseConsultation(concept=concept, round=1),
        AdoptConcept(concept=concept),
        PublishConcept(concept=concept),
        DeclareReviewDue(concept=concept),
        SupersedeConcept(concept=concept, successor=concept),
        WithdrawConcept(concept=concept, reason="Irrtum"),
        ReopenConcept(concept=concept, reason="Irrtum"),
        DocumentEntry(key="auftakt", about="session", occurred_on=MONDAY.date(), title="Auftakt"),
        RegisterMunicipality(ags=AGS, name="Salzkotten", kind="Stadt"),
        RecordEmployer(ags=AGS, county_is_employer=True),
        RegisterOrganisation(key=CARITAS, name="Caritas", kind=OrganisationKind.WELFARE),
        RegisterAccount(account=ACCOUNT, name="Gül"),
        GrantRole(account=ACCOUNT, role=Role.AUDITOR, organisation=CARITAS),
        RevokeRole(account=ACCOUNT, role=Role.AUDITOR, organisation=CARITAS, reason="Wechsel"),
        IssueToken(account=ACCOUNT, token=TOKEN, digest="", label="Auswertung"),
        RevokeToken(account=ACCOUNT, token=TOKEN, reason="verloren"),
        RecordAddress(account=ACCOUNT, address="guel@example.org"),
        RemoveAddress(account=ACCOUNT),
        GrantSubstitution(
            account=ACCOUNT,
            substitution=TOKEN,
            substitute=CONCEPT_ID,
            roles=(Role.CASE_MANAGER,),
            since=MONDAY,
            until=MONDAY + timedelta(days=7),
            reason="Urlaub",
        ),
        EndSubstitution(account=ACCOUNT, substitution=TOKEN, reason="Früher zurück"),
        EraseSubject(person=ACCOUNT, reason="Art. 17 DSGVO"),
        PlaceHold(person=ACCOUNT, hold=TOKEN, reason="Klage"),
        LiftHold(person=ACCOUNT, hold=TOKEN, reason="Urteil"),
        ProposeErasure(person=ACCOUNT),
        OfferToArchive(person=ACCOUNT),
        RecordArchiveAnswer(person=ACCOUNT, answer=ArchiveAnswer.DECLINES),
        ConfirmErasure(person=ACCOUNT),
        PostponeErasure(person=ACCOUNT, until=MONDAY.date(), reason="Prüfung"),
        WithdrawProposal(person=ACCOUNT, reason="Irrtum"),
        AdoptKey(vkey="new", retires="old", announcement="note", reason="Jährlicher Wechsel"),
        *assessment_examples(JOBCENTER),
        *body_examples(),
        *session_examples(),
        *mandate_examples(),
        *group_examples(),
        *finding_examples(),
        *goal_examples(),
        *course_offer_examples(),
        *pool_examples(),
        *need_examples(),
        *post_examples(),
        *annual_report_examples(),
    ]


def _leaves(command: type[Command]) -> Iterator[type[Command]]:
    for kind in command.__subclasses__():
        if kind.__subclasses__():
            yield from _leaves(kind)
        elif kind.__module__.startswith("domain."):
            yield kind
