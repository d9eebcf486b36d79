"""The goals of the county's report for 2024/25, as they were recorded."""

from collections.abc import Mapping

from domain.goals.context import YearContext
from domain.goals.counting import Occurrence
from domain.goals.decide import SCHOOL_YEAR
from domain.goals.events import Figure, GoalSet, Standing, StandingNoted, Target, YearClosed
from tests.domain.county import ADA, NRW, berlin
from tests.support.scenario import Scenario

YEAR = "2025/26"
SESSION, THEME, CONCEPT, MEETING = "session-held", "theme-discussed", "concept-adopted", "meeting"
REVIEW, GROUP, FRAMEWORK = "need-review-decided", "group-established", "framework-published"
EMPLOYED = "employed-by-county"

NOVEMBER = berlin(2025, 11, 25, 10)
AFTERWARDS = berlin(2026, 8, 1, 0, 5)

year = Scenario(
    SCHOOL_YEAR,
    YearContext(
        by=ADA,
        at=NOVEMBER,
        calendar=NRW,
        kinds=frozenset({SESSION, THEME, CONCEPT, MEETING, REVIEW, GROUP, FRAMEWORK}),
        groups={EMPLOYED: frozenset({"05774016", "05774036"})},
    ),
)

SESSIONS = Target(key="sessions", counts=SESSION, at_least=2)
TOPICS = Target(key="topics-from-findings", counts=THEME, at_least=2)
CONCEPTS = Target(key="concepts", counts=CONCEPT, each_of=EMPLOYED)

STEERING_SET = GoalSet(
    school_year=YEAR,
    goal="steering-sessions",
    text="Die Lenkungsgruppe KIM hat zweimal getagt.",
    targets=(SESSIONS, TOPICS),
)
CONCEPTS_SET = GoalSet(
    school_year=YEAR,
    goal="concepts",
    text="In allen Kommunen wurden Konzepte entwickelt.",
    targets=(CONCEPTS,),
    told=(FRAMEWORK,),
)


def occurrence(kind: str, position: int, about: str = "", school_year: str = YEAR) -> Occurrence:
    return Occurrence(kind=kind, school_year=school_year, position=position, about=about)


def counted(
    target: str,
    required: int,
    *positions: int,
    missing: tuple[str, ...] = (),
    goal: str = "steering-sessions",
) -> Figure:
    return Figure(
        goal=goal,
        target=target,
        required=required,
        actual=len(positions),
        positions=positions,
        missing=missing,
    )


def noted(standing: Standing, figure: Figure, planned: int = 0) -> StandingNoted:
    return StandingNoted(school_year=YEAR, figure=figure, standing=standing, planned=planned)


CLOSED = YearClosed(
    school_year=YEAR,
    figures=(counted("sessions", 2), counted("topics-from-findings", 2)),
)

NOTHING: Mapping[str, frozenset[str]] = {}
