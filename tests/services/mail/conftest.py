"""A small county whose people have addresses, an outbox, and a mail server that takes mails."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.directory.commands import GrantRole, RecordAddress, RegisterAccount
from domain.kernel import Role
from services.identity.principal import CONSOLE
from services.mail.carriage import Carriage
from services.mail.letters import Letters
from services.mail.message import Sender
from services.mail.outbox import Outbox
from services.mail.post import letters_of, outbox_of
from services.mail.postman import LEASE, Postman
from services.mail.server import MailServer
from services.runtime import Runtime
from services.settings import Settings
from tests.support.mail_sink import Sink, mail_sink
from tests.support.office import Office

SENDER = Sender.of("KIM Kreis Paderborn <kim@kreis.example.org>", None)
NO_PAUSE = (timedelta(),) * 3


@dataclass(frozen=True)
class Mailroom:
    """The mail of a county whose log nobody follows by himself."""

    runtime: Runtime
    outbox: Outbox
    letters: Letters
    sink: Sink

    def postman(
        self,
        server: MailServer | None = None,
        *,
        lease: timedelta = LEASE,
        pauses: Sequence[timedelta] = NO_PAUSE,
    ) -> Postman:
        """One who tries again at once, at most three times."""
        own = MailServer(host="127.0.0.1", port=self.sink.port, tls="none", patience=5)
        carriage = Carriage(self.runtime.pool, lease)
        return Postman(carriage, self.letters, server or own, SENDER, pauses=pauses)

    async def queue(self, account: UUID, key: str = "first", **facts: str) -> None:
        """An invitation to an account."""
        await self.outbox.queue(
            account=account,
            template="invitation",
            facts={"token": "geheimes-token", "target": "/konto", **facts},
            key=key,
            at=datetime.now(UTC),
        )

    async def rows(self) -> list[dict[str, Any]]:
        """All mails in the order of their queuing."""
        rows = await self.runtime.pool.fetch("select * from mail order by number")
        return [dict(row) for row in rows]


@pytest.fixture
def sink() -> Iterator[Sink]:
    with mail_sink() as sink:
        yield sink


@pytest.fixture
def mailroom(unfollowed: Runtime, settings: Settings, sink: Sink) -> Mailroom:
    return Mailroom(
        runtime=unfollowed,
        outbox=outbox_of(unfollowed),
        letters=letters_of(unfollowed, settings),
        sink=sink,
    )


@pytest.fixture
async def jule(mailroom: Mailroom, office: Office) -> UUID:
    """Jule Jansen of the Jobcenter, with an address."""
    return await person(
        mailroom.runtime,
        office,
        "Jule Jänsen",
        "jule@jobcenter.example.org",
        (Role.ORGANISATION_MEMBER, "jobcenter"),
    )


async def person(
    runtime: Runtime,
    office: Office,
    name: str,
    address: str,
    *roles: tuple[Role, str],
    municipality: str | None = None,
) -> UUID:
    """Somebody with an account, an address unless it is empty, and these roles."""
    account = uuid4()
    await office.ask(CONSOLE, RegisterAccount(account=account, name=name))
    if address:
        await office.ask(CONSOLE, RecordAddress(account=account, address=address))
    for role, organisation in roles:
        grant = GrantRole(
            account=account, role=role, organisation=organisation, municipality=municipality
        )
        await office.ask(CONSOLE, grant)
    await runtime.read_models.catch_up()
    return account
