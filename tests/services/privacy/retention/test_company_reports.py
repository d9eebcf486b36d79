"""The files of companies' reports: closed with the report; who it was goes, the figures stay."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from domain.directory.commands import (
    GrantRole,
    RegisterAccount,
    RegisterOrganisation,
)
from domain.directory.events import OrganisationKind
from domain.kernel import Erased, Role
from domain.language_needs.commands import ReopenReport, WithdrawReport
from domain.language_needs.decide import COMPANY_REPORT
from domain.language_needs.events_end import WithdrawalReason
from domain.language_needs.report import Withdrawn
from domain.privacy.commands import EraseSubject
from domain.retention.classes import due_on
from services.contexts.streams import Streams
from services.identity.company import company
from services.identity.principal import CONSOLE
from services.privacy.retention.company_reports import CompanyReports
from services.privacy.retention.plan import read_plan
from services.runtime import Runtime
from tests.domain.language_needs.example import (
    ACKNOWLEDGE,
    CONTACT_PERSON,
    NEED,
    REPORT_ID,
    SUBMIT,
)
from tests.services.privacy.retention.test_learners import BERLIN, midnight
from tests.support.office import ADA, Office
from tests.support.retention import run, topics

PLAN = read_plan()
IN_MAY = datetime(2026, 5, 4, 10, tzinfo=UTC)
IN_JUNE = datetime(2026, 6, 8, 10, tzinfo=UTC)
DUE = date(2029, 1, 1)
COMPANY = company(REPORT_ID)
WITHDRAW = WithdrawReport(report=REPORT_ID, reason=WithdrawalReason.SOLVED_OTHERWISE)


@pytest.fixture
def files(unfollowed: Runtime) -> CompanyReports:
    return CompanyReports(unfollowed.pool, unfollowed.store, PLAN, BERLIN)


async def acknowledged(office: Office) -> None:
    person = UUID(CONTACT_PERSON)
    for command in (
        RegisterAccount(account=person, name="Ada Öz"),
        RegisterOrganisation(key="kreis", name="Kreis", kind=OrganisationKind.COUNTY),
        GrantRole(account=person, role=Role.COORDINATOR, organisation="kreis"),
    ):
        await office.ask(CONSOLE, command)
    await office.ask(COMPANY, SUBMIT)
    await office.ask(ADA, ACKNOWLEDGE)


async def closed_on(files: CompanyReports) -> date | None:
    kept = await files.kept_of(REPORT_ID)
    assert kept is not None
    return kept.closed_on


async def test_it_is_closed_when_the_report_ends_and_open_again_when_that_is_reopened(
    office: Office, files: CompanyReports
) -> None:
    await acknowledged(office)
    assert await closed_on(files) is None
    await office.ask(COMPANY, WITHDRAW, at=IN_MAY)
    assert await closed_on(files) == IN_MAY.date()
    await office.ask(ADA, ReopenReport(report=REPORT_ID, reason="Doch."), at=IN_MAY)
    assert await closed_on(files) is None
    await office.ask(COMPANY, WITHDRAW, at=IN_JUNE)
    kept = await files.kept_of(REPORT_ID)
    assert kept is not None
    assert (kept.closed_on, kept.retention_class) == (IN_JUNE.date(), "company-report-contact")
    assert due_on(kept, PLAN.classes[kept.retention_class]) == DUE
    assert await files.kept_of(UUID(CONTACT_PERSON)) is None, "an account is no report"


async def test_once_erased_nobody_knows_the_company_and_the_figures_stay(
    office: Office, files: CompanyReports, unfollowed: Runtime
) -> None:
    await acknowledged(office)
    await office.ask(COMPANY, WITHDRAW, at=IN_MAY)
    await run(unfollowed, midnight(date(2028, 12, 31)))
    assert await topics(unfollowed, REPORT_ID) == []
    await run(unfollowed, midnight(DUE))
    assert await topics(unfollowed, REPORT_ID) == ["retention.erasure-proposed"]
    await office.ask(CONSOLE, EraseSubject(person=REPORT_ID, reason="Frist abgelaufen"))
    await unfollowed.read_models.catch_up()
    assert await files.closed(midnight(DUE)) == []
    report = await Streams(unfollowed.store).state(COMPANY_REPORT, REPORT_ID)
    assert isinstance(report, Withdrawn)
    record = report.record
    for sealed in (record.company_name, record.contact, record.remark, record.message):
        assert isinstance(sealed, Erased)
    assert (record.need, record.company.trade) == (NEED, SUBMIT.company.trade)
