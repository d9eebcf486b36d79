from collections.abc import Mapping, Sequence
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ledger.merkle import HASH_SIZE, Peaks, leaf_hash, perfect_root, root
from services.ledger.proof import (
    Span,
    TlogProof,
    check_consistency,
    check_inclusion,
    consistency_spans,
    inclusion_spans,
    roots_from,
    tiles_for,
)
from services.ledger.tiles import tiles_of
from tests.services.ledger import naive_tree
from tests.services.ledger.test_merkle import ENTRIES, numbered

LARGE = 70_000
SIGNED = (
    "example.com/log\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n\n— example.com/log c2ln\n"
)


@cache
def leaves() -> list[bytes]:
    return [leaf_hash(entry) for entry in numbered(LARGE)]


@cache
def tiles(size: int) -> Mapping[tuple[int, int], bytes]:
    """The tiles of the tree over the first leaves."""
    levels = [leaves()[:size]]
    while len(levels[-1]) >= 256:
        below = levels[-1]
        whole = range(0, len(below) - 255, 256)
        levels.append([perfect_root(below[at : at + 256]) for at in whole])
    return {
        (name.level, name.index): b"".join(levels[name.level][name.index * 256 :][: name.width])
        for name in tiles_of(size)
        if name.level is not None
    }


def proved(size: int, spans: Sequence[Span]) -> list[bytes]:
    held = tiles(size)
    return roots_from({key: held[key] for key in tiles_for(spans)}, spans)


def test_proofs_are_those_of_certificate_transparency() -> None:
    tree = {(0, 0): b"".join(leaf_hash(entry) for entry in ENTRIES)}
    assert [one.hex() for one in roots_from(tree, inclusion_spans(5, 8))] == [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]
    assert [one.hex() for one in roots_from(tree, consistency_spans(1, 8))] == [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]
    assert [one.hex() for one in roots_from(tree, consistency_spans(2, 5))] == [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ]


@pytest.mark.parametrize("size", [*range(1, 66), 127, 128, 129, 255, 256, 257, 300])
def test_proofs_are_those_of_the_definition(size: int) -> None:
    entries = numbered(size)
    whole = root(leaves()[:size])
    for index in range(size):
        hashes = proved(size, inclusion_spans(index, size))
        assert hashes == naive_tree.path(index, entries)
        assert check_inclusion(leaves()[index], index, size, hashes, whole)
    for old in range(1, size + 1):
        hashes = proved(size, consistency_spans(old, size))
        assert hashes == naive_tree.proof(old, entries)
        assert check_consistency(old, size, hashes, root(leaves()[:old]), whole)


@given(st.integers(1, LARGE), st.data())
def test_any_entry_of_a_large_tree_is_proved(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    hashes = _from_full(size, inclusion_spans(index, size))
    whole = Peaks.over(leaves()[:size]).root
    assert check_inclusion(leaves()[index], index, size, hashes, whole)
    assert not check_inclusion(leaves()[index - 1], index, size, hashes, whole) or size == 1


@given(st.integers(1, LARGE), st.data())
def test_any_two_sizes_of_a_large_tree_are_consistent(new: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(0, new))
    hashes = _from_full(new, consistency_spans(old, new))
    before, after = (Peaks.over(leaves()[:size]).root for size in (old, new))
    assert check_consistency(old, new, hashes, before, after)
    if 0 < old < new:
        assert not check_consistency(old, new, hashes, before, before)
        assert not check_consistency(old, new, hashes, after, after)


@given(st.integers(2, 300), st.data())
def test_a_proof_with_anything_changed_proves_nothing(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    hashes = proved(size, inclusion_spans(index, size))
    whole = root(leaves()[:size])
    at = data.draw(st.integers(0, len(hashes) - 1))
    flipped = bytes([hashes[at][0] ^ 1]) + hashes[at][1:]
    for wrong in (
        [*hashes[:at], flipped, *hashes[at + 1 :]],
        hashes[:at] + hashes[at + 1 :],
        [*hashes, whole],
        [],
    ):
        assert not check_inclusion(leaves()[index], index, size, wrong, whole)
    assert not check_inclusion(leaves()[index], index + size, size, hashes, whole)
    assert not check_inclusion(leaves()[index], -1, size, hashes, whole)


@given(st.integers(2, 300), st.data())
def test_a_consistency_proof_with_anything_changed_proves_nothing(
    new: int, data: st.DataObject
) -> None:
    old = data.draw(st.integers(1, new - 1))
    hashes = proved(new, consistency_spans(old, new))
    before, after = root(leaves()[:old]), root(leaves()[:new])
    at = data.draw(st.integers(0, len(hashes) - 1))
    flipped = bytes([hashes[at][0] ^ 1]) + hashes[at][1:]
    for wrong in (
        [*hashes[:at], flipped, *hashes[at + 1 :]],
        hashes[:at] + hashes[at + 1 :],
        [*hashes, after],
        [],
    ):
        assert not check_consistency(old, new, wrong, before, after)
    assert not check_consistency(new, old, hashes, after, before)


def test_equal_trees_need_no_proof_and_the_empty_one_is_in_every_tree() -> None:
    whole = root(leaves()[:5])
    assert check_consistency(5, 5, [], whole, whole)
    assert not check_consistency(5, 5, [], root(leaves()[:4]), whole)
    assert check_consistency(0, 5, [], root([]), whole)


def test_what_cannot_be_proved_is_refused() -> None:
    with pytest.raises(ValueError, match="no leaf 5 in a tree of 5"):
        inclusion_spans(5, 5)
    with pytest.raises(ValueError, match="a tree of 4 does not continue one of 5"):
        consistency_spans(5, 4)
    with pytest.raises(LookupError):
        roots_from({(0, 0): b"\0" * HASH_SIZE}, [(0, 2)])


def test_a_proof_is_kept_as_a_file_and_read_back() -> None:
    proof = TlogProof(
        index=5, hashes=(b"\x01" * 32, b"\x02" * 32), checkpoint=SIGNED, extra=b"6 line"
    )
    assert proof.text().splitlines()[:6] == [
        "c2sp.org/tlog-proof@v1",
        "extra NiBsaW5l",
        "index 5",
        "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=",
        "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=",
        "",
    ]
    assert proof.text().endswith(SIGNED)
    assert TlogProof.parse(proof.text()) == proof
    only = TlogProof(index=0, hashes=(), checkpoint=SIGNED)
    assert TlogProof.parse(only.text()) == only


@pytest.mark.parametrize(
    "text",
    [
        "",
        "c2sp.org/tlog-proof@v1\n\n",
        "c2sp.org/tlog-proof@v2\nindex 0\n\nx\n",
        "c2sp.org/tlog-proof@v1\nindex 01\n\nx\n",
        "c2sp.org/tlog-proof@v1\nextra !\nindex 1\n\nx\n",
        "c2sp.org/tlog-proof@v1\nindex 1\nAQE=\n\nx\n",
        "c2sp.org/tlog-proof@v1\nextra AQE=\n\nx\n",
    ],
)
def test_what_is_no_proof_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"proof|base64"):
        TlogProof.parse(text)


def _from_full(size: int, spans: Sequence[Span]) -> list[bytes]:
    """From the tiles of the largest tree, shortened to the size as a partial tile is."""
    held = tiles(LARGE)
    shortened: dict[tuple[int, int], bytes] = {}
    for name in tiles_of(size):
        assert name.level is not None
        shortened[name.level, name.index] = held[name.level, name.index][: name.width * HASH_SIZE]
    return roots_from({key: shortened[key] for key in tiles_for(spans)}, spans)
