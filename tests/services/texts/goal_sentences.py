"""What is told of each event of the goals of a school year."""

from collections.abc import Mapping

from domain.kernel import Event
from tests.golden.goals import EVENTS

GERMAN: Mapping[str, str] = {
    "school-year.goal-set": (
        "Ziel für das Schuljahr 2025/26 festgelegt, mit 1 Zielwert:"
        " Die Lenkungsgruppe KIM hat zweimal getagt. Quelle: Bericht 2024/25."
    ),
    "school-year.goal-changed": (
        "Ziel „concepts“ des Schuljahres 2025/26 geändert, jetzt mit 2 Zielwerten:"
        " In allen Kommunen wurden Konzepte entwickelt. Quelle: Beschluss vom 6. Mai 2025."
        " Begründung: Die Sitzungen gehören dazu."
    ),
    "school-year.goal-dropped": (
        "Ziel „concepts“ des Schuljahres 2025/26 gestrichen."
        " Begründung: Steht schon in einem anderen Ziel."
    ),
    "school-year.standing-noted": (
        "Zielwert „sessions“ des Ziels „steering-sessions“ im Schuljahr 2025/26:"
        " gefährdet, 1 von 2, 1 geplant."
    ),
    "school-year.closed": ("Schuljahr 2025/26 abgeschlossen; 2 Zielwerte zum letzten Mal gezählt."),
    "school-year.reopened": (
        "Schuljahr 2025/26 wieder geöffnet. Begründung: Eine Sitzung wurde nachgetragen."
    ),
}

EXAMPLES: tuple[tuple[Event, str], ...] = tuple(
    (event, GERMAN[event.TOPIC]) for event in EVENTS.values()
)
