"""One example of every event of the text of an annual report, as it was first stored.

`tests/golden/examples.py` says what holds for all of them.
"""

from collections.abc import Mapping

from domain.annual_report.events import ProseReset, ProseWritten, ReportKept
from domain.kernel import Event

YEAR = "2024/25"
SESSIONS = "steering-sessions/sessions"

EVENTS: Mapping[str, Event] = {
    "annual-report.prose-written.v1": ProseWritten(
        school_year=YEAR,
        statement=SESSIONS,
        text="Zu ihren Sitzungen kam die Lenkungsgruppe {sessions:times} zusammen.",
        instead_of="Die Lenkungsgruppe KIM hat im Schuljahr 2024/25 {sessions:times} getagt.",
    ),
    "annual-report.prose-reset.v1": ProseReset(school_year=YEAR, statement=SESSIONS),
    "annual-report.kept.v1": ReportKept(school_year=YEAR, number=1, up_to=1_204, digest="0f" * 32),
}
