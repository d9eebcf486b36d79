"""What is told of each event about the reports of companies; nothing that names a company."""

from collections.abc import Mapping

from domain.kernel import Event
from tests.golden.language_needs import CONTACT_PERSON, EVENTS

ACCOUNTS: Mapping[str, str] = {CONTACT_PERSON: "Karla Koordination"}
MONDAY = "Montag, 16. März 2026, 18:00 Uhr"
AGAIN = f"Die Koordinierung hält die Meldung wieder, nächster Schritt bis {MONDAY}."

GERMAN: Mapping[str, str] = {
    "company-report.submitted": (
        "Meldung DF-8KC6-AFSW eines Unternehmens eingegangen (über das Formular), Salzkotten,"
        " Wirtschaftszweig „Industrie und verarbeitendes Handwerk“, 8 Lernende in 2 Gruppen."
        f" Die Koordinierung hält sie, Eingangsbestätigung bis {MONDAY}."
    ),
    "company-report.changed": (
        "Meldung geändert: 8 Lernende in 2 Gruppen. Die Vermittlung an Jobcenter ist damit"
        f" beendet. Die Koordinierung hält sie, nächster Schritt bis {MONDAY}."
    ),
    "company-report.withdrawn": (
        "Meldung zurückgezogen: anders gelöst. Die Vermittlung an Jobcenter ist damit beendet."
    ),
    "company-report.acknowledged": (
        "Eingang der Meldung bestätigt. Ansprechperson für das Unternehmen ist Karla"
        f" Koordination. Einordnen bis {MONDAY}."
    ),
    "company-report.triaged": (
        "Meldung eingeordnet, Dringlichkeit dringend, mögliche Wege: Jobcenter."
        f" Eine Lösung wird gesucht bis {MONDAY}."
    ),
    "company-report.referred": (
        f"Meldung an Jobcenter vermittelt; die Antwort wird erwartet bis {MONDAY}."
    ),
    "company-report.referral-answered": (
        f"Antwort von Jobcenter auf die Vermittlung: übernommen. {AGAIN}"
    ),
    "company-report.referral-recalled": f"Vermittlung an Jobcenter zurückgenommen. {AGAIN}",
    "company-report.asked": (
        f"Rückfrage an das Unternehmen gestellt; die Antwort wird erwartet bis {MONDAY}."
    ),
    "company-report.question-answered": f"Rückfrage vom Unternehmen beantwortet. {AGAIN}",
    "company-report.offer-proposed": "Ein Kursangebot für die Meldung vorgemerkt.",
    "company-report.put-into-pool": (
        "Meldung in einen gemeinsamen Kurs mehrerer Unternehmen aufgenommen."
    ),
    "company-report.left-pool": "Meldung aus dem gemeinsamen Kurs herausgenommen.",
    "company-report.answered": (
        "Dem Unternehmen geantwortet: ein Kursangebot. Abschließen oder Kursbeginn festhalten"
        f" bis {MONDAY}."
    ),
    "company-report.started": (
        "Kurs mit 6 Personen aus dem Unternehmen vom Montag, 16. März 2026 bis Freitag,"
        f" 29. Mai 2026 vereinbart. Nachfrage nach dem Beginn bis {MONDAY}."
    ),
    "company-report.followed-up": (
        "Nachgefragt nach dem Kursende: 5 Personen nehmen teil, 4 mit erreichtem Ziel."
        f" Nächster Schritt bis {MONDAY}."
    ),
    "company-report.closed": (
        "Meldung abgeschlossen, Ergebnis: ein Kurs hat stattgefunden, 5 Personen erreicht."
    ),
    "company-report.reopened": (
        f"Meldung wieder geöffnet. Die Koordinierung hält sie, nächster Schritt bis {MONDAY}."
    ),
    "company-report.unmet-need-noted": (
        "Ungedeckten Bedarf in Salzkotten für die Steuerung festgehalten,"
        " im Thema „Sprache im Betrieb“."
    ),
    "company-report.holder-reminded": (
        "An die Meldung erinnert (eine vermittelte Stelle, Jobcenter):"
        f" auf die Vermittlung antworten, fällig {MONDAY}."
    ),
    "company-report.escalated": (
        "Meldung überfällig, Stufe 1 (eine vermittelte Stelle, Jobcenter):"
        f" auf die Vermittlung antworten, fällig war {MONDAY}."
    ),
    "contact-look.contact-seen": "Kontaktdaten der Meldung DF-8KC6-AFSW eingesehen.",
}

EXAMPLES: tuple[tuple[Event, str], ...] = tuple(
    (event, GERMAN[event.TOPIC]) for event in EVENTS.values()
)
