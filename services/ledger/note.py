"""Signed notes: a text and the lines that sign it, as https://c2sp.org/signed-note defines them."""

import binascii
import re
from base64 import b64decode, b64encode
from collections.abc import Sequence
from hashlib import sha256

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ED25519 = 0x01
COSIGNATURE = 0x04
"""A witness' signature with its time, https://c2sp.org/tlog-cosignature; over Ed25519 too."""

MOST_SIGNATURES = 100
KEY_ID_BYTES = 4
PUBLIC_BYTES = 32

NAME = re.compile(r"[^\s+]+")
LINE = re.compile(r"— ([^\s+]+) ([A-Za-z0-9+/]+=*)")
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")


class NoteError(ValueError):
    """What was read is no signed note, no signature or no verifier key, or signed by nobody known.

    The message says which, in a sentence.
    """


class VerifierKey(msgspec.Struct, frozen=True, kw_only=True):
    """A public key with its name and the kind of signature it checks; `public` is 32 bytes."""

    name: str
    public: bytes
    kind: int = ED25519

    @property
    def id(self) -> bytes:
        """Four bytes that find the key, and prove nothing."""
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[
            :KEY_ID_BYTES
        ]

    def __str__(self) -> str:
        """The key as people exchange it: ``name+id+key``."""
        key = b64encode(bytes([self.kind]) + self.public).decode()
        return f"{self.name}+{self.id.hex()}+{key}"

    def holds(self, signature: bytes, message: bytes) -> bool:
        """Whether this is the key's Ed25519 signature of the message."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except InvalidSignature:
            return False
        return True


class Signature(msgspec.Struct, frozen=True, kw_only=True):
    """One line under a note: who signed, with which key, and the signature."""

    name: str
    key_id: bytes
    signature: bytes

    def __str__(self) -> str:
        """The line, without its newline."""
        return f"— {self.name} {b64encode(self.key_id + self.signature).decode()}"

    def is_of(self, key: VerifierKey) -> bool:
        return self.name == key.name and self.key_id == key.id


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """A text that ends in a newline, and who signed it."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return self.text + "\n" + "".join(f"{line}\n" for line in self.signatures)

    def signed_by(self, keys: Sequence[VerifierKey]) -> list[VerifierKey]:
        """Those of the keys that signed the note.

        Raises NoteError if none did, or if a line names one of them and does not hold.
        """
        found: list[VerifierKey] = []
        for line in self.signatures:
            for key in keys:
                if key.kind == ED25519 and line.is_of(key):
                    if not key.holds(line.signature, self.text.encode()):
                        raise NoteError(f"the signature of {key.name} does not hold")
                    found.append(key)
        if not found:
            raise NoteError("no key that is trusted signed the note")
        return found


def sign(text: str, name: str, key: Ed25519PrivateKey) -> Signature:
    """Sign a note's text. Raises NoteError if it could not be a note's."""
    _refuse_bad_text(text)
    return Signature(
        name=name,
        key_id=verifier_key(name, key).id,
        signature=key.sign(text.encode()),
    )


def verifier_key(name: str, key: Ed25519PrivateKey) -> VerifierKey:
    """The public half of a key. Raises NoteError if the name cannot be a key's."""
    if not NAME.fullmatch(name):
        raise NoteError(f"{name!r} is no name of a key: it has spaces or a plus, or is empty")
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return VerifierKey(name=name, public=public)


def read_verifier_key(text: str) -> VerifierKey:
    """Read ``name+id+key``. Raises NoteError if its parts do not belong together."""
    name, _, rest = text.partition("+")
    key_id, _, encoded = rest.partition("+")
    material = _decoded(encoded)
    if not NAME.fullmatch(name) or len(material) != 1 + PUBLIC_BYTES:
        raise NoteError("a verifier key has the form name+id+key, with an Ed25519 key")
    key = VerifierKey(name=name, public=material[1:], kind=material[0])
    if key.kind not in {ED25519, COSIGNATURE}:
        raise NoteError(f"the verifier key of {name} is of a kind that is not known here")
    if key.id.hex() != key_id:
        raise NoteError(f"the verifier key of {name} does not have the id it names")
    return key


def read_note(text: str) -> Note:
    """Read a signed note; who signed it is not looked at. Raises NoteError."""
    body, blank, lines = text.rpartition("\n\n")
    if not blank or not lines.endswith("\n"):
        raise NoteError("a signed note is a text, an empty line and lines of signatures")
    body += "\n"
    _refuse_bad_text(body)
    signatures = tuple(map(read_signature, lines.removesuffix("\n").split("\n")))
    if len(signatures) > MOST_SIGNATURES:
        raise NoteError(f"a note has at most {MOST_SIGNATURES} signatures here")
    return Note(text=body, signatures=signatures)


def read_signature(line: str) -> Signature:
    """Read one line of a signature. Raises NoteError."""
    match = LINE.fullmatch(line)
    signature = _decoded(match[2]) if match else b""
    if match is None or len(signature) <= KEY_ID_BYTES:
        raise NoteError("a line of a signature is a dash, a name and the signature in base64")
    return Signature(
        name=match[1], key_id=signature[:KEY_ID_BYTES], signature=signature[KEY_ID_BYTES:]
    )


def _decoded(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except binascii.Error:
        return b""


def _refuse_bad_text(text: str) -> None:
    if not text.endswith("\n") or CONTROL.search(text):
        raise NoteError("a note's text ends with a newline and has no other control characters")
