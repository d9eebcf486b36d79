"""What is told of each event about course offers."""

from collections.abc import Mapping

from domain.kernel import Event
from tests.golden.course_offers import EVENTS

GERMAN: Mapping[str, str] = {
    "course-offer.entered": (
        "Kursangebot aufgenommen: „Job-Berufssprachkurs (Job-BSK)“ von Volkshochschule Salzkotten,"
        " Beginn Montag, 16. März 2026. Quelle: KURSNET/NAvI, Nummer „26-117“,"
        " Stand Freitag, 30. Januar 2026, gilt als geprüft bis Freitag, 27. Februar 2026."
    ),
    "course-offer.updated": (
        "Kursangebot geändert: „Job-Berufssprachkurs (Job-BSK)“ von Volkshochschule Salzkotten,"
        " Beginn Montag, 16. März 2026."
        " Stand Freitag, 6. Februar 2026, gilt als geprüft bis Freitag, 6. März 2026."
    ),
    "course-offer.checked": (
        "Kursangebot bestätigt: unverändert am Freitag, 13. Februar 2026,"
        " gilt als geprüft bis Freitag, 13. März 2026."
    ),
    "course-offer.withdrawn": ("Kursangebot herausgenommen. Begründung: Der Kurs fällt aus."),
}

EXAMPLES: tuple[tuple[Event, str], ...] = tuple(
    (event, GERMAN[event.TOPIC]) for event in EVENTS.values()
)
