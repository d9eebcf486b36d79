"""One example of every event of the goals of a school year, as it was first stored.

`tests/golden/examples.py` says what holds for all of them.
"""

from collections.abc import Mapping
from datetime import date

from domain.goals.events import (
    Figure,
    GoalChanged,
    GoalDropped,
    GoalSet,
    Standing,
    StandingNoted,
    Target,
    YearClosed,
    YearReopened,
)
from domain.kernel import Event

YEAR = "2025/26"
SESSIONS = Target(
    key="sessions",
    counts="session-held/lenkungsgruppe-kim",
    at_least=2,
    due=date(2026, 6, 30),
    lead_days=14,
)
CONCEPTS = Target(key="concepts", counts="concept-adopted", each_of="employed-by-county")
SESSIONS_HELD = Figure(
    goal="steering-sessions", target="sessions", required=2, actual=1, positions=(812,)
)
CONCEPTS_ADOPTED = Figure(
    goal="concepts",
    target="concepts",
    required=2,
    actual=1,
    positions=(640,),
    missing=("05774036",),
)

EVENTS: Mapping[str, Event] = {
    "school-year.goal-set.v1": GoalSet(
        school_year=YEAR,
        goal="steering-sessions",
        text="Die Lenkungsgruppe KIM hat zweimal getagt.",
        targets=(SESSIONS,),
        told=("group-established",),
        source="Bericht 2024/25",
    ),
    "school-year.goal-changed.v1": GoalChanged(
        school_year=YEAR,
        goal="concepts",
        text="In allen Kommunen wurden Konzepte entwickelt.",
        targets=(CONCEPTS, SESSIONS),
        reason="Die Sitzungen gehören dazu.",
        told=("framework-published",),
        source="Beschluss vom 6. Mai 2025",
    ),
    "school-year.goal-dropped.v1": GoalDropped(
        school_year=YEAR, goal="concepts", reason="Steht schon in einem anderen Ziel."
    ),
    "school-year.standing-noted.v1": StandingNoted(
        school_year=YEAR, figure=SESSIONS_HELD, standing=Standing.AT_RISK, planned=1
    ),
    "school-year.closed.v1": YearClosed(
        school_year=YEAR, figures=(SESSIONS_HELD, CONCEPTS_ADOPTED)
    ),
    "school-year.reopened.v1": YearReopened(
        school_year=YEAR, reason="Eine Sitzung wurde nachgetragen."
    ),
}
