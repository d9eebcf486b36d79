import msgspec
import pytest

from domain.assessments.errors import MalformedKey
from domain.findings.clients import FalseAlarm, Sign
from domain.findings.commands_theme import (
    CloseTheme,
    MergeTheme,
    NameSource,
    OpenTheme,
    ReopenTheme,
    SummariseTheme,
)
from domain.findings.decide_theme import THEME
from domain.findings.errors import LooksLikeAClient, ReasonMissing, TextMissing
from domain.findings.errors_theme import (
    AlreadyEnded,
    AlreadyOpened,
    MergedIntoItself,
    NoSections,
    NotEnded,
    NotOpen,
    OnAnAgenda,
    ResolutionMissing,
    SectionTwice,
    SummaryChanged,
    UnknownTheme,
)
from domain.findings.events_theme import (
    ResolutionAttached,
    Source,
    SourceKind,
    SourceNamed,
    SummarySection,
    ThemeClosed,
    ThemeEvent,
    ThemeOutcome,
    ThemeReopened,
    ThemeSummarised,
)
from domain.findings.theme import Closed, Merged, OnAgenda, Open, Unknown, stage_of
from tests.domain.county import ADA
from tests.domain.findings.example import (
    AUTUMN,
    CLOSED,
    FROM_ELSEWHERE,
    MERGED,
    NEED,
    ON_AGENDA,
    OPENED,
    OTHER_OPENED,
    OTHER_THEME_ID,
    RESOLUTION,
    SECTION,
    SUMMARISED,
    THEME_ID,
    theme,
)

OPEN = OpenTheme(key="sprache-im-betrieb", title="Sprache im Betrieb")
SUMMARISE = SummariseTheme(
    theme=THEME_ID, title="Sprache im Betrieb", sections=(SECTION,), based_on=0
)
CLOSE = CloseTheme(theme=THEME_ID, outcome=ThemeOutcome.SETTLED, text="Es gibt Abendkurse.")
MERGE = MergeTheme(theme=THEME_ID, into=OTHER_THEME_ID, reason="Dasselbe Thema.")
REOPEN = ReopenTheme(theme=THEME_ID, reason="Die Kurse fallen aus.")
REOPENED = ThemeReopened(theme=THEME_ID, reason="Die Kurse fallen aus.")
ATTACHED = ResolutionAttached(theme=THEME_ID, resolution=RESOLUTION)
TELLING = "Frau Yildiz sucht."


def test_a_theme_is_opened_from_findings_or_from_elsewhere() -> None:
    theme.given().when(OPEN).then(OPENED)
    theme.given().when(msgspec.structs.replace(OPEN, sources=(NEED,))).then(FROM_ELSEWHERE)
    unnamed = (msgspec.structs.replace(NEED, reference=""),)
    theme.given().when(msgspec.structs.replace(OPEN, sources=unnamed)).then(
        msgspec.structs.replace(OPENED, sources=unnamed)
    )


def test_opening_the_same_theme_again_adds_nothing_and_another_needs_another_key() -> None:
    theme.given(OPENED).when(OPEN).then_nothing()
    other = msgspec.structs.replace(OPEN, title="Etwas anderes")
    theme.given(OPENED).when(other).then_refused(AlreadyOpened, key="sprache-im-betrieb")
    theme.given(OPENED, SUMMARISED).when(OPEN).then_refused(AlreadyOpened)


def test_a_theme_has_a_key_and_a_title_that_names_nobody() -> None:
    for change, error in (
        ({"key": "Sprache im Betrieb"}, MalformedKey),
        ({"title": " "}, TextMissing),
        ({"title": TELLING}, LooksLikeAClient),
        ({"sources": (msgspec.structs.replace(NEED, text=TELLING),)}, LooksLikeAClient),
        ({"sources": (msgspec.structs.replace(NEED, text=""),)}, TextMissing),
        ({"sources": (msgspec.structs.replace(NEED, reference="Frau A"),)}, MalformedKey),
    ):
        theme.given().when(msgspec.structs.replace(OPEN, **change)).then_refused(error)


