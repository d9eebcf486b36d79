"""What the report of 2024/25 says of its goals comes out of what was counted, and so will 2025/26.

The report is that of the county of Paderborn, with its aims and how far they were reached.
"""

from domain.goals.commands import SetGoal
from domain.goals.counting import Occurrence, attainment
from domain.goals.decide import SCHOOL_YEAR
from domain.goals.events import Target
from domain.goals.year import Running
from tests.domain.county import berlin
from tests.domain.goals.example import (
    CONCEPT,
    EMPLOYED,
    FRAMEWORK,
    GROUP,
    MEETING,
    REVIEW,
    SESSION,
    THEME,
    year,
)

REPORTED, NEXT = "2024/25", "2025/26"
MUNICIPALITIES = frozenset(f"057740{number:02}" for number in (4, 8, 12, 16, 20, 24, 28, 36, 40))
GROUPS = {EMPLOYED: MUNICIPALITIES}

STEERING = (
    Target(key="sessions", counts=SESSION, at_least=2),
    Target(key="topics-from-findings", counts=THEME, at_least=2),
)
CONCEPTS = (Target(key="concepts", counts=CONCEPT, each_of=EMPLOYED),)

GOALS = (
    SetGoal(
        school_year=REPORTED,
        goal="steering-sessions",
        text="Die Lenkungsgruppe KIM hat zweimal getagt. Dabei wurden mindestens zwei zentrale"
        " Themen besprochen, die sich aus den Erkenntnissen des KIM-Case-Managements ergeben.",
        targets=STEERING,
        source="Bericht 2024/25",
    ),
    SetGoal(
        school_year=REPORTED,
        goal="concepts",
        text="In allen Kommunen, in denen der Kreis Anstellungsträger ist, wurden Konzepte"
        " entwickelt.",
        targets=CONCEPTS,
        told=(FRAMEWORK,),
        source="Bericht 2024/25",
    ),
    SetGoal(
        school_year=REPORTED,
        goal="need-review",
        text="Es wird geprüft, ob eine kreisweite Arbeitsgruppe gebraucht wird.",
        targets=(Target(key="review", counts=REVIEW, at_least=1),),
        told=(GROUP, MEETING),
        source="Bericht 2024/25",
    ),
)

NEXT_GOALS = (
    SetGoal(school_year=NEXT, goal="steering-sessions", text="Wie zuvor.", targets=STEERING),
    SetGoal(school_year=NEXT, goal="concepts", text="Wie zuvor.", targets=CONCEPTS),
    SetGoal(
        school_year=NEXT,
        goal="working-group-meetings",
        text="Fünfmal im Schuljahr wurden Arbeitsgruppentreffen organisiert.",
        targets=(Target(key="meetings", counts=MEETING, at_least=5),),
    ),
)


def happened(kind: str, position: int, about: str = "") -> Occurrence:
    return Occurrence(kind=kind, school_year=REPORTED, position=position, about=about)


HISTORY = (
    happened(REVIEW, 10, "integration-topics"),
    happened(SESSION, 11, "2024-11-26"),
    happened(THEME, 12, "work"),
    happened(THEME, 13, "language"),
    happened(GROUP, 14, "fachsprache"),
    happened(GROUP, 15, "meldeformular"),
    happened(MEETING, 16),
    happened(MEETING, 17),
    happened(SESSION, 18, "2025-05-06"),
    happened(MEETING, 19),
    happened(MEETING, 20),
    happened(FRAMEWORK, 21),
)


def running(goals: tuple[SetGoal, ...]) -> Running:
    """The year after these goals were set, each as it was asked for."""
    context = year.knowing(
        groups=GROUPS, kinds=frozenset({SESSION, THEME, CONCEPT, MEETING, REVIEW, GROUP, FRAMEWORK})
    )
    state = SCHOOL_YEAR.initial
    for goal in goals:
        (decided,) = context.when(goal, at=berlin(2025, 9, 1)).decided()
        state = SCHOOL_YEAR.evolve(state, decided)
    assert isinstance(state, Running)
    return state


def test_the_goals_of_2024_25_are_reached_or_not_as_the_report_says() -> None:
    goals = running(GOALS).plan.goals
    reached = {
        key: attainment(goal, REPORTED, HISTORY, GROUPS).is_reached for key, goal in goals.items()
    }
    assert reached == {"steering-sessions": True, "concepts": False, "need-review": True}


def test_every_figure_of_the_report_names_what_it_rests_on() -> None:
    goals = running(GOALS).plan.goals
    steering, concepts, review = (
        attainment(goals[key], REPORTED, HISTORY, GROUPS)
        for key in ("steering-sessions", "concepts", "need-review")
    )
    assert [figure.positions for figure in steering.figures] == [(11, 18), (12, 13)]
    assert concepts.figures[0].required == 9
    assert set(concepts.figures[0].missing) == MUNICIPALITIES
    assert concepts.told == {FRAMEWORK: (21,)}, "the framework was developed"
    assert review.told == {GROUP: (14, 15), MEETING: (16, 17, 19, 20)}, "two groups came of it"


def test_the_goals_of_2025_26_can_be_set_and_nothing_of_the_year_before_counts() -> None:
    goals = running(NEXT_GOALS).plan.goals
    figures = [
        figure
        for goal in goals.values()
        for figure in attainment(goal, NEXT, HISTORY, GROUPS).figures
    ]
    assert [(figure.target, figure.required, figure.actual) for figure in figures] == [
        ("sessions", 2, 0),
        ("topics-from-findings", 2, 0),
        ("concepts", 9, 0),
        ("meetings", 5, 0),
    ]
