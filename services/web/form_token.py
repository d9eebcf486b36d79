"""The token of a session as its forms carry it: written differently each time.

Pages are sent compressed and may show what somebody typed. If the token always looked the same,
whoever makes the browser ask often and sees how long the answers are could guess it letter by
letter (the attack is known as BREACH).
"""

from hmac import compare_digest
from secrets import token_bytes


def masked(token: str) -> str:
    """The token under a mask drawn anew, with the mask before it, in hexadecimal."""
    plain = token.encode()
    mask = token_bytes(len(plain))
    return (mask + _under(mask, plain)).hex()


def is_token(sent: str, token: str) -> bool:
    """Whether this is the token under some mask."""
    try:
        both = bytes.fromhex(sent)
    except ValueError:
        return False
    half = len(both) // 2
    return compare_digest(_under(both[:half], both[half:]), token.encode())


def _under(mask: bytes, content: bytes) -> bytes:
    return bytes(one ^ other for one, other in zip(mask, content, strict=False))
