"""A personal value as it is stored: encrypted with its person's key, bound to its place."""

from collections.abc import Iterator, Mapping
from functools import cache
from secrets import token_bytes
from typing import TypeAlias, get_type_hints
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.kernel import Erased, Event, Personal

NONCE_BYTES = 12

Keys: TypeAlias = Mapping[UUID, bytes | Erased]
"""The key of each person, or what says that it is destroyed."""

NO_KEYS: Keys = {}

UNEXPLAINED = Erased(at=None, reason="")
"""The key is missing, and nothing says why."""


class Box(msgspec.Struct, frozen=True):
    """Nonce (12 bytes), AES-256-GCM ciphertext and tag of a JSON value; the person it is about."""

    subject: UUID
    box: bytes


class Place(msgspec.Struct, frozen=True):
    """Where a box belongs. A box that was moved does not open."""

    stream: UUID
    version: int
    topic: str

    def of(self, field: str) -> bytes:
        return f"{self.stream} {self.version} {self.topic} {field}".encode()


class BoxDamaged(Exception):
    """A box does not open with its person's key: it was changed, or moved from elsewhere."""

    def __init__(self, place: Place, field: str) -> None:
        super().__init__(
            f"{place.topic} {place.stream} {place.version}: the field {field} was changed since"
            " it was encrypted"
        )


@cache
def personal_fields(kind: type[Event]) -> Mapping[str, str]:
    """The personal fields of an event class, each with the field that says whom it is about."""
    hints = get_type_hints(kind, include_extras=True)
    return {
        field.name: mark.subject
        for field in msgspec.structs.fields(kind)
        for mark in getattr(hints[field.name], "__metadata__", ())
        if isinstance(mark, Personal)
    }


def personal_values(event: Event) -> Iterator[tuple[str, UUID, object]]:
    """Each personal value that an event has: its field, the person, the value."""
    for field, subject in personal_fields(type(event)).items():
        value = getattr(event, field)
        if value is not None:
            person = getattr(event, subject)
            yield field, person if isinstance(person, UUID) else UUID(person), value


def seal(event: Event, place: Place, keys: Keys) -> Mapping[str, Box]:
    """The personal values of an event in boxes, by field."""
    return {
        field: Box(subject, _seal(keys[subject], msgspec.json.encode(value), place.of(field)))
        for field, subject, value in personal_values(event)
    }


def unseal(boxes: Mapping[str, Box], place: Place, keys: Keys) -> dict[str, object]:
    """What is in the boxes, by field, as decoded JSON. Raises BoxDamaged."""
    return {field: _unseal(box, place, field, keys) for field, box in boxes.items()}


def as_json(erased: Erased) -> object:
    """What stands in the field of an event whose value cannot be read any more."""
    return msgspec.to_builtins(erased)


def _seal(key: bytes | Erased, value: bytes, place: bytes) -> bytes:
    assert isinstance(key, bytes), "nothing is written about people whose data were erased"
    nonce = token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, value, place)


def _unseal(box: Box, place: Place, field: str, keys: Keys) -> object:
    key = keys.get(box.subject, UNEXPLAINED)
    if isinstance(key, Erased):
        return as_json(key)
    nonce, ciphertext = box.box[:NONCE_BYTES], box.box[NONCE_BYTES:]
    try:
        return msgspec.json.decode(AESGCM(key).decrypt(nonce, ciphertext, place.of(field)))
    except (InvalidTag, ValueError):
        raise BoxDamaged(place, field) from None
