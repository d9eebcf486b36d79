"""A witness signs what it saw grow; its outage does not matter, what it refuses does."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.environment import SettingsError
from services.ledger.checkpoints import latest_note
from services.ledger.keys import key_history
from services.ledger.note import COSIGNATURE, NoteError, VerifierKey, read_note, read_verifier_key
from services.ledger.witness import (
    Cosigning,
    Witness,
    WitnessRefused,
    read_cosignature,
    request_body,
    witnesses_from,
)
from services.runtime import Runtime
from tests.services.ledger.growing import grow, until
from tests.support.rewriting import grow_again
from tests.support.servers import started

NAME = "witness.example/w1"
SECRET = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY = VerifierKey(name=NAME, public=SECRET.public_key().public_bytes_raw(), kind=COSIGNATURE)
TEXT = """example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
"""


@asynccontextmanager
async def witness(
    runtime: Runtime, seen: int = 0, secret: Ed25519PrivateKey = SECRET
) -> AsyncIterator[Witness]:
    """A witness that knows the log by its present key."""
    history = await key_history(runtime.pool)
    assert history is not None
    arguments = (history.keys[-1].vkey, NAME, secret.private_bytes_raw().hex(), str(seen))
    async with started("tests.support.witness", *arguments) as address:
        yield Witness(key=KEY, address=address.rstrip("/"))


def cosigning(runtime: Runtime, witness: Witness) -> Cosigning:
    return Cosigning(runtime.pool, witness, timedelta(milliseconds=20))


async def test_a_witness_signs_the_log_as_it_grows(unfollowed: Runtime) -> None:
    await grow(unfollowed, "a", "b", "c")
    async with witness(unfollowed) as one, httpx.AsyncClient() as http:
        asking = cosigning(unfollowed, one)
        first = await asking.ask(http)
        assert first is not None
        assert abs(datetime.now(UTC) - first.at) < timedelta(minutes=1)
        assert await asking.ask(http) is None
        await grow(unfollowed, "d", "e")
        await grow(unfollowed, "f")
        assert await asking.ask(http) is not None
    sizes = await unfollowed.pool.fetch("select size from cosignature order by size")
    assert [row["size"] for row in sizes] == [3, 6]
    note = await latest_note(unfollowed.pool)
    assert note is not None
    lines = read_note(note).signatures
    assert [line.name for line in lines] == ["log.example", NAME]
    assert read_cosignature(str(lines[1]), read_note(note).text, KEY) is not None


async def test_a_witness_that_saw_more_than_we_know_of_is_asked_from_there(
    unfollowed: Runtime,
) -> None:
    """Its answer was lost when we crashed."""
    await grow(unfollowed, "a", "b")
    async with witness(unfollowed) as one, httpx.AsyncClient() as http:
        asking = cosigning(unfollowed, one)
        await asking.ask(http)
        await grow(unfollowed, "c")
        async with unfollowed.pool.acquire() as connection, connection.transaction():
            await connection.execute("set local session_replication_role = replica")
            await connection.execute("delete from cosignature")
        assert await asking.ask(http) is not None


async def test_a_log_that_was_set_back_is_noticed(unfollowed: Runtime) -> None:
    await grow(unfollowed, "a", "b")
    async with witness(unfollowed, seen=9) as one, httpx.AsyncClient() as http:
        with pytest.raises(WitnessRefused, match=r"a log of 9 events.* set back"):
            await cosigning(unfollowed, one).ask(http)


async def test_a_witness_does_not_sign_another_history(unfollowed: Runtime) -> None:
    await grow(unfollowed, "a", "b", "c")
    async with witness(unfollowed) as one, httpx.AsyncClient() as http:
        asking = cosigning(unfollowed, one)
        await asking.ask(http)
        async with unfollowed.pool.acquire() as connection, connection.transaction():
            await connection.execute("set local session_replication_role = replica")
            await connection.execute("delete from checkpoint")
            await connection.execute("update event set leaf = sha256('x') where position = 2")
            await grow_again(connection)
        await grow(unfollowed, "d")
        with pytest.raises(WitnessRefused, match="422"):
            await asking.ask(http)


async def test_a_signature_of_another_key_is_not_kept(unfollowed: Runtime) -> None:
    await grow(unfollowed, "a")
    other = Ed25519PrivateKey.generate()
    async with witness(unfollowed, secret=other) as one, httpx.AsyncClient() as http:
        with pytest.raises(WitnessRefused, match="without a signature"):
            await cosigning(unfollowed, one).ask(http)
    assert await unfollowed.pool.fetchval("select count(*) from cosignature") == 0


async def test_after_an_outage_the_witness_is_asked_again(unfollowed: Runtime) -> None:
    await grow(unfollowed, "a")
    async with witness(unfollowed) as one:
        pass
    asking = asyncio.create_task(cosigning(unfollowed, one).run())
    await asyncio.sleep(0.2)
    assert await grow(unfollowed, "b") == 2
    assert not asking.done()
    asking.cancel()
    async with witness(unfollowed) as back:
        asking = asyncio.create_task(cosigning(unfollowed, back).run())
        count = "select count(*) from cosignature"
        await until(lambda: unfollowed.pool.fetchval(count))
        asking.cancel()


def test_the_request_is_that_of_the_specification() -> None:
    note = f"{TEXT}\n— example.com/behind-the-sofa Az3grlgtzPI=\n"
    assert request_body(0, [], note) == f"old 0\n\n{note}"
    assert request_body(7, [bytes(32)], note) == f"old 7\n{'A' * 43}=\n\n{note}"


def test_a_cosignature_covers_its_time_and_the_whole_text() -> None:
    seconds = 1679315147
    message = f"cosignature/v1\ntime {seconds}\n{TEXT}".encode()
    line = read_note(f"{TEXT}\n— {NAME} AAAAAAA=\n").signatures[0]
    signed = type(line)(
        name=NAME, key_id=KEY.id, signature=seconds.to_bytes(8, "big") + SECRET.sign(message)
    )
    found = read_cosignature(str(signed), TEXT, KEY)
    assert found is not None
    assert found.at == datetime(2023, 3, 20, 12, 25, 47, tzinfo=UTC)
    with pytest.raises(NoteError, match="does not hold"):
        read_cosignature(str(signed), TEXT.replace("20852163", "20852164"), KEY)
    later = type(line)(name=NAME, key_id=KEY.id, signature=bytes(8) + signed.signature[8:])
    with pytest.raises(NoteError, match="does not hold"):
        read_cosignature(str(later), TEXT, KEY)


def test_witnesses_are_read_from_their_setting() -> None:
    assert witnesses_from(None) == []
    two = witnesses_from(f"{KEY} https://a.example/ {KEY} http://b.example/w")
    assert [one.address for one in two] == ["https://a.example", "http://b.example/w"]
    plain = VerifierKey(name=NAME, public=KEY.public)
    assert read_verifier_key(str(plain)) == plain
    for bad in (f"{plain} https://a.example", f"{str(KEY)[:-2]}AA https://a.example"):
        with pytest.raises(SettingsError, match="KREISLAUF_WITNESSES"):
            witnesses_from(bad)
