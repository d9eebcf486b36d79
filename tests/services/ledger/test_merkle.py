import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ledger.merkle import EMPTY_ROOT, Peaks, fold, leaf_hash, perfect_root, root
from tests.services.ledger.naive_tree import tree_hash

ENTRIES = [
    bytes.fromhex(entry)
    for entry in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
"""The entries and roots that certificate transparency's own tests have for RFC 6962."""
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)


def numbered(count: int) -> list[bytes]:
    return [str(n).encode() for n in range(count)]


def test_the_roots_are_those_of_certificate_transparency() -> None:
    leaves = [leaf_hash(entry) for entry in ENTRIES]
    assert [root(leaves[:size]).hex() for size in range(1, 9)] == list(ROOTS)


def test_the_empty_tree_has_the_hash_of_nothing_as_its_root() -> None:
    assert root([]) == EMPTY_ROOT == tree_hash([])
    assert Peaks().root == EMPTY_ROOT


def test_growing_leaf_by_leaf_gives_the_root_of_each_size() -> None:
    entries = numbered(300)
    peaks = Peaks()
    for size, entry in enumerate(entries, start=1):
        peaks = peaks.append(leaf_hash(entry))
        assert peaks.root == tree_hash(entries[:size])
        assert len(peaks.hashes) == size.bit_count()


@given(st.integers(0, 3000), st.integers(0, 3000))
def test_it_does_not_matter_in_which_portions_a_tree_grows(first: int, more: int) -> None:
    leaves = [leaf_hash(entry) for entry in numbered(first + more)]
    assert Peaks.over(leaves[:first]).append(*leaves[first:]) == Peaks.over(leaves)


@given(st.integers(0, 40), st.integers(0, 10), st.integers(0, 1023))
def test_a_tree_is_continued_by_a_tree_that_fits_its_last_peak(
    blocks: int, height: int, more: int
) -> None:
    first, more = blocks << height, min(more, 1 << height)
    leaves = [leaf_hash(entry) for entry in numbered(first + more)]
    merged = Peaks.over(leaves[:first]).merge(Peaks.over(leaves[first:]))
    assert merged == Peaks.over(leaves)


def test_a_tree_that_would_lie_across_the_borders_is_refused() -> None:
    with pytest.raises(ValueError, match="a tree of 3 does not continue one of 6"):
        Peaks.over(numbered(6)).merge(Peaks.over(numbered(3)))


def test_peaks_are_kept_in_one_piece() -> None:
    peaks = Peaks.over([leaf_hash(entry) for entry in numbered(11)])
    assert Peaks.unpack(11, peaks.packed) == peaks
    with pytest.raises(ValueError, match="64 bytes are not the peaks of 11 leaves"):
        Peaks.unpack(11, peaks.packed[:64])


def test_a_perfect_tree_is_its_only_peak() -> None:
    leaves = [leaf_hash(entry) for entry in numbered(256)]
    assert perfect_root(leaves) == fold([root(leaves)]) == root(leaves)
