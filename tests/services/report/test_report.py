"""The statements of the county's report on 2024/25, one by one, come out of what is in the log."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass

import pytest

from domain.working_groups.events import WorkingGroupEstablished
from services.demo.county import paderborn
from services.demo.steering import steering_of_paderborn
from services.demo.steering_year import load_steering
from services.embedded.postgres import EmbeddedPostgres
from services.eventstore.record import LogEntry
from services.eventstore.store import Moment
from services.goals.years import SchoolYears
from services.report.composing import Reports
from services.report.paper import as_text
from services.report.report import Report, Statement
from services.runtime import Runtime, running
from services.settings import Settings
from tests.conftest import COUNTY
from tests.support.databases import new_database

FACHSPRACHE = "Fachsprachliche Förderung im Rahmen von Ausbildungen"
MELDEFORMULAR = "Meldeformular für Unternehmen zu Deutschförderbedarfen"
COLLEGES = {
    "richard-von-weizsaecker-berufskolleg",
    "ludwig-erhard-berufskolleg",
    "helene-weber-berufskolleg",
    "gregor-mendel-berufskolleg",
    "berufskolleg-schloss-neuhaus",
}
CHAMBERS = {"ihk", "hwk"}
OF_MEMBERS = {"members", "guests"}
"""Figures that count organisations in one event, not events."""


@dataclass(frozen=True)
class Told:
    """What the report says in its own words, and what has to come out for it.

    `begins` is how the key of the statement begins, `says` are parts of its text in their order,
    `figures` its numbers, and `rests_on` the topics of the events behind it.
    """

    reported: str
    begins: str
    says: tuple[str, ...]
    figures: Mapping[str, int]
    rests_on: frozenset[str]


TOLD = (
    Told(
        "Die Lenkungsgruppe KIM hat im Schuljahr 2024/25 zweimal getagt.",
        "steering-sessions/sessions",
        ("Die Lenkungsgruppe KIM hat im Schuljahr 2024/25 zweimal getagt.",),
        {"sessions": 2},
        frozenset({"session.closed"}),
    ),
    Told(
        "Im September und Oktober haben Arbeitstreffen aus den Bereichen Arbeit und Sprache"
        " stattgefunden. Ziel war es, Angebote, Bedarfe und Lücken zu erfassen.",
        "steering-sessions/evidence-meeting-held",
        (
            "September und Oktober 2024",
            "zwei Arbeitstreffen",
            "Arbeit",
            "Sprache",
            "Angebote, Bedarfe und Lücken",
        ),
        {"evidence-meetings": 2},
        frozenset({"need-review.evidence-meeting-held"}),
    ),
    Told(
        "Die Ergebnisse der Treffen wurden der Lenkungsgruppe KIM am 26.11.2024 vorgestellt."
        " Es gab zwei Lösungsvorschläge.",
        "steering-sessions/sessions/1/1",
        ("ersten Sitzung am 26.11.2024", "Ergebnisse der Arbeitstreffen", "zwei Lösungsvorschläge"),
        {},
        frozenset({"session.closed", "session.item-proposed", "session.item-discussed"}),
    ),
    Told(
        "Die Lenkungsgruppe hat Beschlüsse zur Einrichtung von zwei Arbeitsgruppen gefasst.",
        "steering-sessions/resolution-passed",
        ("Die Lenkungsgruppe KIM hat am 26.11.2024 zwei Beschlüsse gefasst",),
        {"resolutions": 2},
        frozenset({"resolution.passed"}),
    ),
    Told(
        "In der zweiten Sitzung am 06.05.2025 wurde sie über den aktuellen Stand zur Arbeit der"
        " Arbeitsgruppen informiert.",
        "steering-sessions/sessions/2/1",
        ("zweiten Sitzung am 06.05.2025", "aktuellen Stand zur Arbeit der Arbeitsgruppen"),
        {},
        frozenset({"session.closed", "session.item-proposed", "session.item-discussed"}),
    ),
    Told(
        "Es gab einen Workshop „Integrationspolitische Entwicklungen im Spiegel institutioneller"
        " Praxis“, mit einer Bestandsaufnahme ernsthafter Probleme und möglichen Gegenmaßnahmen.",
        "steering-sessions/sessions/2/2",
        (
            "zweiten Sitzung am 06.05.2025",
            "Workshop mit dem Titel",
            "Integrationspolitische Entwicklungen im Spiegel institutioneller Praxis",
            "ernsthafte Probleme im Bereich Integration",
            "mögliche Gegenmaßnahmen",
        ),
        {},
        frozenset({"session.closed", "session.item-proposed", "session.item-discussed"}),
    ),
    Told(
        "Mindestens zwei zentrale Themen ergeben sich aus den Erkenntnissen des Case Managements;"
        " Anlass für den Workshop waren Ängste und Sorgen der Zielgruppe.",
        "steering-sessions/topics-from-findings",
        ("drei Themen", "aus den Erkenntnissen des KIM-Case-Managements", "Ängste und Sorgen"),
        {"themes": 3},
        frozenset({"theme.discussed"}),
    ),
    Told(
        "Der Rahmen für die sozialräumlichen KIM-Case-Management-Konzepte wurde entwickelt.",
        "concepts/framework-published",
        ("Der Rahmen für die sozialräumlichen KIM-Case-Management-Konzepte wurde entwickelt",),
        {"framework": 1},
        frozenset({"framework.edition-published"}),
    ),
    Told(
        "Im nächsten Schritt erfolgt die Abstimmung mit den Akteuren vor Ort.",
        "concepts/concepts/outstanding",
        ("Im nächsten Schritt erfolgt die Abstimmung mit den Akteuren vor Ort.",),
        {"concepts": 0},
        frozenset(),
    ),
    Told(
        "Die Lenkungsgruppe hat am 26.11.2024 mit der Einrichtung von zwei Arbeitsgruppen"
        " beauftragt.",
        "need-review/group-established/lenkungsgruppe-kim/2024-11-26",
        ("am 26.11.2024", "Einrichtung von zwei Arbeitsgruppen"),
        {"groups": 2},
        frozenset({"working-group.established"}),
    ),
    Told(
        "Die angestrebten Ziele wurden überwiegend erreicht.",
        "overall",
        ("Die angestrebten Ziele wurden überwiegend erreicht.",),
        {"goals": 2},
        frozenset({"session.closed", "theme.discussed", "need-review.closed"}),
    ),
)


@dataclass(frozen=True)
class Reported:
    """The report, and what is in the log at the positions that it names."""

    report: Report
    entries: Mapping[int, LogEntry]
    runtime: Runtime

    def statement(self, begins: str) -> Statement:
        """The first whose key begins so."""
        return next(one for one in self.all if one.key.startswith(begins))

    def of_group(self, section: str, title: str) -> Statement:
        return next(
            one
            for found in self.report.sections
            if found.key == section
            for one in found.statements
            if one.text.startswith(f"Die Arbeitsgruppe „{title}“")
        )

    @property
    def all(self) -> list[Statement]:
        return [one for section in self.report.sections for one in section.statements]


@pytest.fixture(scope="module")
async def reported(
    postgres: EmbeddedPostgres,
    loaded: Mapping[str, str],  # noqa: ARG001 (the template is there)
    master_key: bytes,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[Reported]:
    """The demo county with its history of 2024/25; nothing in it changes."""
    settings = Settings(
        data=tmp_path_factory.mktemp("report"), master_key=master_key.decode(), log_level="warning"
    )
    async with new_database(postgres.url, COUNTY) as url, running(settings, url) as runtime:
        steering = steering_of_paderborn()
        done = [
            line async for line in load_steering(runtime.desk, runtime.store, paderborn(), steering)
        ]
        assert len(done) == 3
        await runtime.read_models.catch_up()
        report = await reports(runtime).report("2024/25")
        positions = {p for s in report.sections for one in s.statements for p in one.positions}
        entries = await runtime.store.at(sorted(positions))
        yield Reported(report, {entry.position: entry for entry in entries}, runtime)


def reports(runtime: Runtime) -> Reports:
    years = SchoolYears(runtime.store, runtime.calendar)
    return Reports(runtime.pool, runtime.store, years)


@pytest.mark.parametrize("told", TOLD, ids=lambda told: told.begins)
def test_what_the_report_says_comes_out_of_the_log(reported: Reported, told: Told) -> None:
    this = reported.statement(told.begins)
    at = 0
    for part in told.says:
        at = this.text.index(part, at)
    assert {figure.name: figure.value for figure in this.figures} == told.figures
    topics = {reported.entries[position].topic for position in this.positions}
    assert topics == told.rests_on, told.reported


@pytest.mark.parametrize(
    ("title", "members", "called", "guests", "guests_called"),
    [
        (
            FACHSPRACHE,
            COLLEGES | CHAMBERS,
            "Feste Mitglieder sind Berufskollegs und Kammern.",
            {"agentur", "bamf", "auslaenderbehoerde-kreis"},
            ("Agentur für Arbeit", "BAMF", "Ausländer"),
        ),
        (
            MELDEFORMULAR,
            CHAMBERS | {"jobcenter", "agentur", "bamf"},
            "Mitglieder sind Kammern, Jobcenter",
            set[str](),
            (),
        ),
    ],
    ids=["fachsprache", "meldeformular"],
)
def test_each_working_group_has_the_members_and_guests_of_the_report(
    reported: Reported,
    title: str,
    members: set[str],
    called: str,
    guests: set[str],
    guests_called: tuple[str, ...],
) -> None:
    this = reported.of_group("need-review", title)
    [position] = this.positions
    event = reported.entries[position].event
    assert isinstance(event, WorkingGroupEstablished)
    assert (set(event.members), set(event.guests)) == (members, guests)
    figures = {figure.name: figure.value for figure in this.figures}
    assert figures == {"members": len(members), "guests": len(guests)}
    assert called in this.text
    for guest in guests_called:
        assert guest in this.text.partition("Als Gäste sind ")[2]
    assert ("Gäste" in this.text) is bool(guests)


def test_the_working_groups_react_to_what_the_report_says(reported: Reported) -> None:
    for title, purpose in (
        (FACHSPRACHE, "steigende Zahlen an Auszubildenden, die über zu geringe Deutschkenntnisse"),
        (MELDEFORMULAR, "niederschwellig darin unterstützt werden, passende Deutschförderangebote"),
    ):
        assert purpose in reported.of_group("need-review", title).text


def test_beyond_the_aims_the_groups_met_three_times_and_once_and_agreed(
    reported: Reported,
) -> None:
    for title, met, times, agreed in (
        (
            FACHSPRACHE,
            3,
            "dreimal",
            "einheitlichen Sprachstandserhebung in neuen",
        ),
        (MELDEFORMULAR, 1, "einmal", "Das Meldeformular wird erarbeitet."),
    ):
        this = reported.of_group("beyond", title)
        assert f"hat {times} getagt und vereinbart: " in this.text
        assert agreed in this.text
        figures = {figure.name: figure.value for figure in this.figures}
        assert figures == {"meetings": met, "agreements": 1}
        topics = [reported.entries[position].topic for position in this.positions]
        assert topics.count("working-group.meeting-held") == met
        assert topics.count("working-group.agreement-made") == 1


def test_the_aims_are_reached_or_not_as_the_report_says(reported: Reported) -> None:
    sections = reported.report.sections
    assert [section.key for section in sections] == [
        "steering-sessions",
        "concepts",
        "need-review",
        "overall",
        "beyond",
        "posts",
        "outlook",
    ]
    assert sections[0].title == (
        "Ziel 1: Die Lenkungsgruppe KIM hat zweimal getagt. Dabei wurden mindestens zwei zentrale"
        " Themen besprochen, die sich aus den Erkenntnissen des KIM-Case-Managements ergeben."
    )
    verdicts = [sections[number].statements[-1].text for number in range(3)]
    reached, outstanding = "Dieses Ziel wurde erreicht.", "Dieses Ziel wurde noch nicht erreicht."
    assert verdicts == [reached, outstanding, reached]
    [concepts] = reported.statement("concepts/attainment").figures
    assert (concepts.value, concepts.required) == (0, 9)
    review = reported.statement("need-review/review")
    assert "eine Arbeitsgruppe wird gebraucht" in review.text


def test_the_outlook_has_the_aims_of_the_next_school_year(reported: Reported) -> None:
    outlook = reported.report.sections[-1]
    intro, *goals = [statement.text for statement in outlook.statements]
    assert intro == ("Im Schuljahr 2025/26 sollen die folgenden operativen Ziele erreicht werden:")
    assert [goal.partition(" ")[0] for goal in goals] == ["Die", "In", "Die"]
    assert "zweimal getagt" in goals[0]
    assert "In allen kreisangehörigen Kommunen" in goals[1]
    assert "fünfmal im Schuljahr Arbeitsgruppentreffen organisiert" in goals[2]
    assert {
        reported.entries[position].topic for one in outlook.statements for position in one.positions
    } == {"school-year.goal-set"}


def test_every_figure_is_as_many_as_the_entries_it_names(reported: Reported) -> None:
    figures = [figure for one in reported.all for figure in one.figures]
    assert figures
    for figure in figures:
        if figure.name not in {*OF_MEMBERS, "goals", "posts"}:
            assert figure.value == len(figure.positions), figure
        assert set(figure.positions) <= reported.entries.keys()
    assert max(reported.entries) <= reported.report.position
    assert reported.report.is_final


async def test_the_report_is_given_as_it_was_after_the_first_session(reported: Reported) -> None:
    first, second = reported.statement("steering-sessions/sessions").positions
    earlier = await reports(reported.runtime).report("2024/25", Moment(position=second - 1))
    told = next(one for s in earlier.sections for one in s.statements if s.key != "overall")
    assert told.text == "Die Lenkungsgruppe KIM hat im Schuljahr 2024/25 einmal getagt."
    assert told.positions == (first,)
    assert (earlier.position, earlier.is_final) == (second - 1, False)
    next_year = earlier.sections[-1].statements
    assert [one.text for one in next_year] == [
        "Für das Schuljahr 2025/26 sind noch keine Ziele festgelegt."
    ]


async def test_carried_over_again_the_history_adds_nothing(reported: Reported) -> None:
    runtime = reported.runtime
    head = await runtime.store.head()
    steering = steering_of_paderborn()
    async for _ in load_steering(runtime.desk, runtime.store, paderborn(), steering):
        pass
    assert await runtime.store.head() == head


def test_what_is_assumed_is_said_with_its_source(reported: Reported) -> None:
    [meeting, *_] = reported.of_group("beyond", FACHSPRACHE).positions
    assert "angenommen" in reported.entries[meeting].metadata.source
    assert "Bericht zum Schuljahr 2024/25" in reported.entries[meeting].metadata.source


def test_as_text_the_positions_stand_behind_each_statement(reported: Reported) -> None:
    text = as_text(reported.report)
    sessions = reported.statement("steering-sessions/sessions")
    first, second = sessions.positions
    assert f"{sessions.text} [{first}, {second}]\n" in text
    assert text.endswith(f"Stand: Eintrag {reported.report.position} des Protokolls.\n")


def test_the_funded_posts_of_the_year_are_told_with_the_events_behind_them(
    reported: Reported,
) -> None:
    [section] = [one for one in reported.report.sections if one.key == "posts"]
    whole, *parts = section.statements
    assert whole.text == (
        "Am 31.07.2025 waren 13,0 von 13,5 geförderten Stellen besetzt."
        " Unbesetzt waren 0,5 geförderte Stellen."
    )
    [figure] = whole.figures
    assert (figure.value, figure.required) == (1300, 1350)
    topics = {reported.entries[position].topic for position in figure.positions}
    assert topics == {"post.established", "post.filled"}
    assert parts[0].text == "Koordinierung: 1,0 von 1,0 geförderten Stellen besetzt."
