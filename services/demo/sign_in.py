"""Lets the people of the demo sign in at the pages: an address each, and one password for all."""

from datetime import UTC, datetime
from pathlib import Path
from secrets import token_urlsafe
from uuid import NAMESPACE_URL, uuid4, uuid5

from domain.directory.commands import RecordAddress
from services.demo.county import County, Person
from services.identity.passwords import Passwords
from services.identity.principal import CONSOLE
from services.orders import Order
from services.runtime import Runtime

FILE = "demo-password"
CORRELATION = str(uuid5(NAMESPACE_URL, "kreislauf-demo-sign-in"))


def address_of(person: Person) -> str:
    """An address that no mail ever reaches: nobody can own this domain (RFC 2606)."""
    return f"{person.key}@kim.example"


async def let_in(runtime: Runtime, county: County, data: Path) -> str:
    """Give everybody an address and the demo's password, which is made once for a data folder.

    Whoever has chosen another password keeps it.
    """
    password = _password(data / FILE)
    passwords = Passwords(runtime.pool)
    now = datetime.now(UTC)
    for person in county.people.items:
        await runtime.desk.handle(
            Order(
                command=RecordAddress(account=person.account, address=address_of(person)),
                command_id=uuid4(),
                principal=CONSOLE,
                at=now,
                correlation=CORRELATION,
                source="invented for the demo",
            )
        )
        if await passwords.changed_at(person.account) is None:
            await passwords.keep(person.account, password, now)
    await runtime.read_models.catch_up()
    return password


def _password(file: Path) -> str:
    """Random for each data folder: the demo too may be reached from elsewhere."""
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(token_urlsafe(12))
    return file.read_text()
