"""What is told of each event of the language assessment, and that none tells anything personal."""

from collections.abc import Mapping

from domain.kernel import Event
from tests.golden.assessments import EVENTS, SECOND, WRITER

NAMES: Mapping[str, str] = {WRITER: "Ada Öz", SECOND: "Ben Demir"}

GERMAN: Mapping[str, str] = {
    "instrument.registered": "Erhebungsinstrument „C-Test der Berufskollegs“ angelegt (C-Test).",
    "instrument.version-drafted": (
        "Fassung 2 des Erhebungsinstruments „sprachtest“ gespeichert von Ada Öz."
    ),
    "instrument.version-submitted": (
        "Fassung 2 des Erhebungsinstruments „sprachtest“ zur Genehmigung eingereicht."
    ),
    "instrument.version-returned": (
        "Fassung 2 des Erhebungsinstruments „sprachtest“ zurückgegeben."
        " Begründung: Lücke 2 hat zwei Lösungen."
    ),
    "instrument.version-approved": (
        "Fassung 2 des Erhebungsinstruments „sprachtest“ genehmigt durch Ben Demir."
    ),
    "instrument.version-retired": (
        "Fassung 2 des Erhebungsinstruments „sprachtest“ außer Gebrauch genommen."
        " Begründung: Der Text ist bekannt geworden."
    ),
    "assessment-round.announced": (
        "Sprachstandserhebung „Herbst 2026“ (Wiederholung) für das Schuljahr 2026/27 angekündigt:"
        " 2 Berufskollegs, Erhebungsinstrument „sprachtest“ in Fassung 2, offen von Montag,"
        " 7. September 2026, 08:00 Uhr bis Freitag, 2. Oktober 2026, 18:00 Uhr."
        " Rechtsgrundlage: SchulG NRW § 120."
    ),
    "assessment-round.window-opened": "Zeitfenster der Sprachstandserhebung geöffnet.",
    "assessment-round.colleges-reminded": (
        "An ausstehende Ergebnisse erinnert: rbk und lfs;"
        " vorgesehen für Montag, 21. September 2026, 09:00 Uhr."
    ),
    "assessment-round.window-extended": (
        "Zeitfenster verlängert bis Freitag, 2. Oktober 2026, 18:00 Uhr, für rbk."
        " Begründung: Umzug der Schule."
    ),
    "assessment-round.escalated": (
        "Zeitfenster abgelaufen, ohne dass alle Ergebnisse vorliegen von: rbk und lfs."
    ),
    "assessment-round.window-closed": (
        "Zeitfenster der Sprachstandserhebung geschlossen."
        " Nicht alle Ergebnisse liegen vor von: rbk und lfs."
    ),
    "assessment-round.released": "Ergebnisse der Sprachstandserhebung freigegeben, 41 Klassen.",
    "assessment-round.retest-scheduled": (
        "Wiederholung der Sprachstandserhebung wie geplant angekündigt."
    ),
    "assessment-round.compared": "Wiederholung mit der Ersterhebung verglichen, 39 Klassen.",
    "assessment-round.cancelled": (
        "Sprachstandserhebung abgesagt. Begründung: Ein Text war bekannt."
    ),
    "class-assessment.class-registered": (
        "Klasse KB26a für das Schuljahr 2026/27 gemeldet: rbk, Schulgliederung A01,"
        " Fachklasse 10-10004, 25 Lernende."
    ),
    "class-assessment.class-changed": (
        "Angaben zur Klasse geändert: Schulgliederung A02, Fachklasse 10-10005, 24 Lernende."
    ),
    "class-assessment.class-withdrawn": ("Klasse abgemeldet. Begründung: Nicht zustande gekommen."),
    "class-assessment.learner-enrolled": "Eine Person in die Klasse aufgenommen.",
    "class-assessment.learner-left": "Eine Person hat die Klasse verlassen.",
    "class-assessment.result-recorded": "Ein Ergebnis festgehalten.",
    "class-assessment.result-corrected": "Ein Ergebnis berichtigt.",
    "class-assessment.class-submitted": "Ergebnisse der Klasse eingereicht, 25 Lernende.",
    "class-assessment.class-reopened": (
        "Einreichung der Klasse zurückgenommen. Begründung: Zwei Bögen fehlen."
    ),
    "class-assessment.result-assessed": "Ein Ergebnis ausgewertet.",
    "class-assessment.class-released": "Klasse ausgewertet und freigegeben, 23 Ergebnisse.",
    "class-assessment.second-look-taken": "Ein Grenzfall von einer Lehrkraft entschieden.",
    "class-assessment.recommendation-overridden": (
        "Von der Empfehlung nach Regel im Einzelfall abgewichen."
    ),
    "college.pseudonym-key-adopted": (
        "Berufskolleg rbk: Schlüssel der Pseudonyme benannt, Fingerabdruck"
        " fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9."
    ),
    "college.mapping-saved": "Berufskolleg rbk: Spaltenzuordnung „SchILD“ gespeichert.",
    "college.mapping-dropped": "Berufskolleg rbk: Spaltenzuordnung „SchILD“ entfernt.",
    "look.rows-seen": "Ergebnisse von Lernenden eingesehen. Zweck: Fördergespräch.",
    "county-figures.published": (
        "Zahlen der Sprachstandserhebung für den Kreis veröffentlicht (Ausgabe 2), berechnet an"
        " Stelle 4\u202f711 des Protokolls; jede Angabe umfasst mindestens 5 Personen."
    ),
}

EXAMPLES: tuple[tuple[Event, str], ...] = tuple(
    (event, GERMAN[event.TOPIC]) for event in EVENTS.values()
)