def test_what_was_never_opened_is_not_worked_on() -> None:
    for command in (SUMMARISE, CLOSE, MERGE, REOPEN):
        theme.given().when(command).then_refused(UnknownTheme, theme=str(THEME_ID))


def test_a_source_is_named_once() -> None:
    partner = Source(kind=SourceKind.PARTNER, text="Die Kammer berichtet.", reference="ihk")
    name = NameSource(theme=THEME_ID, source=partner)
    named = SourceNamed(theme=THEME_ID, source=partner)
    theme.given(OPENED).when(name).then(named)
    theme.given(OPENED, named).when(name).then_nothing()
    telling = NameSource(theme=THEME_ID, source=msgspec.structs.replace(partner, text=TELLING))
    theme.given(OPENED).when(telling).then_refused(LooksLikeAClient)


def test_a_summary_is_written_in_sections_by_somebody() -> None:
    theme.given(OPENED).when(SUMMARISE, by=ADA).then(SUMMARISED)
    for_ben = msgspec.structs.replace(ADA, substitutes="ben")
    theme.given(OPENED).when(SUMMARISE, by=for_ben).then(
        msgspec.structs.replace(SUMMARISED, substitutes="ben")
    )


def test_every_version_of_the_summary_counts_on() -> None:
    more = (SECTION, SummarySection(key="bedarf", heading="Was fehlt", text="Abendkurse."))
    again = SummariseTheme(theme=THEME_ID, title="Sprache", sections=more, based_on=1)
    theme.given(OPENED, SUMMARISED).when(again).then(
        ThemeSummarised(theme=THEME_ID, version=2, title="Sprache", sections=more, author="ada")
    )
    state = THEME.replay([OPENED, SUMMARISED])
    assert isinstance(state, Open)
    assert (state.matter.version, state.matter.sections) == (1, (SECTION,))


def test_saving_the_same_summary_again_is_no_new_version() -> None:
    theme.given(OPENED, SUMMARISED).when(SUMMARISE).then_nothing()


def test_nobody_overwrites_what_somebody_else_saved_in_the_meantime() -> None:
    other = msgspec.structs.replace(SUMMARISE, title="Sprache")
    theme.given(OPENED, SUMMARISED).when(other).then_refused(SummaryChanged, based_on=0, current=1)


def test_a_summary_has_different_sections_that_name_nobody() -> None:
    for sections, error in (
        ((), NoSections),
        ((SECTION, SECTION), SectionTwice),
        ((msgspec.structs.replace(SECTION, key="Die Lage"),), MalformedKey),
        ((msgspec.structs.replace(SECTION, heading=TELLING),), LooksLikeAClient),
        ((msgspec.structs.replace(SECTION, text=TELLING),), LooksLikeAClient),
        ((msgspec.structs.replace(SECTION, text=""),), TextMissing),
    ):
        command = msgspec.structs.replace(SUMMARISE, sections=sections)
        theme.given(OPENED).when(command).then_refused(error)
    titled = msgspec.structs.replace(SUMMARISE, title=TELLING)
    theme.given(OPENED).when(titled).then_refused(LooksLikeAClient)


def test_a_false_alarm_in_a_section_is_recorded_with_it() -> None:
    alarm = FalseAlarm(sign=Sign.NAME, start=0, end=11, reason="So heißt der Kurs.")
    section = msgspec.structs.replace(SECTION, text=TELLING, false_alarms=(alarm,))
    command = msgspec.structs.replace(SUMMARISE, sections=(section,))
    theme.given(OPENED).when(command).then(msgspec.structs.replace(SUMMARISED, sections=(section,)))


def test_a_theme_is_closed_with_what_became_of_it() -> None:
    theme.given(OPENED).when(CLOSE).then(CLOSED)
    theme.given(OPENED, CLOSED).when(CLOSE).then_nothing()
    theme.given(OPENED, CLOSED).when(
        msgspec.structs.replace(CLOSE, outcome=ThemeOutcome.NOT_PURSUED)
    ).then_refused(AlreadyEnded, stage="closed")
    for text, error in ((" ", TextMissing), (TELLING, LooksLikeAClient)):
        theme.given(OPENED).when(msgspec.structs.replace(CLOSE, text=text)).then_refused(error)


