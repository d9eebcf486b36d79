"""The files of findings: closed with the school year, but not before what they are in is done."""

from datetime import UTC, date, datetime
from uuid import UUID

import msgspec
import pytest

from domain.findings.commands import TakeIntoTheme, WithdrawFinding
from domain.findings.commands_theme import CloseTheme, MergeTheme, OpenTheme, ReopenTheme, theme_id
from domain.findings.events_theme import ThemeOutcome
from domain.kernel import Command
from domain.privacy.commands import EraseSubject
from domain.retention.classes import due_on
from services.identity.principal import CONSOLE
from services.privacy.retention.findings import Findings
from services.privacy.retention.plan import read_plan
from services.runtime import Runtime
from tests.domain.findings.example import NEED, REPORT
from tests.services.privacy.retention.test_learners import BERLIN, midnight
from tests.support.office import ADA, BEN, Office
from tests.support.retention import run, topics

YEAR = "2026/27"
YEAR_ENDS, DUE = date(2027, 7, 31), date(2033, 1, 1)
LATER = datetime(2028, 3, 6, 10, tzinfo=UTC)
PLAN = read_plan()
THEME, OTHER = theme_id("betrieb"), theme_id("lehre")


@pytest.fixture
def findings(unfollowed: Runtime) -> Findings:
    return Findings(unfollowed.pool, unfollowed.store, PLAN, BERLIN)


async def reported(office: Office, key: str = "kurse") -> UUID:
    report = msgspec.structs.replace(REPORT, key=key, school_year=YEAR)
    await office.ask(BEN, report)
    return report.subject


async def do(office: Office, *steps: Command) -> None:
    for step in steps:
        await office.ask(ADA, step, at=LATER)


async def closed_on(findings: Findings, finding: UUID) -> date | None:
    kept = await findings.kept_of(finding)
    assert kept is not None
    assert kept.retention_class == "findings"
    return kept.closed_on


async def test_one_that_waits_for_nothing_is_closed_with_its_school_year(
    office: Office, findings: Findings, unfollowed: Runtime
) -> None:
    finding = await reported(office)
    await unfollowed.read_models.catch_up()
    kept = await findings.kept_of(finding)
    assert kept is not None
    assert kept.closed_on == YEAR_ENDS
    assert due_on(kept, PLAN.classes[kept.retention_class]) == DUE
    assert await findings.closed(midnight(date(2032, 12, 31))) == []
    assert await findings.closed(midnight(DUE)) == [finding]
    assert await findings.kept_of(THEME) is None, "a theme is no finding"


async def test_one_in_a_theme_is_closed_with_it_wherever_it_goes_on(
    office: Office, findings: Findings
) -> None:
    finding = await reported(office)
    await do(
        office,
        OpenTheme(key="betrieb", title="Sprache im Betrieb"),
        OpenTheme(key="lehre", title="Sprache in der Lehre", sources=(NEED,)),
        TakeIntoTheme(finding=finding, theme=THEME),
    )
    assert await closed_on(findings, finding) is None
    await do(office, MergeTheme(theme=THEME, into=OTHER, reason="Dasselbe."))
    assert await closed_on(findings, finding) is None
    closing = CloseTheme(theme=OTHER, outcome=ThemeOutcome.SETTLED, text="Es gibt Kurse.")
    await do(office, closing)
    assert await closed_on(findings, finding) == LATER.date(), "later than its school year"
    await do(office, ReopenTheme(theme=OTHER, reason="Doch nicht."))
    assert await closed_on(findings, finding) is None


async def test_one_that_is_withdrawn_is_closed_on_that_day(
    office: Office, findings: Findings
) -> None:
    early, late = await reported(office), await reported(office, "bus")
    await office.ask(BEN, WithdrawFinding(finding=early, reason="Irrtum."))
    await do(office, WithdrawFinding(finding=late, reason="Irrtum."))
    assert await closed_on(findings, early) == YEAR_ENDS, "not before its school year ends"
    assert await closed_on(findings, late) == LATER.date()


async def test_it_is_proposed_when_it_is_due_and_not_again_once_erased(
    office: Office, findings: Findings, unfollowed: Runtime
) -> None:
    finding = await reported(office)
    await run(unfollowed, midnight(date(2032, 12, 31)))
    assert await topics(unfollowed, finding) == []
    await run(unfollowed, midnight(DUE))
    assert await topics(unfollowed, finding) == ["retention.erasure-proposed"]
    await office.ask(CONSOLE, EraseSubject(person=finding, reason="Frist abgelaufen"))
    await unfollowed.read_models.catch_up()
    assert await findings.closed(midnight(DUE)) == []
