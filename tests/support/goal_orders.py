"""One example of every command about the goals of a school year."""

from domain.goals.commands import (
    ChangeGoal,
    CloseYear,
    DropGoal,
    NoteStandings,
    ReopenYear,
    SetGoal,
)
from domain.kernel import Command
from tests.domain.goals.example import CONCEPTS, SESSIONS, STEERING_SET, YEAR

GOAL = STEERING_SET.goal


def goal_examples() -> list[Command]:
    """One of each."""
    return [
        SetGoal(school_year=YEAR, goal=GOAL, text=STEERING_SET.text, targets=(SESSIONS,)),
        ChangeGoal(
            school_year=YEAR,
            goal=GOAL,
            text=STEERING_SET.text,
            targets=(SESSIONS, CONCEPTS),
            reason="Die Konzepte gehören dazu.",
        ),
        DropGoal(school_year=YEAR, goal=GOAL, reason="Steht schon in einem anderen Ziel."),
        NoteStandings(school_year=YEAR),
        CloseYear(school_year=YEAR),
        ReopenYear(school_year=YEAR, reason="Eine Sitzung wurde nachgetragen."),
    ]
