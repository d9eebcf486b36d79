from collections.abc import Mapping
from uuid import UUID

import msgspec

from domain.findings.bands import Band
from domain.findings.commands_theme import AttachResolution, HandOver, NoteDiscussion, TakeBack
from domain.findings.decide_theme import THEME
from domain.findings.errors import LooksLikeAClient, ReasonMissing
from domain.findings.errors_theme import (
    AlreadyEnded,
    NothingBundled,
    NotOnThisAgenda,
    OnAnAgenda,
    SummaryMissing,
    TooFewCases,
    UnknownTheme,
)
from domain.findings.events_theme import ResolutionAttached, ThemeDiscussed, ThemeTakenBack
from domain.findings.finding import Bundled, Finding
from domain.findings.standing import is_ready, obstacles
from domain.findings.theme import Open
from domain.kernel import stream_id
from tests.domain.county import SALZKOTTEN
from tests.domain.findings.example import (
    AUTUMN,
    BUEREN,
    CLOSED,
    DISCUSSED,
    FINDING_ID,
    FROM_ELSEWHERE,
    MERGED,
    ON_AGENDA,
    OPENED,
    OTHER_THEME_ID,
    REPORTED,
    RESOLUTION,
    SPRING,
    SUMMARISED,
    TAKEN,
    THEME_ID,
    WITHDRAWN,
    after,
    bundled,
    handed_over,
    theme,
)

HAND_OVER = HandOver(theme=THEME_ID, session=AUTUMN)
TAKE_BACK = TakeBack(theme=THEME_ID, session=AUTUMN, reason="Die Sitzung fällt aus.")
TAKEN_BACK = ThemeTakenBack(theme=THEME_ID, session=AUTUMN, reason="Die Sitzung fällt aus.")
DISCUSS = NoteDiscussion(theme=THEME_ID, session=AUTUMN, resolutions=(RESOLUTION,))
LATER_RESOLUTION = stream_id("resolution", "2027-05/1")


def by_id(*findings: Bundled) -> Mapping[UUID, Finding]:
    return {finding.report.finding: finding for finding in findings}


def test_a_theme_is_handed_over_with_its_findings_and_the_cases_they_stand_for() -> None:
    here, there = bundled("a", Band.FROM_5), bundled("b", Band.FROM_10, BUEREN.ags)
    (event,) = (
        theme.given(OPENED, SUMMARISED).knowing(findings=by_id(here, there)).when(HAND_OVER)
    ).decided()
    assert event == msgspec.structs.replace(
        handed_over(cases=15, named=(BUEREN.ags, SALZKOTTEN.ags)),
        findings=tuple(sorted((here.report.finding, there.report.finding))),
    )


def test_fewer_than_five_cases_never_go_on_an_agenda() -> None:
    few = by_id(*(bundled(key, Band.FROM_1) for key in "abcd"))
    scenario = theme.given(OPENED, SUMMARISED)
    scenario.knowing(findings=few).when(HAND_OVER).then_refused(
        TooFewCases, cases_at_least=4, needed=5
    )
    five = {**few, **by_id(bundled("e", Band.FROM_1, BUEREN.ags))}
    (event,) = scenario.knowing(findings=five).when(HAND_OVER).decided()
    assert event == msgspec.structs.replace(handed_over(cases=5), findings=tuple(sorted(five))), (
        "no municipality has five of its own, so none is named"
    )


def test_a_theme_from_elsewhere_with_few_cases_beside_waits_too() -> None:
    few = by_id(bundled("a", Band.FROM_1))
    theme.given(FROM_ELSEWHERE, SUMMARISED).knowing(findings=few).when(HAND_OVER).then_refused(
        TooFewCases, cases_at_least=1, needed=5
    )


def test_a_theme_from_elsewhere_stands_for_no_cases() -> None:
    theme.given(FROM_ELSEWHERE, SUMMARISED).when(HAND_OVER).then(handed_over())


def test_a_theme_from_nowhere_is_not_handed_over() -> None:
    theme.given(OPENED, SUMMARISED).when(HAND_OVER).then_refused(NothingBundled)


def test_what_was_withdrawn_or_is_in_another_theme_does_not_count() -> None:
    withdrawn = {FINDING_ID: after(REPORTED, TAKEN, WITHDRAWN)}
    loose = {FINDING_ID: after(REPORTED)}
    elsewhere = {FINDING_ID: after(REPORTED, msgspec.structs.replace(TAKEN, theme=OTHER_THEME_ID))}
    for findings in (withdrawn, loose, elsewhere):
        theme.given(OPENED, SUMMARISED).knowing(findings=findings).when(HAND_OVER).then_refused(
            NothingBundled
        )


def test_the_findings_of_a_theme_that_was_merged_into_it_count() -> None:
    elsewhere = after(REPORTED, msgspec.structs.replace(TAKEN, theme=OTHER_THEME_ID))
    theme.given(OPENED, SUMMARISED).knowing(
        findings={FINDING_ID: elsewhere}, merged=frozenset({OTHER_THEME_ID})
    ).when(HAND_OVER).then(
        msgspec.structs.replace(
            handed_over(cases=5, named=(SALZKOTTEN.ags,)), findings=(FINDING_ID,)
        )
    )


def test_a_theme_is_handed_over_with_a_summary() -> None:
    theme.given(FROM_ELSEWHERE).when(HAND_OVER).then_refused(SummaryMissing)


def test_everything_that_keeps_a_theme_off_an_agenda_is_told_at_once() -> None:
    opened = THEME.replay([OPENED])
    assert isinstance(opened, Open)
    assert [type(o) for o in obstacles(opened.matter, ())] == [SummaryMissing, NothingBundled]
    few = [bundled("a", Band.FROM_1).report]
    assert [type(o) for o in obstacles(opened.matter, few)] == [SummaryMissing, TooFewCases]


