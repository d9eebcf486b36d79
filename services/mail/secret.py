"""The token of a one-time link while its mail waits: encrypted with its person's key."""

from secrets import token_bytes
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12


class SecretDamaged(Exception):
    """A token does not open: it was changed, or belongs to another mail."""


def seal(token: str, mail: UUID, key: bytes) -> bytes:
    """Nonce (12 bytes), AES-256-GCM ciphertext and tag, bound to the mail."""
    nonce = token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, token.encode(), _place(mail))


def unseal(sealed: bytes, mail: UUID, key: bytes) -> str:
    """Raises SecretDamaged."""
    nonce, ciphertext = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    try:
        return AESGCM(key).decrypt(nonce, ciphertext, _place(mail)).decode()
    except (InvalidTag, ValueError):
        raise SecretDamaged(str(mail)) from None


def _place(mail: UUID) -> bytes:
    return f"mail {mail} token".encode()
