"""A service with an OpenID Connect provider, and the way of a browser through both."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import UUID, uuid4

import httpx
import msgspec

from domain.directory.commands import RecordAddress
from domain.kernel import Command
from services.crew import Crew
from services.demo.county import paderborn
from services.identity.principal import CONSOLE
from services.orders import Order
from services.runtime import Runtime, follow_the_log, running
from services.settings import Settings
from tests.support.oidc import CLIENT, SECRET
from tests.support.stack import Stack, serving
from tests.support.visitor import PUBLIC, Browser, led

START = "/anmelden/oidc"
BACK = "/anmelden/oidc/zurueck"
LOGOUT = "/anmelden/oidc/abmeldung"
SESSION = "__Host-kreislauf"
KARIN = "karin.koordination@kreis.example"
ACCOUNTS: Mapping[str, UUID] = {person.key: person.account for person in paderborn().people.items}


def with_provider(settings: Settings, issuer: str, **given: object) -> Settings:
    """These settings, with this provider."""
    told = {
        "public_url": PUBLIC,
        "oidc_issuer": issuer,
        "oidc_client_id": CLIENT,
        "oidc_client_secret": SECRET,
        **given,
    }
    return msgspec.structs.replace(settings, **told)


@asynccontextmanager
async def service(
    settings: Settings, database_url: str, people: Mapping[str, str]
) -> AsyncIterator[Stack]:
    """A service over a loaded county, in which Karin has an address."""
    crew = Crew()
    async with running(settings, database_url) as runtime:
        follow_the_log(runtime, crew)
        await decide(runtime, RecordAddress(account=ACCOUNTS["koordination"], address=KARIN))
        async with serving(runtime, settings, people) as stack:
            yield stack
        await crew.dismiss()


async def decide(runtime: Runtime, command: Command) -> None:
    """Record what the command asks for, and wait until it is read everywhere."""
    order = Order(
        command=command,
        command_id=uuid4(),
        principal=CONSOLE,
        at=datetime.now(UTC),
        correlation="test",
    )
    await runtime.desk.handle(order)
    await runtime.read_models.catch_up()


async def nobody_came(stack: Stack) -> None:
    """As if nobody had ever signed in."""
    for table in ("oidc_identity", "oidc_used_token", "web_session", "security_log", "rate_limit"):
        await stack.runtime.pool.execute(f"delete from {table}")  # noqa: S608 (written here)


async def begun(browser: Browser, target: str = "/aufgaben") -> str:
    """Press the button; where at the provider it leads."""
    return led(await browser.open(f"{START}?{urlencode({'weiter': target})}", site="same-origin"))


async def way_back(browser: Browser, target: str = "/aufgaben") -> str:
    """Sign in at the provider; where it sends the browser."""
    return led(await browser.client.get(await begun(browser, target)))


async def signed_in(browser: Browser, target: str = "/aufgaben") -> httpx.Response:
    """All of it, but for the page that was wanted."""
    return await browser.open(await way_back(browser, target), site="cross-site")


async def account_of(browser: Browser) -> UUID | None:
    """Who the service takes the browser's person for."""
    answer = await browser.client.get(f"{PUBLIC}/api/v1/me")
    if answer.status_code != HTTPStatus.OK:
        return None
    return UUID(answer.json()["account"])


async def noted(stack: Stack) -> list[str]:
    """What the security log says of the provider's people."""
    rows = await stack.runtime.pool.fetch("select happening, method from security_log order by id")
    return [row["happening"] for row in rows if row["method"] == "oidc"]


def query_of(address: str) -> dict[str, str]:
    return {name: value[0] for name, value in parse_qs(urlsplit(address).query).items()}
