"""Checkpoints over a growing log: one after the other, each continuing the one before."""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import asyncpg
import pytest

from domain.ledger.key import RotationUnderWay
from services.crew import Crew
from services.eventstore.database import DATABASE_AWAY, Pool
from services.eventstore.following import Bell
from services.identity.authorisation import RoleMissing
from services.identity.principal import CONSOLE
from services.ledger.checkpoint import Checkpoint, read_checkpoint
from services.ledger.keys import (
    announced,
    key_for,
    key_history,
    prepare_successor,
    signing_key,
)
from services.ledger.note import NoteError, read_note, read_verifier_key
from services.ledger.sealing import NotTheSameLog, Sealed, Sealer
from services.ledger.tree import TreeReader
from services.orders import Order
from services.privacy.master import MasterKeys, MasterKeyTrouble, key_file, new_key
from services.privacy.rotation import rotate_file
from services.runtime import Runtime
from services.settings import Settings
from tests.services.ledger.growing import until
from tests.support.log import append
from tests.support.office import DORA


def sealer_of(runtime: Runtime, *, pause: float = 0, origin: str | None = "log.example") -> Sealer:
    return Sealer(runtime.pool, runtime.master, origin=origin, pause=timedelta(seconds=pause))


@pytest.fixture
def sealer(unfollowed: Runtime) -> Sealer:
    return sealer_of(unfollowed)


async def record(runtime: Runtime, *names: str) -> int:
    """Append so many events to a new stream; the position of the last."""
    receipt = await append(runtime.store, uuid4().hex, *names, version=0)
    return receipt.last


async def sealed(sealer: Sealer) -> Sealed:
    found = await sealer.seal(at_once=True)
    assert found is not None
    return found


async def notes(pool: Pool) -> list[str]:
    return [row["note"] for row in await pool.fetch("select note from checkpoint order by size")]


async def test_an_empty_log_is_not_sealed(unfollowed: Runtime, sealer: Sealer) -> None:
    assert await sealer.seal(at_once=True) is None
    assert await key_history(unfollowed.pool) is None


async def test_what_was_recorded_is_sealed_once(unfollowed: Runtime, sealer: Sealer) -> None:
    size = await record(unfollowed, "a", "b", "c")
    first = await sealed(sealer)
    root = await TreeReader(unfollowed.pool).root(size)
    assert first.checkpoint == Checkpoint(origin="log.example", size=size, root=root)
    assert await sealer.seal(at_once=True) is None
    history = await key_history(unfollowed.pool)
    assert history is not None
    assert history.origin == "log.example"
    key = key_for(history, size)
    assert key is not None
    note = read_note(first.note)
    assert note.signed_by([key]) == [key]
    assert read_checkpoint(note.text) == first.checkpoint
    assert await notes(unfollowed.pool) == [first.note]


async def test_at_most_one_checkpoint_is_signed_in_a_while(unfollowed: Runtime) -> None:
    sealer = sealer_of(unfollowed, pause=3600)
    await record(unfollowed, "a")
    assert await sealer.seal() is not None
    await record(unfollowed, "b")
    assert await sealer.seal() is None
    assert await sealer.seal(at_once=True) is not None


async def test_a_log_without_a_given_name_takes_one_of_its_own(unfollowed: Runtime) -> None:
    await record(unfollowed, "a")
    first = await sealed(sealer_of(unfollowed, origin=None))
    assert first.checkpoint.origin.startswith("kreislauf.invalid/")
    await record(unfollowed, "b")
    assert (await sealed(sealer_of(unfollowed))).checkpoint.origin == first.checkpoint.origin


async def test_many_sealers_and_writers_sign_one_growing_log(unfollowed: Runtime) -> None:
    sealers = [sealer_of(unfollowed) for _ in range(4)]

    async def write() -> None:
        for _ in range(20):
            await record(unfollowed, "a", "b", "c")

    async def seal(sealer: Sealer) -> None:
        for _ in range(30):
            await sealer.seal()
            await asyncio.sleep(0)

    async with asyncio.TaskGroup() as group:
        for sealer in sealers:
            group.create_task(seal(sealer))
        for _ in range(3):
            group.create_task(write())
    await sealers[0].seal(at_once=True)
    checkpoints = [read_checkpoint(read_note(n).text) for n in await notes(unfollowed.pool)]
    sizes = [checkpoint.size for checkpoint in checkpoints]
    assert sizes == sorted(set(sizes))
    assert sizes[-1] == 180
    tree = TreeReader(unfollowed.pool)
    for checkpoint in checkpoints:
        assert checkpoint.root == await tree.root(checkpoint.size)


