import pytest

from domain.findings.bands import Band
from domain.findings.commands import ReleaseFromTheme, TakeIntoTheme
from domain.findings.decide_theme import THEME
from domain.findings.errors import (
    AlreadyWithdrawn,
    InAnotherTheme,
    LooksLikeAClient,
    NotInATheme,
    ReasonMissing,
    UnknownFinding,
)
from domain.findings.errors_theme import NotOpen, OnAnAgenda, UnknownTheme
from domain.findings.events import FindingReleasedFromTheme
from domain.findings.events_theme import ThemeEvent
from domain.findings.finding import Reported
from domain.findings.standing import municipalities_to_name, reports_in
from tests.domain.county import SALZKOTTEN
from tests.domain.findings.example import (
    AUTUMN,
    BUEREN,
    CLOSED,
    FINDING_ID,
    MERGED,
    ON_AGENDA,
    OPENED,
    OTHER_THEME_ID,
    REPORTED,
    SUMMARISED,
    TAKEN,
    THEME_ID,
    WITHDRAWN,
    after,
    bundled,
    finding,
)

TAKE = TakeIntoTheme(finding=FINDING_ID, theme=THEME_ID)
RELEASE = ReleaseFromTheme(finding=FINDING_ID, reason="Gehört woanders hin.")
RELEASED = FindingReleasedFromTheme(
    finding=FINDING_ID, theme=THEME_ID, reason="Gehört woanders hin."
)
OPEN_THEME = THEME.replay([OPENED])


def test_a_finding_is_taken_into_a_theme_that_is_worked_on() -> None:
    finding.given(REPORTED).knowing(theme=OPEN_THEME).when(TAKE).then(TAKEN)
    finding.given(REPORTED, TAKEN).knowing(theme=OPEN_THEME).when(TAKE).then_nothing()


def test_a_finding_is_in_one_theme_at_a_time() -> None:
    other = TakeIntoTheme(finding=FINDING_ID, theme=OTHER_THEME_ID)
    finding.given(REPORTED, TAKEN).knowing(theme=OPEN_THEME).when(other).then_refused(
        InAnotherTheme, theme=str(THEME_ID)
    )


def test_a_withdrawn_finding_and_one_that_is_not_there_are_in_no_theme() -> None:
    scenario = finding.knowing(theme=OPEN_THEME)
    scenario.given(REPORTED, WITHDRAWN).when(TAKE).then_refused(AlreadyWithdrawn)
    scenario.given().when(TAKE).then_refused(UnknownFinding)


def test_a_finding_is_taken_into_no_theme_that_is_not_there() -> None:
    finding.given(REPORTED).when(TAKE).then_refused(UnknownTheme, theme=str(THEME_ID))


@pytest.mark.parametrize(
    ("history", "stage"),
    [
        (ON_AGENDA, "on-agenda"),
        ((OPENED, SUMMARISED, CLOSED), "closed"),
        ((OPENED, MERGED), "merged"),
    ],
)
def test_what_a_session_reads_or_what_is_over_takes_no_more_findings(
    history: tuple[ThemeEvent, ...], stage: str
) -> None:
    finding.given(REPORTED).knowing(theme=THEME.replay(history)).when(TAKE).then_refused(
        NotOpen, stage=stage
    )


def test_a_finding_is_released_from_its_theme_with_a_reason() -> None:
    scenario = finding.given(REPORTED, TAKEN).knowing(theme=OPEN_THEME)
    scenario.when(RELEASE).then(RELEASED)
    assert isinstance(after(REPORTED, TAKEN, RELEASED), Reported)
    silent = ReleaseFromTheme(finding=FINDING_ID, reason=" ")
    scenario.when(silent).then_refused(ReasonMissing)
    telling = ReleaseFromTheme(finding=FINDING_ID, reason="Frau Yildiz ist verzogen.")
    scenario.when(telling).then_refused(LooksLikeAClient)


def test_what_is_in_no_theme_is_not_released() -> None:
    for history in ((REPORTED,), (REPORTED, TAKEN, RELEASED), (REPORTED, TAKEN, WITHDRAWN)):
        finding.given(*history).knowing(theme=OPEN_THEME).when(RELEASE).then_refused(
            NotInATheme, finding=str(FINDING_ID)
        )


def test_without_knowing_its_theme_a_finding_is_not_released() -> None:
    finding.given(REPORTED, TAKEN).when(RELEASE).then_refused(UnknownTheme, theme=str(THEME_ID))


def test_a_finding_stays_while_a_session_is_about_to_discuss_it() -> None:
    finding.given(REPORTED, TAKEN).knowing(theme=THEME.replay(ON_AGENDA)).when(
        RELEASE
    ).then_refused(OnAnAgenda, session=str(AUTUMN))


def test_a_theme_bundles_what_is_in_it_and_in_those_merged_into_it() -> None:
    here, few = bundled("a", Band.FROM_5), bundled("b", Band.FROM_1, BUEREN.ags)
    findings = {FINDING_ID: after(REPORTED, TAKEN, WITHDRAWN)}
    for one in (here, few):
        findings[one.report.finding] = one
    assert {r.key for r in reports_in(findings, {THEME_ID})} == {"a", "b"}
    assert reports_in(findings, {OTHER_THEME_ID}) == ()
    assert len(reports_in(findings, {OTHER_THEME_ID, THEME_ID})) == 2


def test_a_municipality_with_fewer_than_five_cases_is_not_named() -> None:
    reports = [
        bundled("a", Band.FROM_5).report,
        *(bundled(key, Band.FROM_1, BUEREN.ags).report for key in "bcde"),
    ]
    assert municipalities_to_name(reports) == (SALZKOTTEN.ags,)
    fifth = bundled("f", Band.FROM_1, BUEREN.ags).report
    assert municipalities_to_name([*reports, fifth]) == (BUEREN.ags, SALZKOTTEN.ags)
