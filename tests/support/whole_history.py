"""Everything that can happen in the county, once: an event of every topic, through the desk."""

from datetime import timedelta
from uuid import UUID, uuid4

from domain.chronicle.entry import DocumentEntry
from domain.concepts.commands import (
    AdoptConcept,
    CloseConsultation,
    DeclareReviewDue,
    EscalateConsultation,
    ExtendConsultation,
    OpenConcept,
    PublishConcept,
    PublishEdition,
    RemindOrganisations,
    ReopenConcept,
    ReturnDraft,
    Schedule,
    SectionResponse,
    SubmitDraft,
    SupersedeConcept,
    WithdrawConcept,
    concept_id,
)
from domain.concepts.concept import Consulting
from domain.concepts.events import Position
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
from domain.kernel import Command, Role
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
from services.identity.principal import CONSOLE
from tests.domain.concepts.example import PROCEDURE, SECTIONS
from tests.domain.county import CARITAS, JOBCENTER, MONDAY
from tests.support.office import ADA, AGS, BEN, DORA, FADI, Office
from tests.support.whole_assessment import hold_assessments
from tests.support.whole_course_offers import offer_a_course
from tests.support.whole_findings import see_what_is_missing
from tests.support.whole_goals import aim_at_something
from tests.support.whole_groups import work_in_a_group
from tests.support.whole_mandates import decide_and_follow_up
from tests.support.whole_needs import report_a_need
from tests.support.whole_pools import fill_a_course_together
from tests.support.whole_posts import fund_a_post
from tests.support.whole_sessions import sit_in_sessions

DAY = timedelta(days=1)


async def live_through_everything(office: Office) -> None:
    """The office is set up; afterwards there is an event of every topic in the log."""
    await _run_the_directory(office)
    await _object_in_the_first_round(office)
    await _agree_in_the_second(office)
    await _replace_by_the_next_edition(office)
    await _follow_the_retention_plan(office)
    await hold_assessments(office)
    await see_what_is_missing(office)
    await decide_and_follow_up(office)
    await work_in_a_group(office)
    await aim_at_something(office)
    await offer_a_course(office)
    await report_a_need(office)
    await fill_a_course_together(office)
    await fund_a_post(office)
    await sit_in_sessions(office)


async def _run_the_directory(office: Office) -> None:
    account, token = uuid4(), uuid4()
    entry = DocumentEntry(
        key="auftakt", about="session", occurred_on=MONDAY.date(), title="Auftakt"
    )
    corrected = DocumentEntry(
        key="auftakt",
        about="session",
        occurred_on=MONDAY.date(),
        title="Auftaktsitzung",
        organisations=(JOBCENTER,),
    )
    steps: list[Command] = [
        RegisterMunicipality(ags="05774032", name="Paderborn", kind="Stadt"),
        RecordEmployer(ags="05774032", county_is_employer=False, assumed=True),
        RegisterOrganisation(key=CARITAS, name="Caritas e. V.", kind=OrganisationKind.WELFARE),
        RegisterAccount(account=account, name="Gül"),
        _granting(account, Role.AUDITOR),
        _granting(account, Role.STEERING_MEMBER),
        RevokeRole(account=account, role=Role.AUDITOR, organisation=CARITAS, reason="Wechsel"),
        IssueToken(account=account, token=token, digest=token.hex, label="Auswertung"),
        IssueToken(account=account, token=uuid4(), digest=account.hex, label="Auszug"),
        RevokeToken(account=account, token=token, reason="verloren"),
        *_reach_and_stand_in_for(account),
        entry,
        corrected,
        *_hold_and_erase(uuid4()),
        AdoptKey(vkey="new", retires="old", announcement="note", reason="Jährlicher Wechsel"),
    ]
    for step in steps:
        await office.ask(CONSOLE, step)


async def _object_in_the_first_round(office: Office) -> None:
    concept = office.concept
    await office.open()
    await office.submit()
    await office.ask(ADA, ReturnDraft(concept=concept, reason="Der Ausblick fehlt."))
    await office.ask(BEN, SubmitDraft(concept=concept))
    await office.consult(Schedule(working_days=10, grace_working_days=3))
    objection = SectionResponse(section=PROCEDURE, position=Position.OBJECT, remark="Frist fehlt.")
    await office.respond(DORA, objection)
    longer = ExtendConsultation(
        concept=concept, round=1, schedule=Schedule(working_days=15), reason="Osterferien"
    )
    await office.ask(ADA, longer)
    state, _ = await office.desk.concept(concept)
    assert isinstance(state, Consulting)
    this = state.round
    reminding = RemindOrganisations(concept=concept, round=1, moment=this.reminders[0])
    await office.ask(office.clock, reminding, at=this.reminders[0])
    await office.ask(office.clock, EscalateConsultation(concept=concept, round=1), at=this.due)
    await office.ask(office.clock, CloseConsultation(concept=concept, round=1), at=this.closes_at)


