"""What is told of each event of a session."""

from collections.abc import Mapping

from domain.kernel import Event
from tests.golden.sessions import CHAIR, EVENTS, HOLDER, ITEM, KEEPER, REPORT, SECOND

NAMES: Mapping[str, str] = {
    HOLDER: "Dora Lang",
    CHAIR: "Karla Ott",
    KEEPER: "Lena Vogt",
    SECOND: "Fadi Nasser",
}
ITEMS: Mapping[str, str] = {
    str(ITEM): "Fachsprachliche Förderung",
    str(REPORT): "Stand der Arbeitsgruppen",
}

GERMAN: Mapping[str, str] = {
    "session.scheduled": (
        "Sitzung „Erste Sitzung 2026“ angesetzt für Dienstag, 24. März 2026, 14:00 Uhr bis"
        " Dienstag, 24. März 2026, 17:00 Uhr, Ort: Kreishaus."
    ),
    "session.moved": (
        "Verlegt auf Dienstag, 24. März 2026, 15:00 Uhr bis Dienstag, 24. März 2026, 18:00 Uhr,"
        " Ort: Rathaus; die Einladung gilt weiter. Begründung: Der Raum ist belegt."
    ),
    "session.cancelled": "Sitzung abgesagt. Begründung: Niemand kann kommen.",
    "session.items-called-for": (
        "Um Punkte für die Tagesordnung gebeten, Frist: Dienstag, 24. Februar 2026, 18:00 Uhr."
    ),
    "session.invited": (
        "Zur Sitzung eingeladen, 2 Sitze, mit der festen Tagesordnung; nach Ausgabe 2 der"
        " Regeln war dafür Zeit bis Montag, 9. März 2026. Dringend, weil: Die Mittel verfallen."
    ),
    "session.members-reminded": (
        "Erinnerung an den Aufruf zur Tagesordnung verschickt, 2 Sitze; vorgesehen für"
        " Dienstag, 17. Februar 2026, 09:00 Uhr."
    ),
    "session.absence-announced": "Abwesenheit angekündigt für den Sitz „Jobcenter“.",
    "session.absence-withdrawn": (
        "Angekündigte Abwesenheit zurückgenommen für den Sitz „Jobcenter“."
    ),
    "session.item-proposed": (
        "Punkt „Fachsprachliche Förderung“ (Beschlussvorschlag) für die Tagesordnung"
        " vorgeschlagen von Lena Vogt, Kreis Paderborn."
    ),
    "session.item-revised": "Punkt „Fachsprachliche Förderung“ der Tagesordnung geändert.",
    "session.item-withdrawn": (
        "Punkt „Fachsprachliche Förderung“ von der Tagesordnung genommen. Begründung: Er ist"
        " erledigt."
    ),
    "session.agenda-ordered": (
        "Punkte der Tagesordnung neu geordnet: „Fachsprachliche Förderung“ und „Stand der"
        " Arbeitsgruppen“."
    ),
    "session.agenda-frozen": "Tagesordnung festgelegt, 2 Punkte.",
    "session.agenda-reopened": "Tagesordnung wieder geöffnet. Begründung: Ein Punkt kommt dazu.",
    "session.opened": (
        "Sitzung eröffnet am Dienstag, 24. März 2026, 14:00 Uhr, Leitung: Karla Ott, Protokoll:"
        " Lena Vogt."
    ),
    "session.seat-taken": (
        "Dora Lang nimmt den Sitz „Jobcenter“ wahr, als Stellvertretung, seit"
        " Dienstag, 24. März 2026, 14:00 Uhr."
    ),
    "session.seat-left": (
        "Dora Lang hat den Sitz „Jobcenter“ verlassen, Dienstag, 24. März 2026, 16:00 Uhr."
    ),
    "session.guests-admitted": (
        "2 Gäste von Caritas zugelassen, Dienstag, 24. März 2026, 14:00 Uhr."
    ),
    "session.guests-left": (
        "Die Gäste von Caritas sind gegangen, Dienstag, 24. März 2026, 15:00 Uhr."
    ),
    "session.conflict-declared": (
        "Befangenheit angezeigt: Der Sitz „Kammer“ stimmt über Punkt „Fachsprachliche"
        " Förderung“ nicht mit ab."
    ),
    "session.conflict-lifted": (
        "Befangenheit aufgehoben: Der Sitz „Kammer“ stimmt über Punkt „Fachsprachliche"
        " Förderung“ mit ab."
    ),
    "session.proposal-amended": (
        "Wortlaut „a“ zu Punkt „Fachsprachliche Förderung“, wie er in der Sitzung gefasst"
        " wurde: Eine Arbeitsgruppe wird eingerichtet."
    ),
    "session.vote-taken": (
        "Abstimmung 1 (namentlich) zu Punkt „Fachsprachliche Förderung“: „Eine Arbeitsgruppe"
        " wird eingerichtet.“ angenommen mit 2 Ja, 0 Nein, 1 Enthaltung. Vertreten 3 von 5"
        " stimmberechtigten Sitzen, nötig 3. Es galt Ausgabe 2 der Regeln: einfache Mehrheit der"
        " abgegebenen Stimmen."
    ),
    "session.recommendation-made": (
        "Ohne Beschlussfähigkeit gezählt, Abstimmung 2 (geheim) zu Punkt „Fachsprachliche"
        " Förderung“: „Der Bedarf wird zuerst geprüft.“ nicht empfohlen mit 1 Ja, 1 Nein, 0"
        " Enthaltungen. Vertreten 2 von 5 stimmberechtigten Sitzen, nötig 3. Es galt Ausgabe 2"
        " der Regeln: einfache Mehrheit der abgegebenen Stimmen."
    ),
    "session.vote-annulled": "Abstimmung 1 aufgehoben. Begründung: Es war verzählt.",
    "session.item-discussed": (
        "Beratung von Punkt „Fachsprachliche Förderung“ festgehalten von Lena Vogt."
    ),
    "session.item-deferred": (
        "Punkt „Fachsprachliche Förderung“ vertagt. Begründung: Die Zahlen fehlen noch."
    ),
    "session.item-resumed": "Punkt „Fachsprachliche Förderung“ wieder aufgenommen.",
    "session.circular-opened": (
        "Abstimmung im Umlauf begonnen am Dienstag, 24. März 2026, 10:00 Uhr, 3 Sitze gefragt,"
        " Ende: Dienstag, 7. April 2026, 18:00 Uhr. Nach Ausgabe 2 der Regeln."
    ),
    "session.ballot-cast": (
        "Stimme für den Sitz „Jobcenter“ zu Punkt „Fachsprachliche Förderung“ abgegeben von"
        " Dora Lang: Nein."
    ),
    "session.closed": "Sitzung beendet am Dienstag, 24. März 2026, 17:00 Uhr.",
    "session.minutes-drafted": (
        "Protokoll, Fassung 2, erstellt von Lena Vogt. Berichtigt, weil: Ein Name war falsch."
    ),
    "session.minutes-returned": "Protokoll, Fassung 1, zurückgegeben. Begründung: Punkt 2 fehlt.",
    "session.minutes-approved": "Protokoll, Fassung 2, genehmigt durch Fadi Nasser.",
    "session.minutes-released": "Protokoll, Fassung 2, freigegeben.",
    "session.minutes-fell-overdue": (
        "Das Protokoll ist überfällig; nach den Regeln war Zeit bis Donnerstag, 23. April 2026,"
        " 18:00 Uhr."
    ),
    "session.item-published": "Punkt „Fachsprachliche Förderung“ veröffentlicht.",
    "session.publication-withdrawn": (
        "Veröffentlichung von Punkt „Fachsprachliche Förderung“ zurückgenommen. Begründung: Es"
        " war ein Irrtum."
    ),
}

EXAMPLES: tuple[tuple[Event, str], ...] = tuple(
    (event, GERMAN[event.TOPIC]) for event in EVENTS.values()
)
