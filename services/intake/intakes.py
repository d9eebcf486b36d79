"""The forms that wait for their confirmation: encrypted rows of a table, swept after two days.

A form that nobody confirms leaves nothing behind, in the log or elsewhere.
"""

import hashlib
import hmac
from datetime import datetime, timedelta
from secrets import token_bytes
from uuid import UUID

import asyncpg
import msgspec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from services.eventstore.database import Connection, Pool
from services.intake.errors import AlreadyConfirmed, ChangedTooOften, ConfirmationUnknown
from services.intake.form import Form
from services.intake.key import IntakeKey
from services.intake.links import link_digest, new_token

LIFE = timedelta(hours=48)
KEPT = timedelta(days=90)
"""So long whoever opens the link again is told that it was confirmed, and when."""

MOST_VERSIONS = 4
"""So often a form is taken with other content, as when the address was mistyped."""

NONCE_BYTES = 12

SAME = "select true from report_intake where id = $1 and digest = $2"

TAKE = """
    insert into report_intake as known
        (id, version, digest, confirmation, sealed, reference, made_at, expires_at)
    values ($1, 1, $2, $3, $4, $5, $6, $7)
    on conflict (id) do update set version = known.version + 1, digest = excluded.digest,
        confirmation = excluded.confirmation, sealed = excluded.sealed,
        expires_at = excluded.expires_at
    where known.digest <> excluded.digest and known.confirmed_at is null and known.version < $8
    returning version
"""

OPEN = """
    update report_intake set confirmed_at = coalesce(confirmed_at, $2)
    where confirmation = $1 and expires_at > $2 returning *
"""

CLOSE = """
    update report_intake set sealed = null, position = $2, expires_at = $3
    where id = $1 and sealed is not null
"""


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """A form with the token of the link that confirms it."""

    form: Form
    token: str


class Sealed(msgspec.Struct, frozen=True, kw_only=True):
    """A form as it is kept."""

    intake: UUID
    digest: bytes
    confirmation: bytes
    box: bytes


class Intake(msgspec.Struct, frozen=True, kw_only=True):
    """A form that somebody confirms. `form` is None once its report is in the log."""

    id: UUID
    reference: str
    confirmed_at: datetime
    form: Form | None
    position: int


_WAITING = msgspec.json.Decoder(Waiting)


class Intakes:
    """Keeps forms and gives them out to whoever has their link."""

    def __init__(self, pool: Pool, key: IntakeKey) -> None:
        self._pool = pool
        self._key = key

    async def has(self, intake: UUID, form: Form) -> bool:
        """Whether this form came before with just this content."""
        return bool(await self._pool.fetchval(SAME, intake, await self._digest(form)))

    async def sealed(self, intake: UUID, form: Form) -> Sealed:
        """The form with a link of its own, as it is kept.

        To be done before a transaction: the key may have to be read, and whoever holds a
        connection must not wait for another one.
        """
        token = new_token()
        return Sealed(
            intake=intake,
            digest=await self._digest(form),
            confirmation=link_digest(token),
            box=await self._seal(Waiting(form=form, token=token), intake),
        )

    async def keep(
        self, connection: Connection, sealed: Sealed, reference: str, at: datetime
    ) -> int | None:
        """Keep the form in the open transaction; the number of its version, None if it is there.

        With other content than before, it takes the place of what was there, and of its link.
        Raises AlreadyConfirmed or ChangedTooOften.
        """
        version: int | None = await connection.fetchval(
            TAKE,
            sealed.intake,
            sealed.digest,
            sealed.confirmation,
            sealed.box,
            reference,
            at,
            at + LIFE,
            MOST_VERSIONS,
        )
        if version is None and not await connection.fetchval(SAME, sealed.intake, sealed.digest):
            is_confirmed = await connection.fetchval(
                "select confirmed_at is not null from report_intake where id = $1", sealed.intake
            )
            raise AlreadyConfirmed if is_confirmed else ChangedTooOften
        return version

    async def waiting(self, intake: UUID) -> Waiting | None:
        """The form, as long as it waits for its confirmation."""
        sealed: bytes | None = await self._pool.fetchval(
            "select sealed from report_intake where id = $1 and confirmed_at is null", intake
        )
        return None if sealed is None else await self._unsealed(sealed, intake)

    async def confirm(self, token: str, at: datetime) -> Intake:
        """The form this link confirms. Confirmed again, it was at the first time.

        Raises ConfirmationUnknown.
        """
        row = await self._pool.fetchrow(OPEN, link_digest(token), at)
        if row is None:
            raise ConfirmationUnknown
        return await self._intake(row)

    async def close(self, connection: Connection, intake: UUID, position: int) -> None:
        """It is in the log from now on, and no longer here."""
        now: datetime = await connection.fetchval("select clock_timestamp()")
        await connection.execute(CLOSE, intake, position, now + KEPT)

    async def _intake(self, row: asyncpg.Record) -> Intake:
        sealed: bytes | None = row["sealed"]
        return Intake(
            id=row["id"],
            reference=row["reference"],
            confirmed_at=row["confirmed_at"],
            form=(await self._unsealed(sealed, row["id"])).form if sealed is not None else None,
            position=row["position"] or 0,
        )

    async def _digest(self, form: Form) -> bytes:
        """Keyed, so that nobody can try out what a form says."""
        encoded = msgspec.json.encode(form, order="deterministic")
        return hmac.digest(await self._key.derived("content"), encoded, hashlib.sha256)

    async def _seal(self, waiting: Waiting, intake: UUID) -> bytes:
        nonce = token_bytes(NONCE_BYTES)
        cipher = AESGCM(await self._key.derived("form"))
        return nonce + cipher.encrypt(nonce, msgspec.json.encode(waiting), intake.bytes)

    async def _unsealed(self, sealed: bytes, intake: UUID) -> Waiting:
        cipher = AESGCM(await self._key.derived("form"))
        nonce, boxed = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        return _WAITING.decode(cipher.decrypt(nonce, boxed, intake.bytes))
