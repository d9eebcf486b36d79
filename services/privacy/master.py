"""The master keys, which wrap every other secret before it is stored."""

import base64
import binascii
import os
from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from secrets import token_bytes, token_hex

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from services.settings import Settings

KEY_BYTES = 32
ID_BYTES = 8
NONCE_BYTES = 12
BOX_FROM = ID_BYTES + NONCE_BYTES
FILE = "master.key"


class MasterKeyTrouble(Exception):
    """The master key is missing, malformed, or not the one that wrapped a secret."""


class MasterKeyMissing(MasterKeyTrouble):
    """There is no key, and none may be made unasked."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"There is no master key in {path}, and KREISLAUF_MASTER_KEY is not set. Every process"
            " on this database needs the same one. `kreislauf keys create` makes the first; put"
            " it where backups of the database do not reach, and keep a copy: without it, nothing"
            " personal can be read again."
        )


class UnknownMasterKey(MasterKeyTrouble):
    """The secret was wrapped by a master key that was not given."""

    def __init__(self, key_id: str, known: Sequence[str]) -> None:
        super().__init__(
            f"This needs the master key {key_id}, but given are only {', '.join(known)}. Set"
            " KREISLAUF_MASTER_KEY or KREISLAUF_MASTER_KEY_FILE to the key this database was used"
            " with (an earlier one may follow the current one), or restore it from its backup."
        )
        self.key_id = key_id


class Tampered(MasterKeyTrouble):
    """A wrapped secret was changed, or was wrapped for another purpose."""

    def __init__(self, purpose: str) -> None:
        super().__init__(f"A wrapped secret ({purpose}) was changed since it was wrapped.")


class MasterKeys:
    """The first key wraps and unwraps, further ones only unwrap what was wrapped before.

    A wrapped secret is the id of the key (8 bytes), a nonce (12) and the AES-256-GCM ciphertext
    with its tag; the purpose is authenticated with it, so that no secret passes for another.
    """

    def __init__(self, keys: Sequence[bytes], file: Path | None = None) -> None:
        """Take keys of 32 bytes each, the current one first, and the file to look at again.

        Raises MasterKeyTrouble.
        """
        self._file = file
        self._take(keys)

    def __repr__(self) -> str:
        return f"MasterKeys({', '.join(self.ids)})"

    @property
    def ids(self) -> list[str]:
        """What the keys are called, the current one first; it says nothing about them."""
        return [key_id.hex() for key_id in self._ciphers]

    @property
    def file(self) -> Path | None:
        """Where the keys came from; None if the environment holds them."""
        return self._file

    def wrap(self, secret: bytes, purpose: str) -> bytes:
        """Wrap a secret by the current key."""
        self.refresh()
        return self._wrap(self._current, secret, purpose)

    def wrap_like(self, wrapped: bytes, secret: bytes, purpose: str) -> bytes:
        """Wrap a secret by the key that another one is wrapped by. Raises UnknownMasterKey."""
        self._cipher(wrapped)
        return self._wrap(wrapped[:ID_BYTES], secret, purpose)

    def unwrap(self, wrapped: bytes, purpose: str) -> bytes:
        """Raises UnknownMasterKey, or Tampered if it is not what was wrapped for the purpose."""
        nonce, boxed = wrapped[ID_BYTES:BOX_FROM], wrapped[BOX_FROM:]
        try:
            return self._cipher(wrapped).decrypt(nonce, boxed, purpose.encode())
        except (InvalidTag, ValueError):
            raise Tampered(purpose) from None

    def is_current(self, wrapped: bytes) -> bool:
        """Whether the secret is wrapped by the current key, so that it need not be renewed."""
        return wrapped.startswith(self._current)

    def refresh(self) -> None:
        """Read the file again, if the keys came from one: another process may have rotated them.

        Raises MasterKeyTrouble or OSError.
        """
        if self._file is not None:
            self._take(read_key_file(self._file))

    def _wrap(self, key_id: bytes, secret: bytes, purpose: str) -> bytes:
        nonce = token_bytes(NONCE_BYTES)
        return key_id + nonce + self._ciphers[key_id].encrypt(nonce, secret, purpose.encode())

    def _cipher(self, wrapped: bytes) -> AESGCM:
        key_id = wrapped[:ID_BYTES]
        if key_id not in self._ciphers:
            self.refresh()
        if (cipher := self._ciphers.get(key_id)) is None:
            raise UnknownMasterKey(key_id.hex(), self.ids)
        return cipher

    def _take(self, keys: Sequence[bytes]) -> None:
        if not keys or any(len(key) != KEY_BYTES for key in keys):
            raise MasterKeyTrouble("A master key must have 32 bytes.")
        self._ciphers = {_id(key): AESGCM(key) for key in keys}
        self._current = _id(keys[0])


def master_keys(settings: Settings) -> MasterKeys:
    """The keys of these settings. With an embedded database one is made if there is none.

    With a database elsewhere it is not: on a disk that goes with the machine or the container,
    everything personal would be lost with it.
    Raises MasterKeyTrouble if they are missing or malformed, OSError if the file cannot be used.
    """
    if settings.master_key is not None:
        return MasterKeys(read_keys(settings.master_key, "KREISLAUF_MASTER_KEY"))
    path = key_file(settings)
    if not path.exists():
        if settings.master_key_file is not None or settings.database_url is not None:
            raise MasterKeyMissing(path)
        write_key_file(path, [new_key()], replace=False)
    return MasterKeys(read_key_file(path), path)


def key_file(settings: Settings) -> Path:
    """Where the keys are kept if the environment does not hold them itself."""
    return (settings.master_key_file or settings.data / FILE).expanduser()


def master_key_id(key: bytes) -> str:
    """What a key is called."""
    return _id(key).hex()


def new_key() -> bytes:
    return token_bytes(KEY_BYTES)


def read_key_file(path: Path) -> list[bytes]:
    """The keys of a file, one in each line or separated by commas, the current one first."""
    return read_keys(path.read_text("ascii", errors="replace"), str(path))


def read_keys(text: str, place: str) -> list[bytes]:
    """Raises MasterKeyTrouble, which names the place and never the text."""
    try:
        keys = [base64.b64decode(word, validate=True) for word in text.replace(",", " ").split()]
    except binascii.Error:
        keys = []
    if not keys or any(len(key) != KEY_BYTES for key in keys):
        raise MasterKeyTrouble(
            f"{place} must hold one or more keys of 32 bytes in base64, the current one first."
            " `openssl rand -base64 32` makes one."
        )
    return keys


def write_key_file(path: Path, keys: Sequence[bytes], *, replace: bool) -> None:
    """Write the file whole or not at all, readable by its owner only.

    Unless it may be replaced, a file that came into being in the meantime stays as it is.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(base64.b64encode(key) + b"\n" for key in keys)
            file.flush()
            os.fsync(file.fileno())
        if replace:
            draft.replace(path)
        else:
            with suppress(FileExistsError):
                path.hardlink_to(draft)
        _keep_name(path.parent)
    finally:
        draft.unlink(missing_ok=True)


def _keep_name(folder: Path) -> None:
    """A file survives a power cut only once its folder is on the disk too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _id(key: bytes) -> bytes:
    return sha256(key).digest()[:ID_BYTES]
