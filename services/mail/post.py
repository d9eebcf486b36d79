"""The mail of a running service, put together."""

from services.crew import Crew
from services.identity.links import Links
from services.intake.intakes import Intakes
from services.intake.key import IntakeKey
from services.intake.links import ReportLinks
from services.mail.carriage import Carriage
from services.mail.company_letters import CompanyLetters
from services.mail.letters import Letters
from services.mail.message import Sender
from services.mail.notifier import Notifier
from services.mail.outbox import Outbox
from services.mail.postman import LEASE, Postman
from services.mail.server import MailServer
from services.privacy.subject_keys import SubjectKeys
from services.runtime import Runtime
from services.settings import Settings


def outbox_of(runtime: Runtime) -> Outbox:
    """Where mails are queued."""
    return Outbox(runtime.pool, SubjectKeys(runtime.master), runtime.calendar)


def notifier_of(runtime: Runtime) -> Notifier:
    """Who queues what follows from the log."""
    return Notifier(runtime.pool, runtime.store, outbox_of(runtime))


def letters_of(runtime: Runtime, settings: Settings) -> Letters:
    """Who writes what is queued."""
    address = settings.public_url or f"http://{settings.host}:{settings.port}"
    return Letters(
        runtime.pool,
        runtime.store,
        SubjectKeys(runtime.master),
        Links(runtime.pool),
        CompanyLetters(
            runtime.store,
            Intakes(runtime.pool, IntakeKey(runtime.pool, runtime.master)),
            ReportLinks(runtime.pool),
            address=address,
        ),
        zone=runtime.calendar.zone,
        address=address,
        county=settings.county or "",
    )


def postman_of(runtime: Runtime, settings: Settings) -> Postman | None:
    """Who carries it; nobody without a mail server."""
    if settings.smtp_host is None or settings.mail_from is None:
        return None
    server = MailServer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        tls=settings.smtp_tls,
        authority=settings.smtp_tls_ca,
        user=settings.smtp_user,
        password=settings.smtp_password,
    )
    return Postman(
        Carriage(runtime.pool, LEASE),
        letters_of(runtime, settings),
        server,
        Sender.of(settings.mail_from, settings.mail_list_id),
    )


def keep_posting(runtime: Runtime, settings: Settings, crew: Crew) -> None:
    """Queue what people are told, and carry it if there is a server, in the background."""
    crew.start(notifier_of(runtime).run(runtime.bell), "notifier")
    postman = postman_of(runtime, settings)
    if postman is not None:
        crew.start(postman.run(), "postman")
