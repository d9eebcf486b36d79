"""What is personal is stored encrypted, is read by nobody else's key, and can be erased."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import msgspec
import pytest
from eventsourcing.persistence import MapperDeserialisationError, StoredEvent

from domain.directory.commands import GrantRole, IssueToken, RegisterAccount, RevokeRole
from domain.directory.events import AccountRegistered, RoleRevoked, TokenIssued
from domain.kernel import Erased, Role
from domain.privacy.commands import EraseSubject
from domain.privacy.errors import SubjectIsErased, UnknownSubject
from services.desk import CommandIdReused
from services.eventstore.catalogue import EVENTS
from services.eventstore.mapper import EventMapper
from services.eventstore.record import LogEntry
from services.history import account_names
from services.identity.principal import CONSOLE
from services.identity.tokens import issue_token, principal_of
from services.privacy.shredding import Sweep
from services.runtime import Runtime
from tests.domain.county import JOBCENTER
from tests.golden.examples import ACCOUNT, EXAMPLES, KEYS
from tests.golden.write import FOLDER
from tests.support.log import row_of
from tests.support.office import Office

MARKER = "Gül Ångström-Markierung"
WHY = "Antrag nach Art. 17 DSGVO"


@pytest.fixture
async def person(office: Office) -> UUID:
    account = uuid4()
    await office.ask(CONSOLE, RegisterAccount(account=account, name=MARKER))
    return account


@pytest.fixture
async def erased(unfollowed: Runtime, office: Office, person: UUID) -> UUID:
    await _erase(unfollowed, office, person)
    return person


async def _erase(runtime: Runtime, office: Office, person: UUID) -> None:
    await office.ask(CONSOLE, EraseSubject(person=person, reason=WHY))
    await runtime.read_models.catch_up()


def _name(entry: LogEntry) -> object:
    assert isinstance(entry.event, AccountRegistered)
    return entry.event.name


async def test_a_name_is_nowhere_in_the_database_and_still_read(
    unfollowed: Runtime, person: UUID
) -> None:
    await unfollowed.read_models.catch_up()
    tables = await unfollowed.pool.fetch(
        "select quote_ident(tablename) as name from pg_tables where schemaname = 'public'"
    )
    for table in tables:
        query = f"select t.*::text as row from {table['name']} t"  # noqa: S608 (its own tables)
        rows = await unfollowed.pool.fetch(query)
        assert not any(MARKER in str(row) or MARKER.encode().hex() in str(row) for row in rows)
    [entry] = await unfollowed.store.load(person)
    assert _name(entry) == MARKER


async def test_every_way_of_reading_opens_what_is_personal(
    unfollowed: Runtime, person: UUID
) -> None:
    [entry] = await unfollowed.store.load(person)
    head = entry.position
    assert [_name(e) for e in await unfollowed.store.at([head])] == [MARKER]
    assert [_name(e) for e in await unfollowed.store.read(head - 1)] == [MARKER]
    async with unfollowed.pool.acquire() as connection, connection.transaction():
        entries = await unfollowed.store.read(head - 1, connection=connection)
        assert [_name(e) for e in entries] == [MARKER]


async def test_a_box_opens_at_its_own_place_only() -> None:
    stored = _golden("account.registered")
    mapper = EventMapper(EVENTS)
    assert mapper.to_domain_event(stored, KEYS).event.name == "Ada Beispiel"
    elsewhere = (
        StoredEvent(uuid4(), stored.originator_version, stored.topic, stored.state),
        StoredEvent(stored.originator_id, 4, stored.topic, stored.state),
    )
    for copy in elsewhere:
        with pytest.raises(MapperDeserialisationError, match="was changed"):
            mapper.to_domain_event(copy, KEYS)


async def test_nobody_elses_key_opens_a_box() -> None:
    stored = _golden("account.registered")
    with pytest.raises(MapperDeserialisationError, match="was changed"):
        EventMapper(EVENTS).to_domain_event(stored, {ACCOUNT: bytes(32)})


async def test_without_a_key_it_reads_as_erased_for_an_unknown_reason() -> None:
    event = EventMapper(EVENTS).to_domain_event(_golden("account.registered")).event
    assert event.name == Erased(at=None, reason="")


async def test_what_was_erased_says_when_and_why_wherever_it_is_read(
    unfollowed: Runtime, erased: UUID
) -> None:
    [entry] = await unfollowed.store.load(erased)
    name = _name(entry)
    assert isinstance(name, Erased)
    assert name.reason == WHY
    assert name.at is not None
    assert await account_names(unfollowed.store, [entry.position]) == {str(erased): name}


async def test_erasing_again_is_harmless_and_keeps_the_first_reason(
    unfollowed: Runtime, office: Office, erased: UUID
) -> None:
    again = await office.ask(CONSOLE, EraseSubject(person=erased, reason="Noch einmal"))
    assert again.first > again.last
    [entry] = await unfollowed.store.load(erased)
    assert _name(entry) == Erased(at=_at(_name(entry)), reason=WHY)


async def test_others_are_not_touched(unfollowed: Runtime, office: Office, erased: UUID) -> None:
    other = uuid4()
    await office.ask(CONSOLE, RegisterAccount(account=other, name="Ines"))
    [entry] = await unfollowed.store.load(other)
    assert _name(entry) == "Ines"
    assert other != erased


async def test_the_key_is_gone_and_a_tombstone_is_left(unfollowed: Runtime, erased: UUID) -> None:
    row = await unfollowed.pool.fetchrow("select * from subject_key where subject = $1", erased)
    assert row is not None
    assert (row["wrapped"], row["reason"]) == (None, WHY)
    [entry] = await unfollowed.store.at([row["position"]])
    assert entry.topic == "subject.erased"


async def test_once_swept_the_old_row_is_off_the_disk(
    unfollowed: Runtime, office: Office, person: UUID
) -> None:
    pool = unfollowed.pool
    wrapped: bytes = await pool.fetchval("select wrapped from subject_key")
    folder = Path(await pool.fetchval("select current_setting('data_directory')"))
    await pool.execute("checkpoint")
    assert wrapped in (folder / await _file_of_keys(unfollowed)).read_bytes()
    await _erase(unfollowed, office, person)
    assert await Sweep(pool).sweep() == 1
    assert await Sweep(pool).sweep() == 0
    await pool.execute("checkpoint")
    assert wrapped not in (folder / await _file_of_keys(unfollowed)).read_bytes()
    [entry] = await unfollowed.store.load(person)
    assert isinstance(_name(entry), Erased)


async def test_sweeping_waits_for_who_may_still_see_the_old_row(
    unfollowed: Runtime, office: Office, person: UUID
) -> None:
    async with unfollowed.pool.acquire() as reader, reader.transaction():
        await reader.fetchval("select 1")
        await _erase(unfollowed, office, person)
        assert await Sweep(unfollowed.pool).sweep() == 0
    assert await Sweep(unfollowed.pool).sweep() == 1


async def test_nothing_personal_is_recorded_any_more(
    unfollowed: Runtime, office: Office, erased: UUID
) -> None:
    head = await unfollowed.store.head()
    token = IssueToken(account=erased, token=uuid4(), digest="d", label="Auszug")
    with pytest.raises(SubjectIsErased):
        await office.ask(CONSOLE, token)
    assert await unfollowed.store.head() == head


async def test_whoever_is_erased_signs_in_no_more(
    unfollowed: Runtime, office: Office, person: UUID
) -> None:
    now = datetime.now(UTC)
    token = await issue_token(unfollowed.desk, person, "Auszug", days=None, at=now)
    await unfollowed.read_models.catch_up()
    assert await principal_of(unfollowed.pool, token, now) is not None
    await _erase(unfollowed, office, person)
    assert await principal_of(unfollowed.pool, token, now) is None


async def test_a_command_sent_again_after_the_erasure_gives_its_receipt(
    unfollowed: Runtime, office: Office
) -> None:
    person, command_id = uuid4(), uuid4()
    command = RegisterAccount(account=person, name=MARKER)
    first = await office.ask(CONSOLE, command, command_id=command_id)
    guess = RegisterAccount(account=person, name="Ines")
    with pytest.raises(CommandIdReused):
        await office.ask(CONSOLE, guess, command_id=command_id)
    await _erase(unfollowed, office, person)
    again = await office.ask(CONSOLE, command, command_id=command_id)
    assert (again.first, again.last) == (first.first, first.last)


async def test_no_digest_is_left_that_would_confirm_a_guess_of_the_name(
    unfollowed: Runtime, office: Office, person: UUID
) -> None:
    await office.ask(CONSOLE, RegisterAccount(account=person, name="Ein anderer Name"))
    other = uuid4()
    await office.ask(CONSOLE, RegisterAccount(account=other, name="Ines"))
    await _erase(unfollowed, office, person)
    digests = await unfollowed.pool.fetch("select originator_id, digest from receipt")
    assert all(not row["digest"] for row in digests if row["originator_id"] == person)
    assert all(row["digest"] for row in digests if row["originator_id"] == other)


async def test_a_reason_about_a_person_is_kept_with_the_person_only(
    unfollowed: Runtime, office: Office, person: UUID
) -> None:
    await office.ask(CONSOLE, GrantRole(account=person, role=Role.AUDITOR, organisation=JOBCENTER))
    why = "Elternzeit"
    revoking = RevokeRole(account=person, role=Role.AUDITOR, organisation=JOBCENTER, reason=why)
    receipt = await office.ask(CONSOLE, revoking)
    [entry] = await unfollowed.store.at([receipt.last])
    assert isinstance(entry.event, RoleRevoked)
    assert (entry.event.reason, entry.metadata.reason) == (why, "")
    state = await unfollowed.pool.fetchval(
        "select state from event where position = $1", receipt.last
    )
    assert why.encode() not in state


async def test_what_was_stored_in_the_clear_before_is_not_shown_after_an_erasure(
    unfollowed: Runtime, office: Office
) -> None:
    """The log of an earlier release has names in it; they are masked, though not destroyed."""
    person = uuid4()
    await _insert_in_the_clear(unfollowed, person)
    [entry] = await unfollowed.store.load(person)
    assert _name(entry) == "Ada Beispiel"
    await _erase(unfollowed, office, person)
    [entry] = await unfollowed.store.load(person)
    assert isinstance(_name(entry), Erased)


async def test_what_is_not_a_person_cannot_be_erased(office: Office) -> None:
    await office.open()
    with pytest.raises(UnknownSubject):
        await office.ask(CONSOLE, EraseSubject(person=office.concept, reason=WHY))


async def test_the_leaves_of_the_log_are_the_same_before_and_after(
    unfollowed: Runtime, office: Office, person: UUID
) -> None:
    query = "select position, leaf, state from event where position <= $1 order by position"
    head = await unfollowed.store.head()
    before = await unfollowed.pool.fetch(query, head)
    await _erase(unfollowed, office, person)
    assert await unfollowed.pool.fetch(query, head) == before


def test_reads_without_anything_personal_ask_for_no_key() -> None:
    mapper = EventMapper(EVENTS)
    needed: set[UUID] = set()
    stored = mapper.to_stored_event(EXAMPLES["concept.opened.v1"])  # pyright: ignore[reportArgumentType]
    mapper.to_entry(row_of(stored), {}, needed)
    assert needed == set()


def test_two_boxes_of_one_value_differ() -> None:
    mapper = EventMapper(EVENTS)
    example = EXAMPLES["account.token-issued.v1"]
    assert isinstance(example.event, TokenIssued)
    boxes = {
        msgspec.json.decode(mapper.to_stored_event(example, KEYS).state)["personal"]["label"][  # pyright: ignore[reportArgumentType]
            "box"
        ]
        for _ in range(3)
    }
    assert len(boxes) == 3


def _golden(topic: str) -> StoredEvent:
    example = EXAMPLES[f"{topic}.v1-e2"]
    return StoredEvent(
        originator_id=example.originator_id,
        originator_version=example.originator_version,
        topic=topic,
        state=(FOLDER / f"{topic}.v1-e2.json").read_bytes(),
    )


def _at(name: object) -> datetime | None:
    assert isinstance(name, Erased)
    return name.at


async def _file_of_keys(runtime: Runtime) -> str:
    path: str = await runtime.pool.fetchval("select pg_relation_filepath('subject_key')")
    return path


async def _insert_in_the_clear(runtime: Runtime, person: UUID) -> None:
    state = (FOLDER / "account.registered.v1.json").read_text()
    state = state.replace(f'"event":{{"account":"{ACCOUNT}"', f'"event":{{"account":"{person}"')
    await runtime.pool.execute(
        "select append_to_log('{}', '{}', '{}', '{}', '{}', '{}', array[$1::uuid],"
        " array[1::bigint], array['account.registered'], array[$2::bytea])",
        person,
        state.encode(),
    )