def test_a_theme_on_an_agenda_is_ready_only_as_long_as_there_are_five_cases() -> None:
    handed = THEME.replay([OPENED, SUMMARISED, handed_over(cases=5)])
    enough, few = (bundled("a", band).report for band in (Band.FROM_5, Band.FROM_1))
    assert is_ready(handed, [enough])
    assert not is_ready(handed, [few]), "the band was corrected"
    assert not is_ready(handed, []), "it was withdrawn"
    assert is_ready(THEME.replay([OPENED, SUMMARISED]), [enough])
    assert not is_ready(THEME.replay([OPENED]), [enough])
    for end in (CLOSED, MERGED):
        assert not is_ready(THEME.replay([OPENED, SUMMARISED, end]), [enough])
    assert not is_ready(THEME.initial, [enough])


def test_a_theme_is_before_one_session_at_a_time() -> None:
    theme.given(*ON_AGENDA).when(HAND_OVER).then_nothing()
    theme.given(*ON_AGENDA).when(HandOver(theme=THEME_ID, session=SPRING)).then_refused(
        OnAnAgenda, session=str(AUTUMN)
    )


def test_a_theme_is_handed_over_again_after_it_was_taken_back_or_discussed() -> None:
    again = msgspec.structs.replace(handed_over(), session=SPRING)
    to_spring = HandOver(theme=THEME_ID, session=SPRING)
    theme.given(*ON_AGENDA, TAKEN_BACK).when(HAND_OVER).then(handed_over())
    theme.given(*ON_AGENDA, TAKEN_BACK).when(to_spring).then(again)
    theme.given(*ON_AGENDA, DISCUSSED).when(to_spring).then(again)


def test_a_session_discusses_a_theme_once() -> None:
    theme.given(*ON_AGENDA, DISCUSSED).when(HAND_OVER).then_nothing()


def test_what_is_over_is_not_handed_over() -> None:
    for end, stage in ((CLOSED, "closed"), (MERGED, "merged")):
        theme.given(FROM_ELSEWHERE, SUMMARISED, end).when(HAND_OVER).then_refused(
            AlreadyEnded, stage=stage
        )


def test_a_theme_is_taken_back_from_the_session_it_is_for_with_a_reason() -> None:
    theme.given(*ON_AGENDA).when(TAKE_BACK).then(TAKEN_BACK)
    other = msgspec.structs.replace(TAKE_BACK, session=SPRING)
    theme.given(*ON_AGENDA).when(other).then_refused(NotOnThisAgenda, session=str(SPRING))
    theme.given(*ON_AGENDA, TAKEN_BACK).when(TAKE_BACK).then_refused(NotOnThisAgenda)
    for reason, error in ((" ", ReasonMissing), ("Herr Yildiz ist krank.", LooksLikeAClient)):
        silent = msgspec.structs.replace(TAKE_BACK, reason=reason)
        theme.given(*ON_AGENDA).when(silent).then_refused(error)


def test_a_discussion_is_noted_with_the_findings_and_what_came_of_it() -> None:
    theme.given(*ON_AGENDA).when(DISCUSS).then(DISCUSSED)
    bundle = msgspec.structs.replace(handed_over(cases=5), findings=(FINDING_ID,))
    twice = msgspec.structs.replace(DISCUSS, resolutions=(RESOLUTION, RESOLUTION))
    theme.given(OPENED, SUMMARISED, bundle).when(twice).then(
        ThemeDiscussed(
            theme=THEME_ID, session=AUTUMN, findings=(FINDING_ID,), resolutions=(RESOLUTION,)
        )
    )


def test_a_discussion_is_noted_once_and_later_resolutions_are_added() -> None:
    theme.given(*ON_AGENDA, DISCUSSED).when(DISCUSS).then_nothing()
    more = msgspec.structs.replace(DISCUSS, resolutions=(RESOLUTION, LATER_RESOLUTION))
    theme.given(*ON_AGENDA, DISCUSSED).when(more).then(
        ResolutionAttached(theme=THEME_ID, resolution=LATER_RESOLUTION)
    )


def test_a_session_discusses_what_it_was_given() -> None:
    theme.given(OPENED).when(DISCUSS).then_refused(NotOnThisAgenda, session=str(AUTUMN))
    theme.given(*ON_AGENDA, TAKEN_BACK).when(DISCUSS).then_refused(NotOnThisAgenda)
    in_spring = NoteDiscussion(theme=THEME_ID, session=SPRING)
    theme.given(*ON_AGENDA).when(in_spring).then_refused(NotOnThisAgenda, session=str(SPRING))


def test_a_resolution_is_attached_once_also_after_the_end() -> None:
    attach = AttachResolution(theme=THEME_ID, resolution=LATER_RESOLUTION)
    attached = ResolutionAttached(theme=THEME_ID, resolution=LATER_RESOLUTION)
    theme.given(*ON_AGENDA, DISCUSSED).when(attach).then(attached)
    theme.given(OPENED, CLOSED).when(attach).then(attached)
    theme.given(OPENED, CLOSED, attached).when(attach).then_nothing()
    theme.given(OPENED, MERGED).when(attach).then_refused(AlreadyEnded, stage="merged")
    theme.given().when(attach).then_refused(UnknownTheme)


def test_a_theme_knows_where_it_was_discussed_and_what_was_decided() -> None:
    state = THEME.replay([*ON_AGENDA, DISCUSSED])
    assert isinstance(state, Open)
    assert state.matter.discussed_in == (AUTUMN,)
    assert state.matter.resolutions == (RESOLUTION,)
