"""The keys that sign the log: the first one, changing to the next, and their history."""

from uuid import UUID, uuid4

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from domain.ledger.key import AdoptKey, RotationUnderWay
from services.eventstore.database import Connection, Pool
from services.ledger.note import Note, VerifierKey, read_verifier_key, sign, verifier_key
from services.privacy.master import MasterKeys

PURPOSE = "ledger"
HEADING = "kreislauf ledger key v1"
LOCK = "select pg_advisory_xact_lock(hashtext('kreislauf sealing'))"
"""Whoever signs or changes keys does it alone. The trigger on `checkpoint` takes it too."""


class SigningKey:
    """The key that signs now, with its private half."""

    def __init__(self, number: int, verifier: VerifierKey, secret: Ed25519PrivateKey) -> None:
        self.number = number
        self.verifier = verifier
        self._secret = secret

    def __repr__(self) -> str:
        return f"SigningKey({self.verifier})"

    def sign(self, text: str) -> Note:
        """The text as a note that this key signed."""
        return Note(text=text, signatures=(sign(text, self.verifier.name, self._secret),))


class KnownKey(msgspec.Struct, frozen=True, kw_only=True):
    """A key of the history: it signs trees of `from_size` to `until_size` events.

    `announced_at` is the log position of the event that names it and `announcement` the note in
    it, signed by the key before; the first key has neither. Without `from_size` it is announced
    and does not sign yet; without `until_size` it signs now.
    """

    vkey: str
    from_size: int | None = None
    until_size: int | None = None
    announced_at: int | None = None
    announcement: str = ""


class KeyHistory(msgspec.Struct, frozen=True, kw_only=True):
    """What `keys.json` holds: the name of the log and its keys, the first one first."""

    origin: str
    keys: tuple[KnownKey, ...]


def announced(retires: str, vkey: str) -> str:
    """The text of the note by which one key names its successor.

    Its second line is a key, where a checkpoint has a number: neither can pass for the other.
    """
    return f"{HEADING}\n{vkey}\nfollows\n{retires}\n"


async def signing_key(connection: Connection, master: MasterKeys) -> SigningKey | None:
    """The key that signs now; None before the first. Raises MasterKeyTrouble."""
    row = await connection.fetchrow(
        "select number, vkey, secret from ledger_key"
        " where from_size is not null and until_size is null"
    )
    if row is None:
        return None
    secret = Ed25519PrivateKey.from_private_bytes(master.unwrap(row["secret"], PURPOSE))
    return SigningKey(row["number"], read_verifier_key(row["vkey"]), secret)


async def make_first_key(
    connection: Connection, master: MasterKeys, origin: str | None
) -> SigningKey:
    """Make the first key, which gives the log its name for ever. Needs the lock.

    Without a name, the log takes one that no other has.
    """
    secret = Ed25519PrivateKey.generate()
    verifier = verifier_key(origin or f"kreislauf.invalid/{uuid4().hex[:16]}", secret)
    number: int = await connection.fetchval(
        "insert into ledger_key (vkey, secret, from_size) values ($1, $2, 1) returning number",
        str(verifier),
        await _wrapped(connection, secret, master),
    )
    return SigningKey(number, verifier, secret)


class Successor(msgspec.Struct, frozen=True, kw_only=True):
    """A key that is kept and about to be announced, by this command."""

    vkey: str
    retires: str
    announcement: str
    announced_by: UUID

    def adoption(self, reason: str) -> AdoptKey:
        return AdoptKey(
            vkey=self.vkey, retires=self.retires, announcement=self.announcement, reason=reason
        )


async def prepare_successor(pool: Pool, master: MasterKeys) -> Successor | None:
    """Make the key that is to follow; None if there is no key yet to be followed.

    Its private half is kept before the desk announces it. One that was never announced, because
    a process ended between or the desk refused, is taken up again. Raises RotationUnderWay if a
    key is announced and does not sign yet.
    """
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute(LOCK)
        current = await signing_key(connection, master)
        if current is None:
            return None
        row = await connection.fetchrow(
            "select vkey, announcement, announced_by, last_position is not null as is_announced"
            " from ledger_key left join receipt on receipt.command_id = announced_by"
            " where from_size is null"
        )
        if row is None:
            return await _make_successor(connection, master, current)
        if row["is_announced"]:
            raise RotationUnderWay
        return Successor(
            vkey=row["vkey"],
            retires=str(current.verifier),
            announcement=row["announcement"],
            announced_by=row["announced_by"],
        )


async def _make_successor(
    connection: Connection, master: MasterKeys, current: SigningKey
) -> Successor:
    secret = Ed25519PrivateKey.generate()
    vkey, retires = str(verifier_key(current.verifier.name, secret)), str(current.verifier)
    successor = Successor(
        vkey=vkey,
        retires=retires,
        announcement=str(current.sign(announced(retires, vkey))),
        announced_by=uuid4(),
    )
    await connection.execute(
        "insert into ledger_key (vkey, secret, announced_by, announcement) values ($1, $2, $3, $4)",
        vkey,
        await _wrapped(connection, secret, master),
        successor.announced_by,
        successor.announcement,
    )
    return successor


async def hand_over(connection: Connection, number: int, size: int) -> bool:
    """After this key signed the tree of this size: retire it if its successor is in that tree.

    Its private half is destroyed in the same transaction. Needs the lock.
    """
    successor: int | None = await connection.fetchval(
        "select number from ledger_key join receipt on receipt.command_id = announced_by"
        " where from_size is null and last_position <= $1",
        size,
    )
    if successor is None:
        return False
    await connection.execute(
        "update ledger_key set until_size = $2, secret = null where number = $1", number, size
    )
    await connection.execute(
        "update ledger_key set from_size = $2 where number = $1", successor, size + 1
    )
    return True


async def key_history(connection: Pool | Connection) -> KeyHistory | None:
    """All keys that sign, signed or are announced, in order; None before the first."""
    rows = await connection.fetch(
        "select vkey, from_size, until_size, last_position, announcement from ledger_key"
        " left join receipt on receipt.command_id = announced_by"
        " where from_size is not null or last_position is not null order by number"
    )
    keys = tuple(
        KnownKey(
            vkey=row["vkey"],
            from_size=row["from_size"],
            until_size=row["until_size"],
            announced_at=row["last_position"],
            announcement=row["announcement"],
        )
        for row in rows
    )
    return KeyHistory(origin=read_verifier_key(keys[0].vkey).name, keys=keys) if keys else None


def key_for(history: KeyHistory, size: int) -> VerifierKey | None:
    """The key that had to sign a tree of this size."""
    for key in history.keys:
        begun = key.from_size is not None and key.from_size <= size
        if begun and (key.until_size is None or size <= key.until_size):
            return read_verifier_key(key.vkey)
    return None


async def _wrapped(connection: Connection, secret: Ed25519PrivateKey, master: MasterKeys) -> bytes:
    """Wrapped by the master key that everything is wrapped by; it is not replaced meanwhile."""
    canary: bytes | None = await connection.fetchval("select canary from master_key for share")
    raw = secret.private_bytes_raw()
    if canary is None:
        return master.wrap(raw, PURPOSE)
    return master.wrap_like(canary, raw, PURPOSE)
