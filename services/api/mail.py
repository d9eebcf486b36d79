"""The mails over HTTP: how they fare, for administrators; how one wants to be told, for anybody."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Controller, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.response import Response

from domain.kernel import Erased
from services.api import bounds
from services.api.access import SignedIn
from services.api.decisions import Clerk
from services.api.languages import language_of, spoken
from services.api.pages import LARGEST, Page, read_cursor, write_cursor
from services.api.problems import CHANGING, READING
from services.eventstore.database import Pool
from services.eventstore.store import EventStore
from services.history import account_names
from services.identity.addresses import AddressBook
from services.identity.authorisation import SEES_THE_MAIL, require
from services.mail import overseeing
from services.mail.carriage import find, way
from services.mail.choices import Choice, choice_of, choose
from services.mail.kinds import Rhythm
from services.mail.letters import Letters
from services.mail.overseeing import MailRow, State, UnknownMail
from services.mail.people import masked
from services.mail.wording import kind_in_words, state_in_words, trouble_in_words
from services.texts import Language

InState = Annotated[
    State | None,
    QueryParameter(name="state", required=False, description="Only those in this state."),
]


class MailChoice(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When one wants to be told, and in which language.

    `at-once`; `daily`: all in one mail at seven on working days; `only-asked`: at once what needs
    something of one, and nothing else. Links to sign in always come at once.
    """

    rhythm: Rhythm
    language: Language


class MailView(msgspec.Struct, frozen=True, kw_only=True):
    """A mail to a person. Its address is shown in part only.

    `uncertain`: a connection was lost while it was handed over, so it may arrive twice, with the
    same Message-ID. `answer` is the mail server's code.
    """

    id: UUID
    account: UUID
    name: str | Erased
    address: str
    template: str
    title: str
    state: State
    state_title: str
    queued_at: datetime
    next_at: datetime
    attempts: int
    uncertain: bool
    sent_at: datetime | None = None
    trouble: str
    message: str
    answer: str
    handled_at: datetime | None = None
    reason: str


class MailText(msgspec.Struct, frozen=True, kw_only=True):
    """What a mail says; without its links, which only the person may have."""

    mail: MailView
    subject: str
    text: str


class MailSummary(msgspec.Struct, frozen=True, kw_only=True):
    """How the mails fare.

    `postman_seen_at`: when mails were last carried; null if no mail server was ever set up.
    `trouble` keeps all of them from the server, since `troubled_since`.
    """

    queued: int
    sending: int
    sent: int
    dead: int
    discarded: int
    collected: int
    gathered: int
    waiting_since: datetime | None
    postman_seen_at: datetime | None
    trouble: str
    troubled_since: datetime | None


