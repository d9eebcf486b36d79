"""An address finds its account, is in the clear nowhere, and goes with its person."""

from uuid import UUID, uuid4

import pytest

from domain.directory.commands import RecordAddress, RegisterAccount, RemoveAddress
from domain.directory.errors import AddressTaken
from domain.privacy.commands import EraseSubject
from services.identity.addresses import AddressBook, AddressKey
from services.identity.principal import CONSOLE
from services.privacy.master import key_file, read_key_file
from services.privacy.rotation import key_ids_in_use, rotate_file
from services.runtime import Runtime
from services.settings import Settings
from tests.support.office import Office

MARKER = "erika.markierung@example.org"


@pytest.fixture
async def book(unfollowed: Runtime) -> AddressBook:
    return unfollowed.addresses


@pytest.fixture
async def reached(unfollowed: Runtime, office: Office, erika: UUID) -> UUID:
    """Erika, who has an address."""
    await _record(unfollowed, office, erika, MARKER)
    return erika


async def _record(runtime: Runtime, office: Office, account: UUID, address: str) -> None:
    await office.ask(CONSOLE, RecordAddress(account=account, address=address))
    await runtime.read_models.catch_up()


async def _somebody(office: Office) -> UUID:
    account = uuid4()
    await office.ask(CONSOLE, RegisterAccount(account=account, name="Ines"))
    return account


async def test_an_account_is_found_by_each_spelling_of_its_address(
    book: AddressBook, reached: UUID
) -> None:
    for spelling in (MARKER, MARKER.upper(), f" {MARKER} "):
        assert await book.account_of(spelling) == reached
    assert await book.account_of("somebody.else@example.org") is None
    assert await book.account_of("") is None
    assert await book.account_of("no address at all\x00") is None


async def test_the_address_of_an_account_is_read_from_the_log(
    book: AddressBook, reached: UUID
) -> None:
    assert await book.address_of(reached) == MARKER
    assert await book.address_of(uuid4()) is None
    assert await book.addresses_of([reached, uuid4()]) == {reached: MARKER}


async def test_a_changed_address_is_the_only_one(
    unfollowed: Runtime, office: Office, book: AddressBook, reached: UUID
) -> None:
    await _record(unfollowed, office, reached, "neu@example.org")
    assert await book.account_of(MARKER) is None
    assert await book.account_of("neu@example.org") == reached
    assert await book.address_of(reached) == "neu@example.org"


async def test_a_removed_address_is_free_again(
    unfollowed: Runtime, office: Office, book: AddressBook, reached: UUID
) -> None:
    await office.ask(CONSOLE, RemoveAddress(account=reached))
    await unfollowed.read_models.catch_up()
    assert await book.address_of(reached) is None
    other = await _somebody(office)
    await _record(unfollowed, office, other, MARKER)
    assert await book.account_of(MARKER) == other


async def test_no_two_accounts_have_one_address(
    unfollowed: Runtime, office: Office, book: AddressBook, reached: UUID
) -> None:
    other = await _somebody(office)
    with pytest.raises(AddressTaken):
        await office.ask(CONSOLE, RecordAddress(account=other, address=MARKER.title()))
    assert await book.account_of(MARKER) == reached
    await _record(unfollowed, office, reached, MARKER.upper())
    assert await book.address_of(reached) == MARKER.upper(), "one's own may be written otherwise"


async def test_if_two_record_one_address_at_once_it_is_the_first_ones(
    unfollowed: Runtime, office: Office, book: AddressBook, erika: UUID
) -> None:
    """The read model has not come that far yet when the second one is decided."""
    other = await _somebody(office)
    for account in (erika, other):
        await office.ask(CONSOLE, RecordAddress(account=account, address=MARKER))
    await unfollowed.read_models.catch_up()
    assert await book.account_of(MARKER) == erika


async def test_an_address_is_nowhere_in_the_database_in_the_clear(
    unfollowed: Runtime, reached: UUID
) -> None:
    tables = await unfollowed.pool.fetch(
        "select quote_ident(tablename) as name from pg_tables where schemaname = 'public'"
    )
    told = {MARKER, MARKER.encode().hex(), "markierung"}
    for table in tables:
        query = f"select t.*::text as row from {table['name']} t"  # noqa: S608 (its own tables)
        for row in await unfollowed.pool.fetch(query):
            assert not any(word in str(row) for word in told), table["name"]
    assert await unfollowed.addresses.address_of(reached) == MARKER


async def test_an_erasure_takes_the_address_and_all_that_finds_it(
    unfollowed: Runtime, office: Office, book: AddressBook, reached: UUID
) -> None:
    await office.ask(CONSOLE, EraseSubject(person=reached, reason="Art. 17"))
    await unfollowed.read_models.catch_up()
    assert await book.account_of(MARKER) is None
    assert await book.address_of(reached) is None
    assert await unfollowed.pool.fetchval("select count(*) from account_address") == 0
    await unfollowed.read_models.rebuild()
    assert await book.account_of(MARKER) is None
    assert await unfollowed.pool.fetchval("select count(*) from account_address") == 0


async def test_with_a_new_master_key_addresses_are_found_as_before(
    unfollowed: Runtime, settings: Settings, book: AddressBook, reached: UUID
) -> None:
    await rotate_file(unfollowed.pool, key_file(settings))
    assert await book.account_of(MARKER) == reached
    [new] = read_key_file(key_file(settings))
    assert len(await key_ids_in_use(unfollowed.pool)) == 1
    assert len(new) == 32


async def test_the_digest_needs_the_key_of_this_database(
    unfollowed: Runtime, reached: UUID
) -> None:
    key = AddressKey(unfollowed.master)
    before = await key.digest(unfollowed.pool, MARKER)
    assert before == await unfollowed.pool.fetchval(
        "select digest from account_address where account = $1", reached
    )
    await unfollowed.pool.execute("truncate address_key")
    assert await key.digest(unfollowed.pool, MARKER) != before
