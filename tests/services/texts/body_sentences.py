"""What is told of each event of a body."""

from collections.abc import Mapping

from domain.kernel import Event
from tests.golden.bodies import EVENTS

GERMAN: Mapping[str, str] = {
    "body.established": (
        "Gremium „Lenkungsgruppe KIM“ angelegt, gebildet am Dienstag, 17. Mai 2022."
    ),
    "body.renamed": "Gremium umbenannt, es heißt jetzt: Lenkungsgruppe Integration.",
    "body.seat-created": (
        "Sitz „Jobcenter“ angelegt (stimmberechtigt), ab Dienstag, 17. Mai 2022"
        " bis Samstag, 31. Juli 2027."
    ),
    "body.seat-ended": (
        "Der Sitz „Jobcenter“ besteht bis Freitag, 31. Juli 2026. Begründung: Die"
        " Organisation tritt aus."
    ),
    "body.person-appointed": (
        "Dora Lang für den Sitz „Jobcenter“ benannt, als Mitglied, ab Dienstag, 17. Mai 2022"
        " bis Samstag, 31. Juli 2027."
    ),
    "body.appointment-ended": (
        "Die Benennung von Dora Lang für den Sitz „Jobcenter“, als Stellvertretung ab"
        " Dienstag, 17. Mai 2022, gilt bis Mittwoch, 31. Dezember 2025."
    ),
    "body.rules-adopted": (
        "Ausgabe 2 der Regeln beschlossen, gültig ab Dienstag, 1. September 2026:"
        " beschlussfähig, wenn mehr als 1/2 der stimmberechtigten Sitze vertreten sind;"
        " unbesetzte Sitze zählen dabei nicht mit; Mehrheit von zwei Dritteln der abgegebenen"
        " Stimmen; eine Enthaltung ist eine abgegebene Stimme; wer befangen ist, gilt als"
        " anwesend; Einladung spätestens 14 Tage vorher; in dringenden Fällen spätestens 3"
        " Arbeitstage vorher; Abstimmung im Umlauf: 10 Arbeitstage; Aufruf zur Tagesordnung 42"
        " Tage vorher; Punkte der Tagesordnung bis 21 Tage vorher; freigegebenes Protokoll nach"
        " der Sitzung: 20 Arbeitstage; Sitzungen im Schuljahr: 2. Grundlage: Geschäftsordnung"
        " vom 16. März 2026."
    ),
    "body.naming-allowed": (
        "Dora Lang ist damit einverstanden, öffentlich als Mitglied des Gremiums genannt zu werden."
    ),
    "body.naming-withdrawn": (
        "Dora Lang ist nicht mehr damit einverstanden, öffentlich als Mitglied des Gremiums"
        " genannt zu werden."
    ),
}

EXAMPLES: tuple[tuple[Event, str], ...] = tuple(
    (event, GERMAN[event.TOPIC]) for event in EVENTS.values()
)
