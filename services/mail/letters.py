"""A mail as it is sent: its words, in the person's language, from what is there at that moment."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from services.eventstore.database import Pool
from services.eventstore.store import EventStore
from services.history import names_of
from services.mail.blocks import as_text, blocks_of
from services.mail.carriage import Mail, gathered_in
from services.mail.choices import choice_of
from services.mail.company_letters import HIDDEN, CompanyLetters
from services.mail.filling import Words, laid_out, subject_of
from services.mail.kinds import TARGET, TEMPLATES, Addressee, Kind
from services.mail.people import Recipient, recipient_of
from services.mail.secret import unseal
from services.privacy.subject_keys import SubjectKeys
from services.texts import Language

ONE_TIME = "/anmelden/link/"
ACCOUNT_PAGE = "/konto"
MOST_CLASSES = 30
SENDER: Mapping[Language, str] = {
    "de": "Kommunales Integrationsmanagement",
    "en": "Integration management",
}


OF_PEOPLE, OF_COMPANIES = "", "-company"
"""Whose greeting and footer: those of companies speak of no account."""


class Links(Protocol):
    """Makes links that let somebody in once."""

    async def create(self, account: UUID, *, purpose: str, target: str, at: datetime) -> str: ...


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """What is sent to whom. Both bodies say the same."""

    to: Recipient
    language: Language
    subject: str
    text: str
    html: str


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """A mail within a digest."""

    kind: Kind
    subject: str
    link: str


class Letters:
    """Writes what a row of the outbox stands for. Names and addresses are looked up now."""

    def __init__(  # noqa: PLR0913 (all it looks things up in)
        self,
        pool: Pool,
        store: EventStore,
        people: SubjectKeys,
        links: Links,
        companies: CompanyLetters,
        *,
        zone: ZoneInfo,
        address: str,
        county: str = "",
    ) -> None:
        """`address` is where people reach the pages, as in https://kim.example.org."""
        self._pool = pool
        self._store = store
        self._people = people
        self._links = links
        self._companies = companies
        self._zone = zone
        self._address = address
        self._county = county

    async def write(self, mail: Mail, at: datetime, *, hidden: bool = False) -> Letter | None:
        """The letter; None if there is no such person any more. `hidden`: without its links."""
        if TEMPLATES[mail.template].to is not Addressee.ACCOUNT:
            return await self._write_to_company(mail, at, hidden=hidden)
        to = await recipient_of(self._store, mail.account)
        if to is None:
            return None
        language = (await choice_of(self._pool, mail.account)).language
        words = Words(language, await names_of(self._pool, self._store), self._zone)
        facts: dict[str, Any] = dict(mail.facts)
        if mail.template == "digest":
            facts.update(await self._items(mail, words, at, hidden=hidden))
        else:
            facts.update(await self._looked_up(mail, at, hidden=hidden))
        facts.update(
            name=to.name,
            sender=self._sender(language),
            account_page=self._address + ACCOUNT_PAGE,
            today=at.isoformat(),
        )
        return _letter(to, words, mail.template, facts, OF_PEOPLE)

    async def _write_to_company(self, mail: Mail, at: datetime, *, hidden: bool) -> Letter | None:
        told = await self._companies.told(mail, at, hidden=hidden)
        if told is None:
            return None
        words = Words(told.language, await names_of(self._pool, self._store), self._zone)
        facts = {**mail.facts, **told.facts, "sender": self._sender(told.language)}
        return _letter(told.to, words, mail.template, facts, OF_COMPANIES)

    def _sender(self, language: Language) -> str:
        return " ".join(part for part in (SENDER[language], self._county) if part)

    async def _items(
        self, digest: Mail, words: Words, at: datetime, *, hidden: bool
    ) -> Mapping[str, object]:
        items = [
            await self._item(mail, words, at, hidden=hidden)
            for mail in await gathered_in(self._pool, digest.id)
        ]
        return {
            "asked": [item for item in items if item.kind is Kind.ASKS],
            "told": [item for item in items if item.kind is Kind.TELLS],
            "is_one_time": any(ONE_TIME in item.link for item in items),
        }

    async def _item(self, mail: Mail, words: Words, at: datetime, *, hidden: bool) -> Item:
        facts = {**mail.facts, **await self._looked_up(mail, at, hidden=hidden)}
        return Item(
            kind=TEMPLATES[mail.template].kind,
            subject=subject_of(words.fill(mail.template, {**facts, "name": ""})),
            link=facts["link"],
        )

    async def _looked_up(self, mail: Mail, at: datetime, *, hidden: bool) -> dict[str, Any]:
        where = HIDDEN if hidden else await self._link(mail, at)
        classes = mail.facts.get("classes", "")
        names = await self._class_names(classes)
        return {
            "link": where,
            "is_one_time": ONE_TIME in where,
            "class_names": names[:MOST_CLASSES],
            "more": len(names[MOST_CLASSES:]),
        }

    async def _link(self, mail: Mail, at: datetime) -> str:
        """With the token that came with the mail, with one made now, or to a page of ours."""
        target = mail.facts.get(TARGET, "")
        purpose = TEMPLATES[mail.template].purpose
        if mail.secret is not None:
            key = (await self._people.to_read(self._pool, [mail.account])).get(mail.account)
            assert isinstance(key, bytes), "the person is there, so is what was encrypted for them"
            return self._address + ONE_TIME + unseal(mail.secret, mail.id, key)
        if purpose is not None:
            token = await self._links.create(mail.account, purpose=purpose, target=target, at=at)
            return self._address + ONE_TIME + token
        return self._address + target

    async def _class_names(self, classes: str) -> Sequence[str]:
        if not classes:
            return []
        rows = await self._pool.fetch(
            "select name from training_class where id = any($1) order by name",
            [UUID(key) for key in classes.split(", ")],
        )
        return [row["name"] for row in rows]


def _letter(
    to: Recipient, words: Words, template: str, facts: Mapping[str, object], whose: str
) -> Letter:
    filled = words.fill(template, facts)
    subject = subject_of(filled)
    body = filled.lstrip().partition("\n")[2]
    parts = (words.fill(f"_greeting{whose}", facts), body, words.fill("_closing", facts))
    blocks = blocks_of("\n\n".join(parts))
    footer = blocks_of(words.fill(f"_footer{whose}", facts))
    return Letter(
        to=to,
        language=words.language,
        subject=subject,
        text=f"{as_text(blocks)}\n-- \n{as_text(footer)}",
        html=laid_out(words.language, subject, blocks, footer),
    )
