"""Who may do what: the table, written a second time as sentences about each role."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import get_args
from uuid import uuid4

import msgspec
import pytest

from domain.assessments.class_assessment import Unknown as UnknownClass
from domain.assessments.class_assessment import evolve
from domain.assessments.commands import class_id
from domain.assessments.commands_class import ClassCommand, NoteLook, SubmitClass
from domain.assessments.events_class import ClassRegistered
from domain.concepts.commands import OpenConcept, Respond, SubmitDraft
from domain.concepts.concept import Concept, Unknown
from domain.course_offers.commands import CourseOfferCommand
from domain.course_pools.commands import AgreeToPool, DeclinePool
from domain.course_pools.pool import Unknown as NoPool
from domain.directory.account import Account, Grant
from domain.directory.commands import RecordAddress, RemoveAddress
from domain.findings.commands import AboutFinding, CorrectFinding, ReportFinding, WithdrawFinding
from domain.findings.decide_finding import FINDING
from domain.findings.finding import Unknown as UnknownFinding
from domain.kernel import ROLES_OF_PEOPLE, Actor, Command, Role
from domain.language_needs.commands import AboutReport, WithdrawReport
from domain.language_needs.events import ReferralAnswered, ReferralOutcome
from domain.language_needs.events_end import WithdrawalReason
from domain.language_needs.holder import Task
from domain.language_needs.look import NoteContactLook
from domain.language_needs.report import Unknown as NoReport
from domain.privacy.commands import EraseSubject
from domain.steering.resolution_commands import ResolutionCommand
from domain.steering.session_commands import (
    AnnounceAbsence,
    DeclareConflict,
    ReviseItem,
    WithdrawAbsence,
    WithdrawItem,
)
from domain.working_groups.commands import WorkingGroupCommand
from services.identity.authorisation import (
    TABLE,
    OutsideOwnArea,
    RoleMissing,
    authorise,
    may_read_concept,
    require_record_reader,
)
from services.identity.company import company
from services.identity.principal import CONSOLE, Principal, process
from tests.domain.concepts.example import (
    CONCEPT_ID,
    DRAFTED,
    adopted,
    after,
    consulted,
    published,
)
from tests.domain.county import CARITAS, CHAMBER, JOBCENTER, MONDAY
from tests.domain.findings.example import REPORTED
from tests.domain.language_needs.example import (
    REFERENCE,
    REFERRED,
    REPORT_ID,
    UNTIL_TRIAGED,
    ours,
)
from tests.domain.language_needs.example import after as report_after
from tests.domain.steering.resolution_example import GROUP_MANDATE, passed
from tests.domain.steering.resolution_example import after as resolution_after
from tests.domain.working_groups.example import ESTABLISHED
from tests.domain.working_groups.example import after as group_after
from tests.support.need_orders import ANSWER_REFERRAL
from tests.support.office import ADA, AGS, BEN, DORA, FADI, person
from tests.support.orders import every_command_class, examples

DAY = timedelta(days=1)

MAY: Mapping[Role, str] = {
    Role.COORDINATOR: """
        PublishEdition OpenConcept DraftSection SubmitDraft ReturnDraft OpenConsultation
        ExtendConsultation RemindOrganisations CloseConsultation AdoptConcept PublishConcept
        WithdrawConcept ReopenConcept DocumentEntry RecordEmployer RegisterOrganisation
        ProposeErasure OfferToArchive RecordArchiveAnswer PostponeErasure
        RegisterInstrument DraftVersion SubmitVersion ReturnVersion ApproveVersion RetireVersion
        AnnounceRound RemindColleges ExtendWindow CloseWindow CancelRound PublishFigures
        RecordAddress GrantSubstitution EndSubstitution
        EstablishBody RenameBody CreateSeat EndSeat AppointPerson EndAppointment AdoptRules
        ScheduleSession MoveSession CancelSession CallForItems ProposeItem ReviseItem WithdrawItem
        OrderAgenda FreezeAgenda ReopenAgenda InviteToSession RemindMembers
        AnnounceAbsence WithdrawAbsence
        OpenSession TakeSeat LeaveSeat AdmitGuests DismissGuests DeclareConflict LiftConflict
        AmendProposal DiscussItem DeferItem ResumeItem TakeVote AnnulVote
        OpenCircular CloseSession
        DraftMinutes ReturnMinutes ApproveMinutes ReleaseMinutes PublishItem WithdrawPublication
        ReportFinding CorrectFinding WithdrawFinding TakeIntoTheme ReleaseFromTheme
        OpenTheme NameSource SummariseTheme HandOver TakeBack NoteDiscussion AttachResolution
        CloseTheme MergeTheme ReopenTheme
        SetGoal ChangeGoal DropGoal NoteStandings CloseYear ReopenYear
        WriteProse ResetProse KeepReport
        EnterOffer UpdateOffer CheckOffer WithdrawOffer
        ProposePool AddPoolMember RemovePoolMember AgreeToPool DeclinePool DissolvePool
        SubmitReport ChangeReport WithdrawReport AcknowledgeReport TriageReport ReferReport
        AnswerReferral RecallReferral AskCompany AnswerQuestion ProposeOffer
        AnswerCompany RecordStart NoteAfterStart NoteAfterEnd CloseReport ReopenReport
        NoteUnmetNeed
        EstablishPost ChangePost ExtendFunding FillPost WithholdHolder VacatePost
        SetProofDue SubmitProof EndPost
        PassResolution RemindOfMandate ReportProgress RecordLetter ExtendMandate HandOverMandate
        FulfilMandate ReopenMandate ShowProgress RevokeResolution AnnulResolution
        OpenNeedReview OpenReviewByResolution RecordEvidence CorrectEvidence WithdrawEvidence
        WriteProposal PutProposalForward TakeProposalBack DropProposal NoteResolution
        NoteRejection CloseNeedReview AbandonNeedReview
        EstablishGroup JoinGroup LeaveGroup HandOverLead PlanMeetings
        CallMeeting MoveMeeting CancelMeeting RecordMeeting CorrectMeeting WithdrawMeeting
        MakeAgreement RemindOfAgreement ExtendAgreement FulfilAgreement ReopenAgreement
        DropAgreement LinkConsequence UnlinkConsequence ReportBack DissolveGroup
        PublishGroup WithdrawGroupPublication
        NoteContactLook
    """,
    Role.EXPERT: """
        RegisterInstrument DraftVersion SubmitVersion ReturnVersion ApproveVersion RetireVersion
    """,
    Role.COLLEGE: """
        RegisterClass ChangeClass WithdrawClass EnrolLearners RemoveLearner RecordResults
        SubmitClass ReopenClass TakeSecondLook OverrideRecommendation
        AdoptPseudonymKey SaveMapping DropMapping NoteLook EraseSubject
        CallMeeting MoveMeeting CancelMeeting RecordMeeting CorrectMeeting WithdrawMeeting
        MakeAgreement RemindOfAgreement ExtendAgreement FulfilAgreement ReopenAgreement
        DropAgreement LinkConsequence UnlinkConsequence ReportBack
    """,
    Role.CASE_MANAGER: """
        DraftSection SubmitDraft
        ReportFinding CorrectFinding WithdrawFinding
    """,
    Role.ORGANISATION_MEMBER: """
        Respond ReportProgress AnswerReferral NoteContactLook
        EnterOffer UpdateOffer CheckOffer WithdrawOffer
        CallMeeting MoveMeeting CancelMeeting RecordMeeting CorrectMeeting WithdrawMeeting
        MakeAgreement RemindOfAgreement ExtendAgreement FulfilAgreement ReopenAgreement
        DropAgreement LinkConsequence UnlinkConsequence ReportBack
    """,
    Role.STEERING_MEMBER: """
        AdoptConcept
        ProposeItem ReviseItem WithdrawItem AnnounceAbsence WithdrawAbsence DeclareConflict
        CastBallot ReturnMinutes ApproveMinutes
    """,
    Role.AUDITOR: "",
    Role.ADMINISTRATOR: """
        RegisterMunicipality RecordEmployer RegisterOrganisation RegisterAccount GrantRole
        RevokeRole IssueToken RevokeToken AdoptKey
        RecordAddress RemoveAddress GrantSubstitution EndSubstitution
        EraseSubject PlaceHold LiftHold NoteContactLook
        ProposeErasure OfferToArchive RecordArchiveAnswer PostponeErasure
        WithdrawProposal ConfirmErasure
        EstablishBody RenameBody CreateSeat EndSeat AppointPerson EndAppointment
    """,
    Role.PROCESS: """
        RemindOrganisations EscalateConsultation CloseConsultation DeclareReviewDue
        AdoptConcept SupersedeConcept
        EraseSubject ProposeErasure RecordArchiveAnswer WithdrawProposal ConfirmErasure
        AnnounceRound OpenWindow RemindColleges EscalateRound CloseWindow ReleaseRound
        ScheduleRetest CompareRounds ReleaseClass PublishFigures
        RemindMembers CloseSession CallForItems FreezeAgenda InviteToSession DeclareMinutesOverdue
        TakeBack NoteDiscussion AttachResolution NoteStandings CloseYear
        RemindOfMandate DeclareMandateOverdue FulfilMandate ShowProgress RevokeResolution
        OpenReviewByResolution NoteResolution NoteRejection
        EstablishGroup RemindToCall RemindOfAgreement DeclareAgreementOverdue DissolveGroup
        RemindOfPost RemindHolder EscalateReport PutIntoPool LeavePool RemovePoolMember
    """,
    Role.COMPANY: """
        SubmitReport ChangeReport WithdrawReport AnswerQuestion AgreeToPool DeclinePool
    """,
}
OF_WHOEVER_IT_IS_ABOUT = {"AllowNaming", "WithdrawNaming"}
"""Whoever agreed to be named as sitting on a body may withdraw that, whatever they are now."""
HERE = after(*DRAFTED)
CLASS = ClassRegistered(
    training_class=class_id(JOBCENTER, "2026/27", "IK1"),
    college=JOBCENTER,
    school_year="2026/27",
    name="IK1",
    programme="A01",
    trade="10-10104",
    size=25,
)
THIS_CLASS = evolve(UnknownClass(), CLASS)
A_MEMBER = Account(
    name="Ole", grants=(Grant(role=Role.ORGANISATION_MEMBER, organisation=JOBCENTER),)
)
OF_A_CLASS = (*get_args(ClassCommand), NoteLook)
ON_A_SEAT = (AnnounceAbsence, WithdrawAbsence, DeclareConflict)
OF_AN_ITEM = (ReviseItem, WithdrawItem)
THIS_FINDING = FINDING.replay((REPORTED,))
NO_POOL = NoPool()
THIS_REPORT = report_after(*UNTIL_TRIAGED, REFERRED)
THIS_RESOLUTION = resolution_after(passed(GROUP_MANDATE))
THIS_GROUP = group_after(ESTABLISHED)


def state_of(command: Command) -> object:
    """What the command is about, all of JOBCENTER: a member's address, a class, a learner.

    So are the mandate, which it sees to, the working group, which it leads, and the report that
    is referred to it.
    Else a finding or a concept of Salzkotten; of a seat or an item, whose it is.
    """
    if isinstance(command, AboutFinding):
        return THIS_FINDING
    if isinstance(command, AboutReport | NoteContactLook):
        return THIS_REPORT
    if isinstance(command, get_args(ResolutionCommand)):
        return THIS_RESOLUTION
    if isinstance(command, get_args(WorkingGroupCommand)):
        return THIS_GROUP
    if isinstance(command, ON_A_SEAT + OF_AN_ITEM):
        return frozenset({"gül"})
    if isinstance(command, RecordAddress | RemoveAddress):
        return A_MEMBER
    if isinstance(command, (EraseSubject, *get_args(CourseOfferCommand))):
        return frozenset({JOBCENTER})
    return THIS_CLASS if isinstance(command, OF_A_CLASS) else HERE


def test_every_command_of_the_domain_is_in_the_table() -> None:
    assert set(TABLE) == set(every_command_class())
    assert all(TABLE.values()), "a command that nobody may give is none"


def test_there_is_an_example_of_every_command() -> None:
    assert {type(command) for command in examples()} == set(every_command_class())


@pytest.mark.parametrize("command", examples(), ids=lambda command: type(command).__name__)
@pytest.mark.parametrize("role", Role)
def test_each_role_may_do_its_own_and_nothing_else(role: Role, command: Command) -> None:
    account = str(REPORT_ID) if role is Role.COMPANY else "gül"
    holder = person(account, Grant(role=role, organisation=JOBCENTER, municipality=AGS))
    name = type(command).__name__
    everybody = OF_WHOEVER_IT_IS_ABOUT if role in ROLES_OF_PEOPLE else set[str]()
    if name in {*MAY[role].split(), *everybody}:
        assert authorise(holder, command, state_of(command), MONDAY) == Actor(
            account=account, role=role, organisation=JOBCENTER, signed_in="token"
        )
    else:
        with pytest.raises(RoleMissing):
            authorise(holder, command, state_of(command), MONDAY)


def test_a_company_sees_to_the_report_whose_link_it_followed_and_to_no_other() -> None:
    withdraw = WithdrawReport(report=REPORT_ID, reason=WithdrawalReason.OTHER)
    actor = authorise(company(REPORT_ID), withdraw, THIS_REPORT, MONDAY)
    assert (actor.account, actor.role) == (str(REPORT_ID), Role.COMPANY)
    with pytest.raises(RoleMissing):
        authorise(company(uuid4()), withdraw, THIS_REPORT, MONDAY)


def test_a_company_answers_for_itself_whether_it_shares_a_course() -> None:
    for answer in (
        AgreeToPool(pool=uuid4(), report=REPORT_ID),
        DeclinePool(pool=uuid4(), report=REPORT_ID),
    ):
        assert authorise(company(REPORT_ID), answer, NO_POOL, MONDAY).role is Role.COMPANY
        with pytest.raises(RoleMissing):
            authorise(company(uuid4()), answer, NO_POOL, MONDAY)


def test_a_partner_answers_what_is_referred_to_its_own_organisation() -> None:
    assert authorise(DORA, ANSWER_REFERRAL, THIS_REPORT, MONDAY).organisation == JOBCENTER
    for outsider, state in ((FADI, THIS_REPORT), (DORA, report_after(*UNTIL_TRIAGED))):
        with pytest.raises(OutsideOwnArea):
            authorise(outsider, ANSWER_REFERRAL, state, MONDAY)


def test_a_partner_looks_at_the_contact_of_what_it_works_on_as_far_as_the_company_agreed() -> None:
    look = NoteContactLook(report=REPORT_ID, reference=REFERENCE)
    accepted, declined = (
        ReferralAnswered(
            report=REPORT_ID,
            organisation=JOBCENTER,
            answer=outcome,
            text="",
            holder=ours(Task.PLACE, 10),
        )
        for outcome in (ReferralOutcome.ACCEPTED, ReferralOutcome.DECLINED)
    )
    working = report_after(*UNTIL_TRIAGED, REFERRED, accepted)
    assert authorise(DORA, look, working, MONDAY).organisation == JOBCENTER
    done = report_after(*UNTIL_TRIAGED, REFERRED, declined)
    for outsider, state in ((FADI, working), (DORA, done), (DORA, NoReport())):
        with pytest.raises(OutsideOwnArea):
            authorise(outsider, look, state, MONDAY)


def test_a_refusal_names_the_roles_of_people_that_may() -> None:
    with pytest.raises(RoleMissing) as refusal:
        authorise(DORA, examples()[8], HERE, MONDAY)
    assert refusal.value.facts == {"allowed": "coordinator"}


@pytest.mark.parametrize("command", examples(), ids=lambda command: type(command).__name__)
def test_who_holds_no_role_may_do_nothing(command: Command) -> None:
    with pytest.raises(RoleMissing):
        authorise(person("nobody"), command, HERE, MONDAY)


def test_a_case_manager_writes_in_their_own_municipality_only() -> None:
    elsewhere = person(
        "cem", Grant(role=Role.CASE_MANAGER, organisation="kreis", municipality="05774032")
    )
    submitting = SubmitDraft(concept=CONCEPT_ID)
    assert authorise(BEN, submitting, HERE, MONDAY).account == "ben"
    with pytest.raises(OutsideOwnArea) as refusal:
        authorise(elsewhere, submitting, HERE, MONDAY)
    assert refusal.value.facts == {"own": "05774032"}


def test_a_case_manager_of_two_municipalities_writes_in_both() -> None:
    both = person(
        "cem",
        Grant(role=Role.CASE_MANAGER, organisation="kreis", municipality="05774032"),
        Grant(role=Role.CASE_MANAGER, organisation="kreis", municipality=AGS),
    )
    assert authorise(both, SubmitDraft(concept=CONCEPT_ID), HERE, MONDAY)


def test_a_case_manager_without_a_concept_has_no_area() -> None:
    with pytest.raises(OutsideOwnArea):
        authorise(BEN, SubmitDraft(concept=CONCEPT_ID), Unknown(), MONDAY)


@pytest.mark.parametrize(
    "command",
    [e for e in examples() if isinstance(e, ReportFinding | CorrectFinding | WithdrawFinding)],
    ids=lambda command: type(command).__name__,
)
def test_a_case_manager_reports_and_corrects_findings_of_their_own_municipality_only(
    command: Command,
) -> None:
    elsewhere = Grant(role=Role.CASE_MANAGER, organisation="kreis", municipality="05774032")
    with pytest.raises(OutsideOwnArea) as refusal:
        authorise(person("cem", elsewhere), command, state_of(command), MONDAY)
    assert refusal.value.facts == {"own": "05774032"}
    assert authorise(BEN, command, state_of(command), MONDAY).role is Role.CASE_MANAGER
    coordinating = person("cem", elsewhere, *ADA.grants)
    assert authorise(coordinating, command, state_of(command), MONDAY).role is Role.COORDINATOR


def test_a_finding_that_does_not_exist_is_refused_like_one_of_another_municipality() -> None:
    withdrawing = WithdrawFinding(finding=REPORTED.finding, reason="Irrtum")
    elsewhere = person(
        "cem", Grant(role=Role.CASE_MANAGER, organisation="kreis", municipality="05774032")
    )
    refusals: list[str] = []
    for state in (UnknownFinding(), THIS_FINDING):
        with pytest.raises(OutsideOwnArea) as refusal:
            authorise(elsewhere, withdrawing, state, MONDAY)
        refusals.append(str(refusal.value))
    assert refusals[0] == refusals[1]


def test_who_counts_cases_as_a_case_manager_acts_as_one_even_if_they_coordinate() -> None:
    correcting = next(e for e in examples() if isinstance(e, CorrectFinding))
    both = person("gül", *ADA.grants, *BEN.grants)
    assert authorise(both, correcting, THIS_FINDING, MONDAY).role is Role.CASE_MANAGER


def test_a_member_answers_for_their_own_organisation_only() -> None:
    answer = Respond(concept=CONCEPT_ID, round=1, organisation=CARITAS, shown="")
    assert authorise(FADI, answer, HERE, MONDAY).organisation == CARITAS
    with pytest.raises(OutsideOwnArea) as refusal:
        authorise(DORA, answer, HERE, MONDAY)
    assert refusal.value.facts == {"own": JOBCENTER}


def test_a_member_of_two_organisations_answers_as_a_member_of_the_one_that_is_asked() -> None:
    answer = Respond(concept=CONCEPT_ID, round=1, organisation=CARITAS, shown="")
    both = person("dora", *DORA.grants, *FADI.grants)
    assert authorise(both, answer, HERE, MONDAY).organisation == CARITAS


def test_not_even_the_coordinator_answers_for_an_organisation() -> None:
    answer = Respond(concept=CONCEPT_ID, round=1, organisation=JOBCENTER, shown="")
    for principal in (ADA, CONSOLE, process("concept/salzkotten")):
        with pytest.raises(RoleMissing):
            authorise(principal, answer, HERE, MONDAY)


@pytest.mark.parametrize(
    "command",
    [e for e in examples() if type(e).__name__ in MAY[Role.COLLEGE].split()],
    ids=lambda command: type(command).__name__,
)
def test_a_college_acts_for_itself_and_its_own_classes_only(command: Command) -> None:
    grants = [Grant(role=Role.COLLEGE, organisation=key) for key in (CHAMBER, JOBCENTER)]
    with pytest.raises(OutsideOwnArea) as refusal:
        authorise(person("olga", grants[0]), command, state_of(command), MONDAY)
    assert refusal.value.facts == {"own": CHAMBER}
    assert authorise(person("olga", *grants), command, state_of(command), MONDAY) == Actor(
        account="olga", role=Role.COLLEGE, organisation=JOBCENTER, signed_in="token"
    )


@pytest.mark.parametrize(
    "command",
    [e for e in examples() if isinstance(e, ON_A_SEAT + OF_AN_ITEM)],
    ids=lambda command: type(command).__name__,
)
def test_a_member_acts_for_the_seat_they_sit_on_and_the_item_they_proposed_only(
    command: Command,
) -> None:
    grant = Grant(role=Role.STEERING_MEMBER, organisation=JOBCENTER)
    dora = person("dora", grant)
    assert authorise(dora, command, frozenset({"dora", "emil"}), MONDAY).account == "dora"
    standing_in = person("lena", msgspec.structs.replace(grant, substitutes="dora"))
    actor = authorise(standing_in, command, frozenset({"dora"}), MONDAY)
    assert (actor.account, actor.substitutes) == ("lena", "dora")
    for others in (frozenset({"emil"}), frozenset[str](), frozenset({""})):
        with pytest.raises(RoleMissing) as refusal:
            authorise(dora, command, others, MONDAY)
        assert refusal.value.facts == {"allowed": "coordinator"}


def test_a_class_that_does_not_exist_is_refused_like_one_of_another_college() -> None:
    staff = person("olga", Grant(role=Role.COLLEGE, organisation=CHAMBER))
    submitting = SubmitClass(training_class=CLASS.training_class, round=CLASS.training_class)
    refusals: list[str] = []
    for state in (UnknownClass(), THIS_CLASS):
        with pytest.raises(OutsideOwnArea) as refusal:
            authorise(staff, submitting, state, MONDAY)
        refusals.append(str(refusal.value))
    assert refusals[0] == refusals[1]


def test_nobody_but_the_college_writes_or_looks_at_learners() -> None:
    shared = {"EraseSubject", *(kind.__name__ for kind in get_args(WorkingGroupCommand))}
    about_learners = set(MAY[Role.COLLEGE].split()) - shared
    for role in set(Role) - {Role.COLLEGE}:
        assert not about_learners & set(MAY[role].split())


def test_who_holds_several_roles_acts_in_the_one_that_may() -> None:
    several = person(
        "gül",
        Grant(role=Role.AUDITOR, organisation=CHAMBER),
        Grant(role=Role.STEERING_MEMBER, organisation=JOBCENTER),
        Grant(role=Role.COORDINATOR, organisation="kreis"),
    )
    opening = OpenConcept(municipality=AGS, edition="2025")
    actor = authorise(several, opening, Unknown(), MONDAY)
    assert (actor.role, actor.organisation) == (Role.COORDINATOR, "kreis")


@pytest.mark.parametrize(
    ("at", "holds"),
    [
        (MONDAY - timedelta(microseconds=1), False),
        (MONDAY, True),
        (MONDAY + DAY - timedelta(microseconds=1), True),
        (MONDAY + DAY, False),
    ],
)
def test_a_role_counts_from_its_first_moment_up_to_and_without_its_last(
    at: datetime, holds: bool
) -> None:
    grant = Grant(role=Role.COORDINATOR, organisation="kreis", since=MONDAY, until=MONDAY + DAY)
    opening = OpenConcept(municipality=AGS, edition="2025")
    if holds:
        assert authorise(person("gül", grant), opening, Unknown(), at)
    else:
        with pytest.raises(RoleMissing):
            authorise(person("gül", grant), opening, Unknown(), at)


def test_the_console_and_processes_act_under_names_no_person_has() -> None:
    opening = OpenConcept(municipality=AGS, edition="2025")
    actor = authorise(CONSOLE, opening, Unknown(), MONDAY)
    assert (actor.account, actor.signed_in) == ("console", "console")
    closing = examples()[10]
    actor = authorise(process(f"concept/{CONCEPT_ID}"), closing, HERE, MONDAY)
    assert (actor.account, actor.signed_in) == (f"concept/{CONCEPT_ID}", "workflow")


READERS = {
    "coordinator": ADA,
    "case manager": BEN,
    "auditor": person("eve", Grant(role=Role.AUDITOR, organisation=CHAMBER)),
    "steering member": person("sam", Grant(role=Role.STEERING_MEMBER, organisation=CHAMBER)),
    "administrator": person("kim", Grant(role=Role.ADMINISTRATOR, organisation="kreis")),
    "member of an asked organisation": DORA,
    "member of another one": person(
        "ole", Grant(role=Role.ORGANISATION_MEMBER, organisation=CHAMBER)
    ),
    "nobody": person("nobody"),
}
READ_BEFORE_CONSULTATION = {
    "coordinator",
    "case manager",
    "auditor",
    "steering member",
    "administrator",
}
READ_IN_CONSULTATION = READ_BEFORE_CONSULTATION | {"member of an asked organisation"}


@pytest.mark.parametrize(
    ("concept", "readers"),
    [
        (Unknown(), set(READERS)),
        (after(*DRAFTED), READ_BEFORE_CONSULTATION),
        (after(*consulted()), READ_IN_CONSULTATION),
        (after(*adopted()), READ_IN_CONSULTATION),
        (after(*published()), set(READERS) - {"nobody"}),
    ],
    ids=["unknown", "drafting", "consulting", "adopted", "published"],
)
def test_a_concept_is_read_by_those_it_is_for(concept: Concept, readers: set[str]) -> None:
    may = {name for name, who in READERS.items() if may_read_concept(who, concept, MONDAY)}
    assert may == readers


def test_the_record_is_read_by_auditors_coordinators_and_administrators() -> None:
    assert {name for name, who in READERS.items() if _reads_the_record(who)} == {
        "coordinator",
        "auditor",
        "administrator",
    }


def _reads_the_record(principal: Principal) -> bool:
    try:
        require_record_reader(principal, MONDAY)
    except RoleMissing:
        return False
    return True
