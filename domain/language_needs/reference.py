"""The reference number of a report: short enough to be read out, and safe against slips."""

from uuid import UUID

from domain.kernel import stream_id

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: nothing in it looks like something else, so I, L, O and U are not there."""

PREFIX = "DF"
BITS = 35
"""So many random bits are in a reference: nobody guesses one."""

LENGTH = 7
"""So many characters carry them; one more checks them."""

READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", " ": ""})
POLYNOMIAL = 0b100101
"""Of the field with 32 elements: x⁵ + x² + 1. In it every wrong character is noticed, and every
two that were exchanged."""


def reference_of(random: int) -> str:
    """`DF-XXXX-XXXX` of a random number below 2 to the power of `BITS`; whoever asks draws it."""
    digits = [random >> 5 * place & 31 for place in reversed(range(LENGTH))]
    written = "".join(ALPHABET[digit] for digit in (*digits, _check(digits)))
    return f"{PREFIX}-{written[:4]}-{written[4:]}"


def is_reference(text: str) -> bool:
    """Whether this is a reference as people write one."""
    return bool(tidied(text))


def tidied(text: str) -> str:
    """The reference as it is kept; nothing if it is none.

    People write small letters, leave out dashes, and take O for 0 and I or L for 1.
    """
    plain = text.strip().upper().translate(READ_AS)
    body = plain.removeprefix(PREFIX)
    if len(body) != LENGTH + 1 or any(character not in ALPHABET for character in body):
        return ""
    *digits, check = (ALPHABET.index(character) for character in body)
    return f"{PREFIX}-{body[:4]}-{body[4:]}" if check == _check(digits) else ""


def report_id(reference: str) -> UUID:
    """The report with this reference, as `tidied` gives it."""
    return stream_id("company-report", reference)


def _check(digits: list[int]) -> int:
    check = 0
    for digit in digits:
        check = (check ^ digit) << 1
        if check >> 5:
            check ^= POLYNOMIAL
    return check
