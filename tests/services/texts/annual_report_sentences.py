"""What is told of each event of the text of an annual report."""

from collections.abc import Mapping

from domain.kernel import Event
from tests.golden.annual_report import EVENTS

GERMAN: Mapping[str, str] = {
    "annual-report.prose-written": (
        "Im Bericht zum Schuljahr 2024/25 die Aussage „steering-sessions/sessions“ in eigene"
        " Worte gefasst: Zu ihren Sitzungen kam die Lenkungsgruppe … zusammen."
    ),
    "annual-report.prose-reset": (
        "Im Bericht zum Schuljahr 2024/25 die Aussage „steering-sessions/sessions“ auf den Text"
        " aus dem Protokoll zurückgesetzt."
    ),
    "annual-report.kept": (
        "Stand 1 des Berichts zum Schuljahr 2024/25 festgehalten, wie er bei"
        " Eintrag 1\u202f204 war."
    ),
}

EXAMPLES: tuple[tuple[Event, str], ...] = tuple(
    (event, GERMAN[event.TOPIC]) for event in EVENTS.values()
)
"""As they are read in German."""
