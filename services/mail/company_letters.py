"""What a mail to a company is written from: its form, or its report, as it is at that moment."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import msgspec

from domain.course_pools.decide import COURSE_POOL
from domain.course_pools.pool import Unknown as NoPool
from services.eventstore.store import EventStore
from services.intake.intakes import Intakes
from services.intake.links import CONFIRMATION_PAGE, PAGE, ReportLinks
from services.mail.carriage import Mail
from services.mail.company_contact import Contacts, Standing
from services.mail.kinds import TEMPLATES, Addressee
from services.mail.people import Recipient, recipient_of
from services.pool_partners import partners_of
from services.texts import Language

HIDDEN = "…"
"""In place of a link where a mail is only looked at: whoever has the link is the company."""


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """To whom, in which language, and what is to be said."""

    to: Recipient
    language: Language
    facts: Mapping[str, object]


class CompanyLetters:
    """Looks up what mails to companies say."""

    def __init__(
        self, store: EventStore, intakes: Intakes, links: ReportLinks, *, address: str
    ) -> None:
        """`address` is where people reach the pages, as in https://kim.example.org."""
        self._store = store
        self._contacts = Contacts(store)
        self._intakes = intakes
        self._links = links
        self._address = address

    async def told(self, mail: Mail, at: datetime, *, hidden: bool) -> Told | None:
        """None if there is nobody to be told any more. `hidden`: without its link."""
        if TEMPLATES[mail.template].to is Addressee.INTAKE:
            return await self._of_form(mail.account, hidden=hidden)
        standing = await self._contacts.standing(mail.account)
        if standing is None:
            return None
        return await self._of_report(mail, standing, at, hidden=hidden)

    async def _of_form(self, intake: UUID, *, hidden: bool) -> Told | None:
        """Nothing that was typed in is repeated: nobody is to send their words through us."""
        waiting = await self._intakes.waiting(intake)
        if waiting is None:
            return None
        where = HIDDEN if hidden else self._address + CONFIRMATION_PAGE + waiting.token
        return Told(
            to=Recipient(name="", address=waiting.form.contact.email),
            language=_language(waiting.form.language),
            facts={"link": where},
        )

    async def _of_report(
        self, mail: Mail, standing: Standing, at: datetime, *, hidden: bool
    ) -> Told | None:
        report = mail.account
        to, record, holder = standing.recipient, standing.record, standing.holder
        if to is None:
            return None
        where = HIDDEN if hidden else self._address + PAGE + await self._links.create(report, at)
        return Told(
            to=to,
            language=_language(record.language),
            facts={
                "link": where,
                "reference": record.reference,
                "due": holder.due.isoformat() if holder else "",
                "person": await self._name_of(record.contact_person),
                **await self._partners(mail, hidden=hidden),
            },
        )

    async def _partners(self, mail: Mail, *, hidden: bool) -> Mapping[str, object]:
        """Who the others in a shared course are, in the one mail that says it."""
        if mail.template != "course-pool-formed":
            return {}
        key = UUID(mail.facts["pool"])
        entries = await self._store.load(key)
        pool = COURSE_POOL.replay(entry.event for entry in entries)  # pyright: ignore[reportArgumentType]  (the stream has its own events)
        if hidden or isinstance(pool, NoPool):
            return {"partners": ()}
        return {"partners": await partners_of(self._store, pool, mail.account)}

    async def _name_of(self, account: str) -> str:
        """Of the coordinator who sees to it; empty while nobody is named."""
        found = await recipient_of(self._store, UUID(account)) if account else None
        return found.name if found else ""


def _language(filled_in: str) -> Language:
    """Mails are written in two languages; whoever reads neither gets the county's."""
    return "en" if filled_in == "en" else "de"
