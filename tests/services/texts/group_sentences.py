"""What is told of each event of a working group."""

from collections.abc import Mapping

from domain.kernel import Event
from tests.golden.groups import EVENTS

GERMAN: Mapping[str, str] = {
    "working-group.established": (
        "Arbeitsgruppe „Sprache in der Ausbildung“ durch Beschluss eingerichtet ab Dienstag,"
        " 1. September 2026, Federführung: Kreis Paderborn. Mitglieder: Caritas und rbk;"
        " Gäste: Jobcenter. Zweck: Auszubildende sollen an der Theorie nicht scheitern."
    ),
    "working-group.organisation-joined": (
        "Jobcenter in die Arbeitsgruppe aufgenommen ab Sonntag, 1. November 2026 (Mitglied)."
        " Begründung: Es trägt zwei Vereinbarungen mit."
    ),
    "working-group.organisation-left": (
        "Caritas verlässt die Arbeitsgruppe, letzter Tag: Sonntag, 31. Januar 2027."
        " Begründung: Der Kurs läuft aus."
    ),
    "working-group.lead-handed-over": (
        "Federführung der Arbeitsgruppe übergeben an rbk. Begründung: Die Schule lädt künftig ein."
    ),
    "working-group.meetings-planned": (
        "Für das Schuljahr 2026/27 geplant: 3 Treffen, mit 2 Erinnerungen an die Einladung."
    ),
    "working-group.calling-reminded": (
        "Die Federführung daran erinnert, zum nächsten Treffen einzuladen: im Schuljahr 2026/27"
        " bisher 1 von 3 Treffen durchgeführt oder einberufen; vorgesehen für Montag,"
        " 2. November 2026, 09:00 Uhr."
    ),
    "working-group.meeting-called": (
        "Zum 2. Treffen eingeladen: Montag, 23. November 2026, 14:00 Uhr, Kreishaus, Raum 1."
        " Anlass: Stand der Erhebung."
    ),
    "working-group.meeting-moved": (
        "Das 2. Treffen verlegt, jetzt: Montag, 23. November 2026, 14:00 Uhr, Kreishaus, Raum 2."
        " Begründung: Der Raum ist belegt."
    ),
    "working-group.meeting-cancelled": (
        "Das 2. Treffen abgesagt. Begründung: Zu viele sind krank."
    ),
    "working-group.meeting-held": (
        "Das 1. Treffen durchgeführt: Montag, 14. September 2026, 14:00 Uhr."
        " Anwesend: Caritas (Mitglied) und Jobcenter (Gast)."
        " Ergebnis: Alle wollen eine einheitliche Erhebung."
    ),
    "working-group.meeting-corrected": (
        "Angaben zum 1. Treffen berichtigt: Montag, 14. September 2026, 14:00 Uhr."
        " Anwesend: Caritas (Mitglied). Ergebnis: Alle wollen eine einheitliche Erhebung."
        " Begründung: Das Jobcenter fehlte."
    ),
    "working-group.meeting-withdrawn": (
        "Das 3. Treffen hat nicht stattgefunden; der Eintrag ist zurückgenommen."
        " Begründung: Es gehörte zu einer anderen Gruppe."
    ),
    "working-group.agreement-made": (
        "Vereinbarung 1 im 1. Treffen getroffen, zuständig: rbk, Frist: Freitag,"
        " 30. Oktober 2026, 18:00 Uhr."
        " Eine einheitliche Sprachstandserhebung beginnt in neuen Ausbildungsklassen."
    ),
    "working-group.agreement-reminded": (
        "An Vereinbarung 1 erinnert; vorgesehen für Freitag, 16. Oktober 2026, 09:00 Uhr."
    ),
    "working-group.agreement-fell-overdue": (
        "Vereinbarung 1 ist überfällig, Frist war Freitag, 30. Oktober 2026, 18:00 Uhr."
    ),
    "working-group.agreement-extended": (
        "Frist von Vereinbarung 1 verlängert bis Montag, 30. November 2026, 18:00 Uhr."
        " Begründung: Die Herbstferien lagen dazwischen."
    ),
    "working-group.agreement-fulfilled": (
        "Vereinbarung 1 erfüllt. Ergebnis: Die Erhebung läuft an allen Berufskollegs."
    ),
    "working-group.agreement-reopened": (
        "Vereinbarung 1 wieder offen, neue Frist: Montag, 30. November 2026, 18:00 Uhr."
        " Begründung: Eine Schule hat noch nicht begonnen."
    ),
    "working-group.agreement-dropped": (
        "Vereinbarung 1 im 2. Treffen fallen gelassen."
        " Begründung: Das Land führt eine eigene Erhebung ein."
    ),
    "working-group.consequence-linked": (
        "Aus Vereinbarung 1 hervorgegangen: Sprachstandserhebung."
    ),
    "working-group.consequence-unlinked": (
        "Verknüpfung von Vereinbarung 1 mit dem, was daraus hervorgegangen sein sollte, entfernt."
        " Begründung: Sie war schon vorher geplant."
    ),
    "working-group.reported-back": (
        "Die Arbeitsgruppe berichtet dem Gremium, 1. Bericht: Die Erhebung hat begonnen."
    ),
    "working-group.dissolved": (
        "Arbeitsgruppe durch Beschluss aufgelöst, letzter Tag: Montag, 31. Juli 2028;"
        " offen geblieben: Vereinbarungen 1 und 2."
    ),
    "working-group.published": "Arbeitsgruppe veröffentlicht.",
    "working-group.publication-withdrawn": (
        "Veröffentlichung der Arbeitsgruppe zurückgenommen. Begründung: Ein Versehen."
    ),
}

EXAMPLES: tuple[tuple[Event, str], ...] = tuple(
    (event, GERMAN[event.TOPIC]) for event in EVENTS.values()
)
