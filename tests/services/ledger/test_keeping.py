"""What a working process does for the ledger, all at once: sign, have it signed, have it dated."""

from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.crew import Crew
from services.ledger.checkpoints import covering_note
from services.ledger.keys import key_history
from services.ledger.note import COSIGNATURE, VerifierKey, read_note
from services.processes import seal_the_log
from services.runtime import Runtime
from services.settings import Settings
from tests.services.ledger.growing import grow, until
from tests.support.authority import make_certificates
from tests.support.log import append
from tests.support.servers import started

SECRET = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
WITNESS = VerifierKey(
    name="witness.example/w1", public=SECRET.public_key().public_bytes_raw(), kind=COSIGNATURE
)


async def test_the_log_is_signed_witnessed_and_dated(
    runtime: Runtime, settings: Settings, tmp_path: Path
) -> None:
    make_certificates(tmp_path)
    await grow(runtime, "a")
    history = await key_history(runtime.pool)
    assert history is not None
    crew = Crew()
    arguments = (history.keys[0].vkey, WITNESS.name, SECRET.private_bytes_raw().hex())
    async with (
        started("tests.support.witness", *arguments) as witness,
        started("tests.support.authority", str(tmp_path)) as authority,
    ):
        kept = msgspec.structs.replace(
            settings,
            checkpoint_milliseconds=20,
            witnesses=f"{WITNESS} {witness}",
            timestamp_url=authority,
            timestamp_certificates=tmp_path / "root.pem",
        )
        seal_the_log(runtime, kept, crew)
        position = (await append(runtime.store, "later", "b", "c", version=0)).last

        async def are_both_there() -> bool:
            stamped = await runtime.pool.fetchval("select count(*) from checkpoint_time")
            return len(await signers(runtime, position)) > 1 and stamped > 0

        await until(are_both_there)
        await crew.dismiss()
    assert await signers(runtime, position) == ["log.example", WITNESS.name]


async def signers(runtime: Runtime, position: int) -> list[str]:
    """Who signed the checkpoint that people get for this position."""
    note = await covering_note(runtime.pool, position)
    return [line.name for line in read_note(note).signatures] if note else []
