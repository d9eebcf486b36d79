"""What is told of each event about pools."""

from collections.abc import Mapping

from domain.kernel import Event
from tests.golden.course_pools import EVENTS

GERMAN: Mapping[str, str] = {
    "course-pool.proposed": (
        "Gemeinsamer Kurs vorgeschlagen: „Job-Berufssprachkurs (Job-BSK)“ bis B1 in Salzkotten,"
        " Beginn Montag, 4. Mai 2026. Angefragt sind 2 Unternehmen; mindestens 7, höchstens 15"
        " Lernende."
    ),
    "course-pool.member-added": "Ein weiteres Unternehmen mit 3 Lernenden angefragt.",
    "course-pool.member-removed": (
        "Ein Unternehmen herausgenommen. Begründung: Die Meldung wurde zurückgezogen."
    ),
    "course-pool.agreed": "Ein Unternehmen hat zugesagt (am Telefon).",
    "course-pool.declined": (
        "Ein Unternehmen hat abgesagt (am Telefon). Begründung: Der Weg ist zu weit."
    ),
    "course-pool.formed": (
        "Der gemeinsame Kurs ist zustande gekommen: 2 Unternehmen haben zugesagt und erfahren nun"
        " voneinander."
    ),
    "course-pool.dissolved": "Gemeinsamer Kurs aufgelöst. Begründung: Der Raum fehlt.",
}

EXAMPLES: tuple[tuple[Event, str], ...] = tuple(
    (event, GERMAN[event.TOPIC]) for event in EVENTS.values()
)
