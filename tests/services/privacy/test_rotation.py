"""A new master key: everything stays readable at every moment, and the old key opens nothing."""

import base64
from pathlib import Path
from uuid import UUID, uuid4

import asyncpg
import pytest

from domain.directory.commands import RegisterAccount
from domain.directory.events import AccountRegistered
from services.eventstore.database import Pool
from services.identity.principal import CONSOLE
from services.privacy import rotation
from services.privacy.master import (
    MasterKeys,
    UnknownMasterKey,
    key_file,
    new_key,
    read_key_file,
    write_key_file,
)
from services.privacy.rotation import (
    RotationRunning,
    key_ids_in_use,
    rewrap,
    rotate_file,
    rotate_given,
)
from services.runtime import Runtime, running
from services.settings import Settings
from tests.support.office import Office


async def _register(runtime: Runtime, name: str) -> UUID:
    account = uuid4()
    await Office(runtime.desk).ask(CONSOLE, RegisterAccount(account=account, name=name))
    return account


async def _name(runtime: Runtime, account: UUID) -> object:
    [entry] = await runtime.store.load(account)
    assert isinstance(entry.event, AccountRegistered)
    return entry.event.name


async def test_after_a_rotation_the_old_key_opens_nothing_and_the_new_one_everything(
    unfollowed: Runtime, settings: Settings
) -> None:
    account = await _register(unfollowed, "Gül")
    [old] = read_key_file(key_file(settings))
    gone = await rotate_file(unfollowed.pool, key_file(settings))
    assert gone == MasterKeys([old]).ids
    [new] = read_key_file(key_file(settings))
    assert set(await key_ids_in_use(unfollowed.pool)) == set(MasterKeys([new]).ids)
    wrapped = await unfollowed.pool.fetchval("select wrapped from subject_key")
    with pytest.raises(UnknownMasterKey):
        MasterKeys([old]).unwrap(wrapped, f"subject {account}")


async def test_a_process_that_ran_before_goes_on_reading_and_writing(
    unfollowed: Runtime, settings: Settings
) -> None:
    before = await _register(unfollowed, "Gül")
    await rotate_file(unfollowed.pool, key_file(settings))
    assert await _name(unfollowed, before) == "Gül"
    after = await _register(unfollowed, "Ines")
    await rotate_file(unfollowed.pool, key_file(settings))
    assert await _name(unfollowed, after) == "Ines"


async def test_interrupted_before_anything_is_wrapped_again_it_is_finished_by_the_next(
    unfollowed: Runtime, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = await _register(unfollowed, "Gül")

    async def cut(*_: object) -> None:
        raise OSError("power cut")

    with monkeypatch.context() as patch:
        patch.setattr(rotation, "rewrap", cut)
        with pytest.raises(OSError, match="power cut"):
            await rotate_file(unfollowed.pool, key_file(settings))
    await _everything_works(unfollowed, account, settings)


async def test_interrupted_in_the_middle_it_is_finished_by_the_next(
    unfollowed: Runtime, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    accounts = [await _register(unfollowed, "Gül") for _ in range(5)]
    monkeypatch.setattr(rotation, "BATCH", 2)
    path = key_file(settings)
    keys = [new_key(), *read_key_file(path)]
    write_key_file(path, keys, replace=True)
    master = MasterKeys(keys)
    async with unfollowed.pool.acquire() as connection:
        for secrets in (rotation.SECRETS[-1], rotation.SECRETS[0]):
            await rotation._rewrap_some(connection, secrets, master)  # pyright: ignore[reportPrivateUsage]
    assert len(await key_ids_in_use(unfollowed.pool)) == 2
    for account in accounts:
        await _everything_works(unfollowed, account, settings)


async def _everything_works(runtime: Runtime, account: UUID, settings: Settings) -> None:
    """For whoever ran before and for whoever starts now; then the rotation is finished."""
    url = await _url(runtime.pool)
    async with running(settings, url) as another:
        for each in (runtime, another):
            assert await _name(each, account) == "Gül"
            assert await _name(each, await _register(each, "Neu")) == "Neu"
        await rotate_file(another.pool, key_file(settings))
        for each in (runtime, another):
            assert await _name(each, account) == "Gül"
    assert len(await key_ids_in_use(runtime.pool)) == 1


async def test_two_rotations_take_turns(unfollowed: Runtime, settings: Settings) -> None:
    async with unfollowed.pool.acquire() as connection:
        await connection.execute("select pg_advisory_lock(hashtext($1))", rotation.LOCK)
        with pytest.raises(RotationRunning):
            await rotate_file(unfollowed.pool, key_file(settings))


async def test_keys_of_the_environment_are_replaced_step_by_step(
    database_url: str, tmp_path: Path
) -> None:
    old, new = (base64.b64encode(new_key()).decode() for _ in range(2))
    async with running(Settings(data=tmp_path, master_key=old), database_url) as runtime:
        account = await _register(runtime, "Gül")
    both = Settings(data=tmp_path, master_key=f"{new},{old}")
    async with running(both, database_url) as runtime:
        assert await _name(runtime, account) == "Gül"
        assert await rotate_given(runtime.pool, runtime.master) == runtime.master.ids[1:]
    async with running(Settings(data=tmp_path, master_key=new), database_url) as runtime:
        assert await _name(runtime, account) == "Gül"


async def test_rewrapping_again_changes_nothing(unfollowed: Runtime) -> None:
    await _register(unfollowed, "Gül")
    before = await unfollowed.pool.fetch("select * from subject_key")
    async with unfollowed.pool.acquire() as connection:
        await rewrap(connection, unfollowed.master)
    assert await unfollowed.pool.fetch("select * from subject_key") == before


async def _url(pool: Pool) -> str:
    """The address of the same database for another process."""
    row = await pool.fetchrow(
        "select current_database() as name, current_user as account,"
        " current_setting('unix_socket_directories') as folder, current_setting('port') as port"
    )
    assert isinstance(row, asyncpg.Record)
    return f"postgresql://{row['account']}@/{row['name']}?host={row['folder']}&port={row['port']}"