@pytest.mark.parametrize(
    "damage",
    [
        "update log_head set peaks = substr(peaks, 1, length(peaks) - 1) || '\\x00'",
        "update log_head set peaks = substr(peaks, 33)",
        "update event set leaf = sha256('changed') where position = 2",
        "update tile set hashes = hashes || ''::bytea where level = 9",
    ],
)
async def test_a_log_that_does_not_continue_what_was_signed_is_not_signed(
    unfollowed: Runtime, sealer: Sealer, damage: str
) -> None:
    """The last damage is none."""
    await record(unfollowed, "a", "b", "c")
    await sealed(sealer)
    await record(unfollowed, "d", "e", "f", "g")
    await as_superuser(unfollowed.pool, damage)
    if "level = 9" in damage:
        await sealed(sealer)
        return
    with pytest.raises(NotTheSameLog):
        await sealer.seal(at_once=True)
    assert len(await notes(unfollowed.pool)) == 1


async def test_a_first_checkpoint_is_of_the_events_there_are(
    unfollowed: Runtime, sealer: Sealer
) -> None:
    await record(unfollowed, "a", "b", "c")
    await as_superuser(unfollowed.pool, "update event set leaf = sha256('x') where position = 1")
    with pytest.raises(NotTheSameLog):
        await sealer.seal(at_once=True)


async def test_a_log_that_was_cut_is_not_signed(unfollowed: Runtime, sealer: Sealer) -> None:
    await record(unfollowed, "a", "b")
    await sealed(sealer)
    await as_superuser(unfollowed.pool, "delete from event where position = 2")
    await as_superuser(
        unfollowed.pool, "update log_head set position = 1, peaks = (select leaf from event)"
    )
    with pytest.raises(NotTheSameLog, match="ends at 1, but 2"):
        await sealer.seal(at_once=True)


@pytest.mark.parametrize(
    "change",
    [
        "update checkpoint set note = ''",
        "delete from checkpoint",
        "truncate checkpoint cascade",
        "insert into checkpoint values (1, sha256('a'), 'note', now())",
    ],
)
async def test_a_checkpoint_stays_as_it_is_and_none_comes_before_it(
    unfollowed: Runtime, sealer: Sealer, change: str
) -> None:
    await record(unfollowed, "a", "b")
    await sealed(sealer)
    with pytest.raises(asyncpg.RaiseError):
        await unfollowed.pool.execute(change)


async def test_it_seals_while_the_log_is_followed_and_once_more_at_the_end(
    unfollowed: Runtime,
) -> None:
    bell, crew = Bell("unused", timedelta(milliseconds=50)), Crew()
    crew.start(sealer_of(unfollowed, pause=3600).run(bell), "sealing")
    await record(unfollowed, "a")
    bell.ring()
    await until(lambda: notes(unfollowed.pool))
    await record(unfollowed, "b")
    await crew.dismiss()
    assert [read_checkpoint(read_note(n).text).size for n in await notes(unfollowed.pool)] == [1, 2]


async def test_it_goes_on_after_a_lost_connection(unfollowed: Runtime) -> None:
    bell, crew = Bell("unused", timedelta(milliseconds=20)), Crew()
    crew.start(sealer_of(unfollowed).run(bell), "sealing")
    await record(unfollowed, "a")
    await until(lambda: notes(unfollowed.pool))
    for _ in range(3):
        with suppress(*DATABASE_AWAY):  # the connection taken may be one just cut
            await unfollowed.pool.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where datname = current_database() and pid <> pg_backend_pid()"
            )
    await record(unfollowed, "b")
    await until(lambda: is_sealed(unfollowed.pool, 2))
    await crew.dismiss()


async def is_sealed(pool: Pool, size: int) -> bool:
    with suppress(*DATABASE_AWAY):  # here too
        return bool(
            await pool.fetchval("select exists (select from checkpoint where size = $1)", size)
        )
    return False