@pytest.mark.parametrize("outcome", [ThemeOutcome.MANDATED, ThemeOutcome.REPORTED])
def test_a_mandate_and_a_report_to_the_ministry_need_a_resolution(outcome: ThemeOutcome) -> None:
    close = msgspec.structs.replace(CLOSE, outcome=outcome)
    theme.given(OPENED).when(close).then_refused(ResolutionMissing, outcome=outcome)
    theme.given(OPENED, ATTACHED).when(close).then(
        ThemeClosed(theme=THEME_ID, outcome=outcome, text="Es gibt Abendkurse.")
    )


def test_a_theme_is_merged_into_another_that_is_worked_on() -> None:
    other = THEME.replay([OTHER_OPENED])
    theme.given(OPENED).knowing(into=other).when(MERGE).then(MERGED)
    theme.given(OPENED, MERGED).knowing(into=other).when(MERGE).then_nothing()
    theme.given(OPENED).when(MERGE).then_refused(UnknownTheme, theme=str(OTHER_THEME_ID))
    closed = THEME.replay([OTHER_OPENED, CLOSED])
    theme.given(OPENED).knowing(into=closed).when(MERGE).then_refused(NotOpen, stage="closed")
    silent = msgspec.structs.replace(MERGE, reason="")
    theme.given(OPENED).knowing(into=other).when(silent).then_refused(ReasonMissing)


def test_a_theme_is_merged_neither_into_itself_nor_in_a_circle() -> None:
    itself = msgspec.structs.replace(MERGE, into=THEME_ID)
    theme.given(OPENED).knowing(into=THEME.replay([OPENED])).when(itself).then_refused(
        MergedIntoItself
    )
    back = THEME.replay([OTHER_OPENED, msgspec.structs.replace(MERGED, into=THEME_ID)])
    theme.given(OPENED).knowing(into=back).when(MERGE).then_refused(NotOpen, stage="merged")


@pytest.mark.parametrize("end", [CLOSED, MERGED])
def test_an_end_is_undone_with_a_reason(end: ThemeEvent) -> None:
    theme.given(OPENED, SUMMARISED, end).when(REOPEN).then(REOPENED)
    assert THEME.replay([OPENED, SUMMARISED, end, REOPENED]) == THEME.replay([OPENED, SUMMARISED])
    silent = msgspec.structs.replace(REOPEN, reason=" ")
    theme.given(OPENED, end).when(silent).then_refused(ReasonMissing)


def test_what_has_not_ended_is_not_reopened() -> None:
    theme.given(OPENED).when(REOPEN).then_refused(NotEnded, stage="open")
    theme.given(*ON_AGENDA).when(REOPEN).then_refused(NotEnded, stage="on-agenda")


@pytest.mark.parametrize(
    "command", [msgspec.structs.replace(SUMMARISE, based_on=1, title="Neu"), CLOSE, MERGE]
)
def test_what_a_session_is_about_to_discuss_does_not_change(
    command: SummariseTheme | CloseTheme | MergeTheme,
) -> None:
    theme.given(*ON_AGENDA).knowing(into=THEME.replay([OTHER_OPENED])).when(command).then_refused(
        OnAnAgenda, session=str(AUTUMN)
    )


def test_what_is_over_does_not_change() -> None:
    for end, stage in ((CLOSED, "closed"), (MERGED, "merged")):
        theme.given(OPENED, end).when(SUMMARISE).then_refused(AlreadyEnded, stage=stage)


def test_a_theme_goes_through_its_stages() -> None:
    histories: list[tuple[ThemeEvent, ...]] = [(), (OPENED,), ON_AGENDA]
    histories += [(OPENED, CLOSED), (OPENED, MERGED)]
    stages = [THEME.replay(history) for history in histories]
    assert [type(stage) for stage in stages] == [Unknown, Open, OnAgenda, Closed, Merged]
    assert list(map(stage_of, stages)) == ["unknown", "open", "on-agenda", "closed", "merged"]
