"""Somebody with an account, and a provider of theirs, for the tests of sign-in."""

from collections.abc import AsyncIterator, Mapping
from uuid import UUID, uuid4

import pytest

from domain.directory.commands import RegisterAccount
from services.embedded.postgres import EmbeddedPostgres
from services.identity.principal import CONSOLE
from services.runtime import Runtime
from services.settings import Settings
from tests.conftest import COUNTY
from tests.support.databases import new_database
from tests.support.office import Office
from tests.support.oidc import Provider, provider
from tests.support.oidc_service import KARIN, nobody_came, service, with_provider
from tests.support.stack import Stack
from tests.support.visitor import Browser, browsing


@pytest.fixture
async def erika(unfollowed: Runtime, office: Office) -> UUID:
    """Erika's account, without a role."""
    account = uuid4()
    await office.ask(CONSOLE, RegisterAccount(account=account, name="Erika Muster"))
    await unfollowed.read_models.catch_up()
    return account


@pytest.fixture(scope="module")
async def idp() -> AsyncIterator[Provider]:
    """An OpenID Connect provider."""
    async with provider() as found:
        yield found


@pytest.fixture
async def theirs(idp: Provider) -> Provider:
    """The provider, doing nothing wrong, with Karin at its door."""
    await idp.does()
    await idp.admits(sub="f3b1", sid="s-1", email=KARIN, email_verified=True)
    return idp


@pytest.fixture(scope="module")
async def shared(
    postgres: EmbeddedPostgres,
    loaded: Mapping[str, str],
    master_key: bytes,
    idp: Provider,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[Stack]:
    """One service with the provider, for all tests of a file that leave the county as it is."""
    settings = Settings(
        data=tmp_path_factory.mktemp("oidc"),
        master_key=master_key.decode(),
        log_level="warning",
    )
    async with (
        new_database(postgres.url, COUNTY) as url,
        service(with_provider(settings, idp.address), url, loaded) as stack,
    ):
        yield stack


@pytest.fixture
async def here(shared: Stack, theirs: Provider) -> Stack:  # noqa: ARG001 (it is there)
    """The service, in which nobody has signed in yet."""
    await nobody_came(shared)
    return shared


@pytest.fixture
async def browser(here: Stack) -> AsyncIterator[Browser]:
    """Somebody's browser, in front of the service."""
    async with browsing(here.address) as browser:
        yield browser