async def _agree_in_the_second(office: Office) -> None:
    at = MONDAY + 60 * DAY
    concept = office.concept
    await office.draft(PROCEDURE, "Mit einer Frist von zwei Wochen.", based_on=1, at=at)
    await office.ask(BEN, SubmitDraft(concept=concept), at=at)
    await office.consult(Schedule(working_days=5), at=at)
    for member in (DORA, FADI):
        await office.respond(member, at=at)
    for step in (
        CloseConsultation(concept=concept, round=2),
        AdoptConcept(concept=concept, resolution="Lenkungsgruppe, Beschluss 7"),
        PublishConcept(concept=concept),
    ):
        await office.ask(ADA, step, at=at)
    await office.ask(office.clock, DeclareReviewDue(concept=concept), at=at + 800 * DAY)


async def _replace_by_the_next_edition(office: Office) -> None:
    at = MONDAY + 900 * DAY
    edition = PublishEdition(
        edition="2027", title="Rahmenkonzept 2027", sections=SECTIONS, replaces=office.edition
    )
    await office.ask(CONSOLE, edition, at=at)
    successor = concept_id(AGS, "2027")
    for step in (
        OpenConcept(municipality=AGS, edition="2027"),
        WithdrawConcept(concept=successor, reason="Irrtum"),
        ReopenConcept(concept=successor, reason="Doch nicht"),
    ):
        await office.ask(ADA, step, at=at)
    superseding = SupersedeConcept(concept=office.concept, successor=successor)
    await office.ask(office.clock, superseding, at=at)


async def _follow_the_retention_plan(office: Office) -> None:
    """A file with a hold, which is due years later; it is postponed, withdrawn, and erased."""
    person, later = uuid4(), MONDAY + 2200 * DAY
    await office.ask(CONSOLE, RegisterAccount(account=person, name="Gisela"))
    await office.ask(CONSOLE, PlaceHold(person=person, hold=uuid4(), reason="Rechnungsprüfung"))
    person = uuid4()
    await office.ask(CONSOLE, RegisterAccount(account=person, name="Gerd"))
    for step in (
        ProposeErasure(person=person),
        WithdrawProposal(person=person, reason="Wird gebraucht."),
        ProposeErasure(person=person),
        PostponeErasure(person=person, until=later.date(), reason="Prüfung"),
        OfferToArchive(person=person, reference="Az. 7"),
        RecordArchiveAnswer(person=person, answer=ArchiveAnswer.DECLINES),
        ConfirmErasure(person=person),
    ):
        await office.ask(CONSOLE, step, at=later)


def _hold_and_erase(person: UUID) -> list[Command]:
    hold = uuid4()
    return [
        RegisterAccount(account=person, name="Ines"),
        _granting(person, Role.AUDITOR),
        IssueToken(account=person, token=uuid4(), digest=person.hex, label="Auszug"),
        PlaceHold(person=person, hold=hold, reason="Klage"),
        LiftHold(person=person, hold=hold, reason="Klage beendet"),
        EraseSubject(person=person, reason="Antrag nach Art. 17 DSGVO"),
    ]


def _reach_and_stand_in_for(account: UUID) -> list[Command]:
    """Addresses of two, of which one stays; two substitutions, of which one goes on."""
    other, ended = uuid4(), uuid4()
    standing_in = [
        GrantSubstitution(
            account=account,
            substitution=substitution,
            substitute=other,
            roles=(Role.STEERING_MEMBER,),
            since=MONDAY,
            until=MONDAY + 14 * DAY,
            reason="Urlaub",
        )
        for substitution in (ended, uuid4())
    ]
    return [
        RegisterAccount(account=other, name="Ines"),
        RecordAddress(account=account, address="guel@example.org"),
        RecordAddress(account=account, address="guel.aydin@example.org"),
        RecordAddress(account=other, address=f"{other}@example.org"),
        RemoveAddress(account=other),
        *standing_in,
        EndSubstitution(account=account, substitution=ended, reason="Früher zurück"),
    ]


def _granting(account: UUID, role: Role) -> GrantRole:
    return GrantRole(account=account, role=role, organisation=CARITAS, since=MONDAY)
