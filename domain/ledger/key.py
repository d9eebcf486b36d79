"""Changing the key that signs the log: which one follows which, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

import msgspec

from domain.kernel import Aggregate, Command, Conflict, Context, Event, stream_id

LEDGER = stream_id("ledger", "key")


class KeyAdopted(Event, frozen=True, kw_only=True):
    """A new key signs the log, from the next checkpoint on that follows one with this event.

    `vkey` and `retires` are public keys in the form of https://c2sp.org/signed-note;
    `announcement` is a note that names both, signed by the key that goes. The first key is
    nobody's successor and is not announced.
    """

    TOPIC: ClassVar[str] = "ledger.key-adopted"
    vkey: str
    retires: str
    announcement: str
    reason: str


class AdoptKey(Command, frozen=True, kw_only=True):
    vkey: str
    retires: str
    announcement: str
    reason: str

    @property
    def subject(self) -> UUID:
        return LEDGER


@dataclass(eq=False)
class KeyNotInForce(Conflict):
    """Only the key that signs now can announce its successor."""

    code: ClassVar[str] = "ledger.key-not-in-force"
    vkey: str


@dataclass(eq=False)
class RotationUnderWay(Conflict):
    """A key is announced and does not sign yet."""

    code: ClassVar[str] = "ledger.rotation-under-way"


class SigningKey(msgspec.Struct, frozen=True, kw_only=True):
    """`vkey` is the key announced last; empty as long as the first one signs."""

    vkey: str = ""


def evolve(_: SigningKey, event: KeyAdopted) -> SigningKey:
    return SigningKey(vkey=event.vkey)


def decide(command: AdoptKey, key: SigningKey, _: Context) -> Sequence[KeyAdopted]:
    if command.vkey == key.vkey:
        return []
    if key.vkey and command.retires != key.vkey:
        raise KeyNotInForce(command.retires)
    return [KeyAdopted(**msgspec.structs.asdict(command))]


SIGNING_KEY = Aggregate("ledger", initial=SigningKey(), evolve=evolve, decide=decide)
