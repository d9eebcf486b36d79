from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from services.ledger import verifier
from services.ledger.merkle import root
from services.ledger.sealed import SealedEvent
from tests.support.bundles import events


@settings(max_examples=25)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=100), st.data())
def test_signatures_are_those_of_the_library(
    secret: bytes, message: bytes, data: st.DataObject
) -> None:
    key = Ed25519PrivateKey.from_private_bytes(secret)
    public, signature = key.public_key().public_bytes_raw(), key.sign(message)
    assert verifier.signed(public, message, signature)
    bit = data.draw(st.integers(0, 511))
    wrong = bytearray(signature)
    wrong[bit // 8] ^= 1 << bit % 8
    assert not verifier.signed(public, message, bytes(wrong))
    assert not verifier.signed(public, message + b"x", signature)
    verifier.multiples.cache_clear()


def test_a_signature_is_that_of_rfc_8032() -> None:
    public = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
    signature = (
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )
    assert verifier.signed(bytes.fromhex(public), b"\x72", bytes.fromhex(signature))
    assert not verifier.signed(bytes.fromhex("02" + "00" * 31), b"\x72", bytes.fromhex(signature))


@given(st.integers(0, 1500))
def test_the_verifiers_tree_is_ours(size: int) -> None:
    leaves = [event.leaf for event in all_events()[:size]]
    tree = verifier.Tree()
    whole = len(leaves) // 256 * 256
    for at in range(0, whole, 256):
        tree.add_tile(leaves[at : at + 256])
    assert tree.root(leaves[whole:]) == root(leaves)


def all_events(held: list[SealedEvent] = []) -> list[SealedEvent]:  # noqa: B006 (made once)
    if not held:
        held.extend(events(1500))
    return held
