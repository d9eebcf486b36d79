"""Asking witnesses: others who saw the log grow and say so, as https://c2sp.org/tlog-witness."""

import asyncio
from base64 import b64encode
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

import asyncpg
import httpx
import msgspec
import structlog

from services.environment import SettingsError
from services.eventstore.database import Pool
from services.eventstore.outage import is_outage
from services.ledger.note import (
    COSIGNATURE,
    NoteError,
    Signature,
    VerifierKey,
    read_note,
    read_signature,
    read_verifier_key,
)
from services.ledger.tree import TreeReader

TIMESTAMP_BYTES = 8
LONGEST_PAUSE = 60.0
PATIENCE = 20.0
"""So many seconds a witness may take to answer."""

log = structlog.get_logger(__name__)


class WitnessRefused(Exception):
    """The witness did not sign. The message says why, for operators."""


class Witness(msgspec.Struct, frozen=True, kw_only=True):
    """Who is asked: the key it signs with, and its submission prefix."""

    key: VerifierKey
    address: str


class Cosigned(msgspec.Struct, frozen=True, kw_only=True):
    """A witness' signature of a checkpoint, with its own time."""

    line: Signature
    at: datetime


def witnesses_from(setting: str | None) -> list[Witness]:
    """Read what KREISLAUF_WITNESSES holds. Raises SettingsError if a key is none."""
    words = (setting or "").split()
    try:
        keys = [_witness_key(word) for word in words[::2]]
    except NoteError as error:
        raise SettingsError(
            "KREISLAUF_WITNESSES", f"KREISLAUF_WITNESSES is not usable: {error}. Correct it."
        ) from None
    return [
        Witness(key=key, address=address.rstrip("/"))
        for key, address in zip(keys, words[1::2], strict=True)
    ]


def read_cosignature(line: str, text: str, key: VerifierKey) -> Cosigned | None:
    """The witness' signature of a checkpoint's text; None if the line is another's.

    Raises NoteError if it does not hold.
    """
    signature = read_signature(line)
    if not signature.is_of(key):
        return None
    seconds = int.from_bytes(signature.signature[:TIMESTAMP_BYTES], "big")
    message = f"cosignature/v1\ntime {seconds}\n{text}".encode()
    if not key.holds(signature.signature[TIMESTAMP_BYTES:], message):
        raise NoteError(f"the signature of {key.name} does not hold")
    try:
        at = datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise NoteError(f"the time of {key.name}'s signature is none") from error
    return Cosigned(line=signature, at=at)


class Cosigning:
    """Has one witness sign the latest checkpoint, again and again.

    An outage of the witness changes nothing for the log; it is asked again. That a witness knows
    a larger log than there is means that the database was set back: an error for operators.
    """

    def __init__(self, pool: Pool, witness: Witness, pause: timedelta) -> None:
        self._pool = pool
        self._witness = witness
        self._pause = pause.total_seconds()

    async def run(self) -> None:
        """Ask until cancelled; after a failure, less and less often."""
        pause = self._pause
        async with httpx.AsyncClient(timeout=PATIENCE) as http:
            while True:
                try:
                    await self.ask(http)
                    pause = self._pause
                except (WitnessRefused, NoteError, LookupError, httpx.HTTPError) as error:
                    log.error(  # noqa: TRY400 (no trace: it is no defect of ours)
                        "witness did not sign", witness=self._witness.key.name, reason=_said(error)
                    )
                    pause = min(max(1.0, 2 * pause), LONGEST_PAUSE)
                except Exception as error:
                    if not is_outage(error):
                        raise
                await asyncio.sleep(pause)

    async def ask(self, http: httpx.AsyncClient) -> Cosigned | None:
        """Have the latest checkpoint signed and keep the signature; None if it is already.

        Raises WitnessRefused, NoteError if the signature does not hold, httpx.HTTPError.
        """
        latest = await self._pool.fetchrow(
            "select size, note from checkpoint order by size desc limit 1"
        )
        seen: int = await self._pool.fetchval(
            "select coalesce(max(size), 0) from cosignature where witness = $1",
            str(self._witness.key),
        )
        if latest is None or latest["size"] <= seen:
            return None
        answer = await self._submit(http, latest, seen)
        if answer.status_code == HTTPStatus.CONFLICT:
            # It has seen more than we know of: we crashed before keeping it, or others submit.
            answer = await self._submit(http, latest, _size_in(answer, latest["size"]))
        if answer.status_code != HTTPStatus.OK:
            raise WitnessRefused(f"answered {answer.status_code}")
        return await self._keep(latest, answer.text)

    async def _submit(
        self, http: httpx.AsyncClient, latest: asyncpg.Record, seen: int
    ) -> httpx.Response:
        hashes = await TreeReader(self._pool).consistency(seen, latest["size"])
        body = request_body(seen, hashes, latest["note"])
        return await http.post(f"{self._witness.address}/add-checkpoint", content=body.encode())

    async def _keep(self, latest: asyncpg.Record, answered: str) -> Cosigned:
        text = read_note(latest["note"]).text
        for line in answered.removesuffix("\n").split("\n"):
            found = read_cosignature(line, text, self._witness.key)
            if found is not None:
                await self._pool.execute(
                    "insert into cosignature (size, witness, line) values ($1, $2, $3)"
                    " on conflict do nothing",
                    latest["size"],
                    str(self._witness.key),
                    line,
                )
                return found
        raise WitnessRefused("answered without a signature of its key")


def request_body(seen: int, hashes: Sequence[bytes], note: str) -> str:
    """What a witness is sent: the size it saw, the proof from there, the signed checkpoint."""
    proof = "".join(f"{b64encode(one).decode()}\n" for one in hashes)
    return f"old {seen}\n{proof}\n{note}"


def _witness_key(text: str) -> VerifierKey:
    key = read_verifier_key(text)
    if key.kind != COSIGNATURE:
        raise NoteError(f"the key of {key.name} is not of the kind 04 (cosignature/v1)")
    return key


def _size_in(answer: httpx.Response, latest: int) -> int:
    text = answer.text.strip()
    size = int(text) if text.isascii() and text.isdecimal() else -1
    if size > latest:
        raise WitnessRefused(
            f"it has seen a log of {size} events, this one had {latest}: was the database set back?"
        )
    if size < 0:
        raise WitnessRefused("answered 409 without a size")
    return size


def _said(error: Exception) -> str:
    return str(error) or type(error).__name__
