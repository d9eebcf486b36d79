"""What is told of each event of a resolution and of a need review."""

from collections.abc import Mapping

from domain.kernel import Event
from tests.golden.mandates import EVENTS

GERMAN: Mapping[str, str] = {
    "resolution.passed": (
        "Beschluss „Fachsprache in der Ausbildung“ (Beschluss 3/2026) gefasst am Donnerstag,"
        " 26. Februar 2026, 16:30 Uhr mit 11 Ja-Stimmen, 1 Nein-Stimme und 2 Enthaltungen."
        " Auftrag: Einrichtung einer Arbeitsgruppe; zuständig ist Kreis Paderborn, bis Dienstag,"
        " 30. Juni 2026, 18:00 Uhr. Wortlaut: Eine Arbeitsgruppe wird eingerichtet."
    ),
    "resolution.mandate-reminded": (
        "An den Auftrag erinnert: Kreis Paderborn;"
        " vorgesehen für Dienstag, 16. Juni 2026, 09:00 Uhr."
    ),
    "resolution.progress-reported": (
        "Bericht 1 zum Stand des Auftrags: Alle Mitglieder haben zugesagt."
    ),
    "resolution.letter-sent": (
        "Brief „Berufssprachkurse“ an Ministerium gesandt am Montag, 2. März 2026"
        " (Aktenzeichen Az. 7)."
    ),
    "resolution.mandate-fell-overdue": (
        "Frist des Auftrags am Dienstag, 30. Juni 2026, 18:00 Uhr abgelaufen;"
        " zuständig ist Kreis Paderborn."
    ),
    "resolution.mandate-extended": (
        "Frist des Auftrags verlängert bis Mittwoch, 30. September 2026, 18:00 Uhr."
        " Begründung: Ferien."
    ),
    "resolution.mandate-handed-over": "Auftrag übertragen an ihk. Begründung: Zuständigkeit.",
    "resolution.mandate-fulfilled": "Auftrag erfüllt. Ergebnis: Die Gruppe arbeitet.",
    "resolution.mandate-reopened": (
        "Auftrag wieder aufgenommen, zu erfüllen bis Mittwoch, 30. September 2026, 18:00 Uhr."
        " Begründung: Irrtum."
    ),
    "resolution.progress-shown": (
        "In einer späteren Sitzung gezeigt, was aus dem Beschluss geworden ist:"
        " überfällig, 1 Bericht."
    ),
    "resolution.revoked": "Beschluss durch einen späteren Beschluss aufgehoben.",
    "resolution.annulled": (
        "Beschluss hinfällig, weil seine Abstimmung aufgehoben wurde. Begründung: Verzählt."
    ),
    "need-review.opened": (
        "Bedarfsprüfung „arbeitsgruppe“ für das Schuljahr 2025/26 angelegt"
        " zu der Frage „Braucht es eine kreisweite Arbeitsgruppe?“."
    ),
    "need-review.evidence-meeting-held": (
        "Arbeitstreffen 1 am Montag, 2. März 2026 festgehalten;"
        " teilgenommen: ihk und Jobcenter; 2 Befunde."
    ),
    "need-review.evidence-meeting-corrected": (
        "Arbeitstreffen 1 am Montag, 2. März 2026 berichtigt;"
        " teilgenommen: ihk; 1 Befund. Begründung: Das Jobcenter fehlte."
    ),
    "need-review.evidence-meeting-withdrawn": (
        "Arbeitstreffen 1 zurückgezogen. Begründung: Doppelt erfasst."
    ),
    "need-review.proposal-written": (
        "Vorschlag 1 „Arbeitsgruppe“: Fassung 2 gespeichert, mit 2 Wortlauten."
    ),
    "need-review.proposal-put-forward": "Vorschlag 1 in Fassung 2 dem Gremium vorgelegt.",
    "need-review.proposal-taken-back": "Vorschlag 1 zurückgenommen. Begründung: Vertagt.",
    "need-review.proposal-dropped": "Vorschlag 1 fallen gelassen. Begründung: Überholt.",
    "need-review.proposal-resolved": (
        "Vorschlag 1 vom Gremium beschlossen, mit Einrichtung einer Arbeitsgruppe."
    ),
    "need-review.proposal-turned-down": "Vorschlag 1 vom Gremium abgelehnt.",
    "need-review.closed": (
        "Bedarfsprüfung nach 2 Beschlüssen geschlossen: eine Arbeitsgruppe wird gebraucht."
        " Zusammenfassung: Der Bedarf ist belegt."
    ),
    "need-review.abandoned": (
        "Bedarfsprüfung abgebrochen. Begründung: Die Frage hat sich erledigt."
    ),
}

EXAMPLES: tuple[tuple[Event, str], ...] = tuple(
    (event, GERMAN[event.TOPIC]) for event in EVENTS.values()
)
