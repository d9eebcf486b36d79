"""What is told of each event of a funded post, and that nobody on it is told."""

from collections.abc import Mapping

from domain.kernel import Event
from tests.golden.posts import EVENTS

GERMAN: Mapping[str, str] = {
    "post.established": (
        "Personalstelle eingerichtet: Case Management, Salzkotten, Anstellungsträger"
        " Kreis Paderborn, 0,75 Stellen ab Mittwoch, 1. Januar 2025. Gefördert: Mittwoch,"
        " 1. Januar 2025 bis Donnerstag, 31. Dezember 2026, 57\u202f000 € im Jahr,"
        " Bescheid 37.03-12. Ohne Beleg angenommen: ja."
    ),
    "post.changed": ("Stellenanteil ab Dienstag, 1. Juli 2025: 0,5. Begründung: Elternzeit."),
    "post.funding-extended": (
        "Weitere Förderung bewilligt: Freitag, 1. Januar 2027 bis Freitag, 31. Dezember 2027."
    ),
    "post.filled": "Stelle besetzt ab Samstag, 1. März 2025.",
    "post.holder-named": ("Die Person auf der Stelle ist mit ihrem Einverständnis benannt."),
    "post.holder-withheld": "Die Person auf der Stelle ist nicht mehr benannt.",
    "post.vacated": (
        "Stelle unbesetzt ab Montag, 1. September 2025. Begründung: Wechsel in eine andere Stelle."
    ),
    "post.proof-of-use-due-set": (
        "Der Verwendungsnachweis für 2025 ist fällig am Dienstag, 31. März 2026."
    ),
    "post.proof-of-use-submitted": (
        "Der Verwendungsnachweis für 2025 wurde am Montag, 2. März 2026 vorgelegt."
    ),
    "post.ended": (
        "Die Stelle fällt weg ab Freitag, 1. Januar 2027. Begründung: Nicht mehr bewilligt."
    ),
    "post.reminded": (
        "An die Koordinierung erinnert, acht Wochen vorher:"
        " Der Verwendungsnachweis ist fällig, Dienstag, 31. März 2026."
    ),
}

EXAMPLES: tuple[tuple[Event, str], ...] = tuple(
    (event, GERMAN[event.TOPIC]) for event in EVENTS.values()
)
