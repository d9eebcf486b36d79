"""Examples of mails and of how a person wants to be told."""

from datetime import UTC, datetime
from uuid import UUID

from services.api.examples.shared import OPENED, PERSON
from services.api.mail import DiscardReason, MailChoice, MailSummary, MailText, MailView
from services.mail.kinds import Rhythm
from services.mail.overseeing import State

MAIL = MailView(
    id=UUID("5d8f3a52-6b0e-5c57-9d0f-7a4d1c9e2b11"),
    account=PERSON,
    name="Jule Jansen",
    address="ju…@jobcenter.example.org",
    template="consultation-opened",
    title="Abstimmung: Bitte um Antwort",
    state=State.DEAD,
    state_title="nicht zustellbar",
    queued_at=OPENED,
    next_at=OPENED,
    attempts=1,
    uncertain=False,
    sent_at=None,
    trouble="refused",
    message="Der Mailserver nimmt diese Nachricht nicht an. Bitte prüfen Sie die Adresse der"
    " Person.",
    answer="550 5.1.1",
    handled_at=None,
    reason="",
)

EXAMPLES = (
    MAIL,
    MailText(
        mail=MAIL,
        subject="Konzept für Delbrück: Bitte antworten Sie bis Montag, 14. Dezember 2026,"
        " 18:00 Uhr",
        text="Guten Tag Jule Jansen,\n\nJobcenter Kreis Paderborn wird gebeten, …\n",
    ),
    MailSummary(
        queued=3,
        sending=1,
        sent=512,
        dead=1,
        discarded=0,
        collected=12,
        gathered=0,
        waiting_since=OPENED,
        postman_seen_at=datetime(2026, 11, 23, 9, 15, tzinfo=UTC),
        trouble="SMTPConnectError",
        troubled_since=OPENED,
    ),
    MailChoice(rhythm=Rhythm.DAILY, language="de"),
    DiscardReason(reason="Die Runde ist zurückgezogen."),
)
