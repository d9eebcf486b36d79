"""What is told of each event about findings and themes, and that no description is told."""

from collections.abc import Mapping

from domain.kernel import Event
from services.catalogues.catalogue import catalogues
from tests.golden.findings import EVENTS, OTHER_THEME, REPORTER, THEME

ACCOUNTS: Mapping[str, str] = {REPORTER: "Falk Fallmanagement"}
THEMES: Mapping[str, str] = {
    str(THEME): "Sprache im Betrieb",
    str(OTHER_THEME): "Sprache in der Ausbildung",
}
FIELDS = catalogues().fields

GERMAN: Mapping[str, str] = {
    "finding.reported": (
        "Lücke im Feld „Sprache“ in Salzkotten gemeldet von Falk Fallmanagement:"
        " 5 bis 9 Fälle im Schuljahr 2025/26; 1 Fehlalarm der Prüfung vermerkt."
    ),
    "finding.corrected": (
        "Erkenntnis berichtigt von Falk Fallmanagement: Potenzial im Feld „Kinderbetreuung“,"
        " 50 oder mehr Fälle im Schuljahr 2026/27; 1 Fehlalarm der Prüfung vermerkt."
        " Begründung: Die Nummer hat sich geändert."
    ),
    "finding.withdrawn": "Erkenntnis zurückgezogen. Begründung: Doppelt gemeldet.",
    "finding.taken-into-theme": "Erkenntnis in das Thema „Sprache im Betrieb“ aufgenommen.",
    "finding.released-from-theme": (
        "Erkenntnis aus dem Thema „Sprache im Betrieb“ gelöst."
        " Begründung: Gehört zu einem anderen Thema."
    ),
    "theme.opened": "Thema „Sprache im Betrieb“ angelegt, Herkunft: Betrieb.",
    "theme.source-named": (
        "Herkunft des Themas genannt (Betrieb): Ein Betrieb sucht Kurse am Abend."
    ),
    "theme.summarised": (
        "Zusammenfassung des Themas „Sprache im Betrieb“: Fassung 2 mit 1 Abschnitt"
        " gespeichert von Falk Fallmanagement."
    ),
    "theme.handed-over": (
        "Thema für eine Sitzung vorgelegt, in Fassung 2 der Zusammenfassung, mit 1 Erkenntnis"
        " über mindestens 5 Fälle; genannt werden dürfen: Salzkotten."
    ),
    "theme.taken-back": (
        "Thema von der Tagesordnung der Sitzung zurückgenommen. Begründung: Die Sitzung fällt aus."
    ),
    "theme.discussed": "Thema in der Sitzung besprochen, dazu 1 Beschluss.",
    "theme.resolution-attached": "Dem Thema einen Beschluss zugeordnet.",
    "theme.closed": (
        "Thema abgeschlossen, Ergebnis: Auftrag erteilt. Eine Arbeitsgruppe beginnt im März."
    ),
    "theme.merged": (
        "Thema mit dem Thema „Sprache in der Ausbildung“ zusammengeführt."
        " Begründung: Dasselbe Anliegen."
    ),
    "theme.reopened": "Thema wieder geöffnet. Begründung: Die Kurse enden wieder.",
}

EXAMPLES: tuple[tuple[Event, str], ...] = tuple(
    (event, GERMAN[event.TOPIC]) for event in EVENTS.values()
)