async def rotate(runtime: Runtime) -> int:
    """Announce the next key; the position of the announcement."""
    successor = await prepare_successor(runtime.pool, runtime.master)
    assert successor is not None
    order = Order(
        command=successor.adoption("Jährlicher Wechsel"),
        command_id=successor.announced_by,
        principal=CONSOLE,
        at=datetime.now(UTC),
        correlation="test",
    )
    return (await runtime.desk.handle(order)).last


async def test_the_old_key_signs_the_announcement_of_the_new_one_and_is_destroyed(
    unfollowed: Runtime, sealer: Sealer
) -> None:
    await record(unfollowed, "a", "b")
    await sealed(sealer)
    position = await rotate(unfollowed)
    last_of_old = await sealed(sealer)
    assert last_of_old.handed_over
    await record(unfollowed, "c")
    first_of_new = await sealed(sealer)
    history = await key_history(unfollowed.pool)
    assert history is not None
    old, new = history.keys
    assert (old.from_size, old.until_size, old.announced_at) == (1, position, None)
    assert (new.from_size, new.until_size, new.announced_at) == (position + 1, None, position)
    old_key, new_key = map(read_verifier_key, (old.vkey, new.vkey))
    assert old_key.name == new_key.name
    assert read_note(last_of_old.note).signed_by([old_key])
    assert read_note(first_of_new.note).signed_by([new_key])
    with pytest.raises(NoteError):
        read_note(first_of_new.note).signed_by([old_key])
    announcement = read_note(new.announcement)
    assert announcement.text == announced(old.vkey, new.vkey)
    assert announcement.signed_by([old_key])
    secrets = await unfollowed.pool.fetch("select secret from ledger_key order by number")
    assert secrets[0]["secret"] is None
    assert secrets[1]["secret"] is not None
    assert key_for(history, position) == old_key
    assert key_for(history, position + 1) == new_key


async def test_a_rotation_waits_for_the_one_before_and_takes_up_one_that_was_refused(
    unfollowed: Runtime, sealer: Sealer
) -> None:
    await record(unfollowed, "a")
    assert await prepare_successor(unfollowed.pool, unfollowed.master) is None
    await sealed(sealer)
    successor = await prepare_successor(unfollowed.pool, unfollowed.master)
    assert successor is not None
    order = Order(
        command=successor.adoption("Neugier"),
        command_id=successor.announced_by,
        principal=DORA,
        at=datetime.now(UTC),
        correlation="test",
    )
    with pytest.raises(RoleMissing):
        await unfollowed.desk.handle(order)
    assert await prepare_successor(unfollowed.pool, unfollowed.master) == successor
    await rotate(unfollowed)
    with pytest.raises(RotationUnderWay):
        await prepare_successor(unfollowed.pool, unfollowed.master)
    await sealed(sealer)
    await rotate(unfollowed)
    await sealed(sealer)
    history = await key_history(unfollowed.pool)
    assert history is not None
    assert [key.until_size is None for key in history.keys] == [False, False, True]


async def test_the_private_key_is_kept_wrapped_and_shown_nowhere(
    unfollowed: Runtime, sealer: Sealer
) -> None:
    await record(unfollowed, "a")
    await sealed(sealer)
    async with unfollowed.pool.acquire() as connection:
        key = await signing_key(connection, unfollowed.master)
        assert key is not None
        assert repr(key) == f"SigningKey({key.verifier})"
        other = MasterKeys([new_key()])
        with pytest.raises(MasterKeyTrouble):
            await signing_key(connection, other)
    foreign = Sealer(unfollowed.pool, other, origin=None, pause=timedelta())
    await record(unfollowed, "b")
    with pytest.raises(MasterKeyTrouble):
        await foreign.seal(at_once=True)


async def test_the_key_signs_on_after_the_master_key_was_changed(
    unfollowed: Runtime, sealer: Sealer, settings: Settings
) -> None:
    await record(unfollowed, "a")
    before = await sealed(sealer)
    await rotate_file(unfollowed.pool, key_file(settings))
    await record(unfollowed, "b")
    after = await sealed(sealer)
    [key] = read_note(before.note).signatures
    assert read_note(after.note).signatures[0].key_id == key.key_id


async def as_superuser(pool: Pool, statement: str) -> None:
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("set local session_replication_role = replica")
        await connection.execute(statement)