class DiscardReason(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why the mail is not sent. It is kept for as long as the mail is."""

    reason: Annotated[bounds.Reason, msgspec.Meta(examples=["Die Runde ist zurückgezogen."])]


@get("/me/mail", operation_id="readMailChoice", tags=["Directory"], responses=READING)
async def read_mail_choice(request: SignedIn, pool: NamedDependency[Pool]) -> MailChoice:
    """When one is told, and in which language."""
    return _choice(await choice_of(pool, UUID(request.user.account)))


@put("/me/mail", operation_id="changeMailChoice", tags=["Directory"], responses=CHANGING)
async def choose_mail(
    request: SignedIn,
    data: JSONBody[MailChoice],
    pool: NamedDependency[Pool],
    clerk: NamedDependency[Clerk],
) -> MailChoice:
    """Choose when one is told, and in which language. It holds for what comes from now on."""
    choice = Choice(rhythm=data.rhythm, language=data.language)
    await choose(pool, UUID(request.user.account), choice, clerk.now())
    return data


class MailController(Controller):
    """What was queued for whom, and whether it arrived."""

    path = "/mail"
    tags = ("Administration",)

    @get("/", operation_id="listMail", responses=READING)
    async def list_mail(
        self,
        request: SignedIn,
        pool: NamedDependency[Pool],
        store: NamedDependency[EventStore],
        addresses: NamedDependency[AddressBook],
        clerk: NamedDependency[Clerk],
        in_state: InState = None,
        cursor: bounds.Cursor = None,
        limit: bounds.Limit = bounds.PAGE,
    ) -> Response[Page[MailView]]:
        """The mails, those queued last first."""
        require(request.user, SEES_THE_MAIL, clerk.now())
        before = read_cursor(cursor, int, LARGEST)
        rows = await overseeing.list_rows(pool, in_state, before, limit + 1)
        language = language_of(request)
        items = await _views(pool, store, addresses, rows[:limit], language)
        more = write_cursor(rows[limit - 1].number) if len(rows) > limit else None
        return spoken(Page(items=items, next=more), language)

    @get("/summary", operation_id="readMailSummary", responses=READING)
    async def read_summary(
        self, request: SignedIn, pool: NamedDependency[Pool], clerk: NamedDependency[Clerk]
    ) -> MailSummary:
        """How many mails are where on their way, and whether they are carried at all."""
        require(request.user, SEES_THE_MAIL, clerk.now())
        found = await way(pool)
        counted = await overseeing.counts(pool)
        return MailSummary(
            **{state.value: count for state, count in counted.items()},
            waiting_since=await overseeing.waiting_since(pool, clerk.now()),
            postman_seen_at=found.seen_at if found else None,
            trouble=found.trouble if found else "",
            troubled_since=found.troubled_since if found else None,
        )

    @get("/{mail:uuid}", operation_id="readMail", responses=READING)
    async def read_mail(
        self,
        request: SignedIn,
        mail: FromPath[UUID],
        pool: NamedDependency[Pool],
        store: NamedDependency[EventStore],
        addresses: NamedDependency[AddressBook],
        letters: NamedDependency[Letters],
        clerk: NamedDependency[Clerk],
    ) -> Response[MailText]:
        """What the mail says, as it would be written now."""
        require(request.user, SEES_THE_MAIL, clerk.now())
        row = await overseeing.read_row(pool, mail)
        found = await find(pool, mail)
        letter = found and await letters.write(found, clerk.now(), hidden=True)
        if not letter:
            raise UnknownMail(str(mail))
        language = language_of(request)
        [view] = await _views(pool, store, addresses, [row], language)
        return spoken(MailText(mail=view, subject=letter.subject, text=letter.text), language)

    @post("/{mail:uuid}/retry", operation_id="retryMail", status_code=200, responses=CHANGING)
    async def retry_mail(
        self,
        request: SignedIn,
        mail: FromPath[UUID],
        pool: NamedDependency[Pool],
        store: NamedDependency[EventStore],
        addresses: NamedDependency[AddressBook],
        clerk: NamedDependency[Clerk],
    ) -> Response[MailView]:
        """Send a mail again that could not be delivered, or send one now that waits."""
        require(request.user, SEES_THE_MAIL, clerk.now())
        row = await overseeing.retry(pool, mail, request.user.account, clerk.now())
        language = language_of(request)
        [view] = await _views(pool, store, addresses, [row], language)
        return spoken(view, language)

    @post("/{mail:uuid}/discard", operation_id="discardMail", status_code=200, responses=CHANGING)
    async def discard_mail(
        self,
        request: SignedIn,
        mail: FromPath[UUID],
        data: JSONBody[DiscardReason],
        pool: NamedDependency[Pool],
        store: NamedDependency[EventStore],
        addresses: NamedDependency[AddressBook],
        clerk: NamedDependency[Clerk],
    ) -> Response[MailView]:
        """Never send a mail that waits or could not be delivered."""
        require(request.user, SEES_THE_MAIL, clerk.now())
        row = await overseeing.discard(pool, mail, request.user.account, clerk.now(), data.reason)
        language = language_of(request)
        [view] = await _views(pool, store, addresses, [row], language)
        return spoken(view, language)


async def _views(
    pool: Pool,
    store: EventStore,
    addresses: AddressBook,
    rows: Sequence[MailRow],
    language: Language,
) -> list[MailView]:
    accounts = {row.account for row in rows}
    found = await pool.fetch("select position from account where id = any($1)", list(accounts))
    names = await account_names(store, [one["position"] for one in found])
    known = await addresses.addresses_of(accounts)
    return [
        MailView(
            id=row.id,
            account=row.account,
            name=names.get(str(row.account), ""),
            address=masked(known.get(row.account, "")),
            template=row.template,
            title=kind_in_words(row.template, language),
            state=row.state,
            state_title=state_in_words(row.state, language),
            queued_at=row.queued_at,
            next_at=row.next_at,
            attempts=row.attempts,
            uncertain=row.uncertain,
            sent_at=row.sent_at,
            trouble=row.trouble,
            message=trouble_in_words(row.trouble, language),
            answer=row.answer,
            handled_at=row.handled_at,
            reason=row.reason,
        )
        for row in rows
    ]


def _choice(choice: Choice) -> MailChoice:
    return MailChoice(rhythm=choice.rhythm, language=choice.language)
