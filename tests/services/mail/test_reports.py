"""Whose turn it is with a company's report is told by mail, and never which company it is."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from domain.directory.account import Grant
from domain.directory.commands import RecordAddress
from domain.kernel import Command, Role
from domain.language_needs.commands import (
    AcknowledgeReport,
    AnswerReferral,
    EscalateReport,
    NoteAfterStart,
    RecordStart,
    ReferReport,
    RemindHolder,
    SubmitReport,
    TriageReport,
    WithdrawReport,
)
from domain.language_needs.course import ReportCourse
from domain.language_needs.events import Channel, Priority, ReferralOutcome
from domain.language_needs.events_end import WithdrawalReason
from domain.language_needs.reference import reference_of, report_id
from services.identity.company import company
from services.identity.principal import CONSOLE, Principal, process
from services.intake.links import ReportLinks
from services.need_record import LoggedReports
from tests.services.mail.conftest import Mailroom, person
from tests.services.mail.test_carrying import body
from tests.services.mail.test_notifying import Town
from tests.support.assessments import ask
from tests.support.days import in_days
from tests.support.office import Office
from tests.support.report_years import (
    AGENCY,
    CONTACT,
    COORDINATOR,
    FIRM,
    KARIN,
    NEED,
    prepare_partners,
)
from workflows.language_need import workflow_id

REFERENCE = reference_of(7)
REPORT = report_id(REFERENCE)
CLOCK = process(workflow_id(REPORT))
COMPANY = company(REPORT)
BOTH = ("kai", "karin")


class ReportTown(Town):
    """The town, with a company that has reported a need."""

    at = datetime.now(UTC)

    async def course(self) -> ReportCourse:
        runtime = self.mailroom.runtime
        logged = LoggedReports(runtime.store, runtime.desk, runtime.calendar)
        return (await logged.course(REPORT))[0]

    async def do(self, command: Command, by: Principal = COORDINATOR) -> Sequence[tuple[str, str]]:
        """Somebody does it a minute after what was before; who is told what."""
        self.at += timedelta(minutes=1)
        await ask(self.mailroom.runtime, command, by, self.at)
        return await self.told()

    async def remind(self) -> Sequence[tuple[str, str]]:
        """The moment of the next reminder comes; who is told what."""
        course = await self.course()
        assert course.remind_at is not None
        assert course.due is not None
        self.at = course.remind_at
        return await self.do(RemindHolder(report=REPORT, due=course.due), CLOCK)

    async def climb(self) -> Sequence[tuple[str, str]]:
        """The moment comes at which it is overdue; who is told what."""
        course = await self.course()
        assert course.climbs_at is not None
        assert course.due is not None
        self.at = course.climbs_at
        escalating = EscalateReport(report=REPORT, due=course.due, level=course.level)
        return await self.do(escalating, CLOCK)


@pytest.fixture
async def town(mailroom: Mailroom, office: Office) -> ReportTown:
    await prepare_partners(mailroom.runtime)
    people = {
        name: await person(mailroom.runtime, office, name, f"{name}@example.org", (role, at))
        for name, role, at in (
            ("kai", Role.COORDINATOR, "kreis"),
            ("jule", Role.ORGANISATION_MEMBER, AGENCY),
            ("ada", Role.ADMINISTRATOR, "kreis"),
        )
    }
    address = RecordAddress(account=KARIN, address="karin@example.org")
    await ask(mailroom.runtime, address, CONSOLE)
    this = ReportTown(office, mailroom, {**people, "karin": KARIN, "company": REPORT})
    submission = SubmitReport(
        report=REPORT,
        reference=REFERENCE,
        channel=Channel.FORM,
        company=FIRM,
        contact=CONTACT,
        need=NEED,
        confirmed_at=this.at,
    )
    told = await this.do(submission, COMPANY)
    assert told == [("company", "report-received"), *_each("report-arrived", *BOTH)]
    return this


async def test_what_lies_about_climbs_from_the_coordination_to_the_administrators(
    town: ReportTown,
) -> None:
    assert await town.remind() == _each("report-reminder", *BOTH)
    assert await town.climb() == _each("report-overdue", *BOTH)
    assert await town.climb() == _each("report-escalated", "ada", *BOTH)


async def test_whoever_holds_a_report_is_told_and_nobody_once_it_is_withdrawn(
    town: ReportTown,
) -> None:
    jule = _member(town.people["jule"])
    acknowledgement = AcknowledgeReport(report=REPORT, contact_person=str(KARIN))
    assert await town.do(acknowledgement) == [("company", "report-acknowledged")]
    assert await town.remind() == [("karin", "report-reminder")]
    await town.do(TriageReport(report=REPORT, priority=Priority.NORMAL))
    referral = ReferReport(report=REPORT, organisation=AGENCY, question="Gibt es einen Kurs?")
    assert await town.do(referral) == [("jule", "referral-asked")]
    assert await town.remind() == [("jule", "referral-reminder")]
    assert await town.climb() == _each("report-overdue", "jule", *BOTH)
    answer = AnswerReferral(
        report=REPORT, organisation=AGENCY, answer=ReferralOutcome.DECLINED, text="Kein Platz."
    )
    assert await town.do(answer, jule) == [("karin", "report-returned")]
    await town.do(referral)
    withdrawal = WithdrawReport(report=REPORT, reason=WithdrawalReason.OTHER)
    assert await town.do(withdrawal, COMPANY) == [
        ("company", "report-withdrawn"),
        ("jule", "referral-recalled"),
        *_each("report-taken-back", *BOTH),
    ]


async def test_after_its_start_and_after_its_end_the_company_is_asked_how_the_course_goes(
    town: ReportTown,
) -> None:
    """From the log to the mailbox: told of, queued, written and taken by the server."""
    await town.do(AcknowledgeReport(report=REPORT, contact_person=str(KARIN)))
    await town.do(TriageReport(report=REPORT, priority=Priority.NORMAL))
    begin, end = in_days(30), in_days(120)
    start = RecordStart(report=REPORT, starts_on=begin, ends_on=end, participants=4)
    assert await town.do(start) == []
    asked = [("company", "report-follow-up"), ("karin", "report-follow-up-due")]
    assert await town.remind() == asked
    assert await town.do(NoteAfterStart(report=REPORT, participants=4)) == []
    assert await town.remind() == asked
    await town.mailroom.postman().carry_all()
    mails = town.mailroom.sink.sent_to(CONTACT.email)
    *_, started, ended = [" ".join(body(mail, "plain").split()) for mail in mails]
    assert "läuft seit kurzem" in started
    assert "ist zu Ende" in ended
    links = ReportLinks(town.mailroom.runtime.pool)
    for text in (started, ended):
        [token] = re.findall(r"/meldung/([\w-]+)", text)
        assert await links.report_of(token, datetime.now(UTC)) == REPORT


async def test_a_mail_names_the_report_by_its_reference_and_leads_to_it(
    town: ReportTown,
) -> None:
    await town.mailroom.postman().carry_all()
    [mail] = town.mailroom.sink.sent_to("karin@example.org")
    assert REFERENCE in mail["Subject"]
    text = " ".join(body(mail, "plain").split())
    assert f"/meldungen/{REPORT}" in text
    assert FIRM.name not in text
    assert CONTACT.name not in text


def _each(template: str, *names: str) -> list[tuple[str, str]]:
    return [(name, template) for name in names]


def _member(account: UUID) -> Principal:
    grant = Grant(role=Role.ORGANISATION_MEMBER, organisation=AGENCY)
    return Principal(account=str(account), grants=(grant,), signed_in="test")
