import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ledger.tiles import (
    TileName,
    decode_entries,
    encode_entries,
    entries_path,
    parse_path,
    partial_width,
    path_of,
    tile_path,
    tiles_of,
)


def test_a_tile_is_found_where_the_specification_says() -> None:
    assert tile_path(0, 0) == "tile/0/000"
    assert tile_path(3, 1234067) == "tile/3/x001/x234/067"
    assert tile_path(1, 999, 17) == "tile/1/999.p/17"
    assert entries_path(1000, 112) == "tile/entries/x001/000.p/112"


@given(st.one_of(st.none(), st.integers(0, 63)), st.integers(0, 10**12), st.integers(1, 256))
def test_a_path_leads_back_to_its_tile(level: int | None, index: int, width: int) -> None:
    name = TileName(level, index, width)
    assert parse_path(path_of(name)) == name


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/0",
        "tile/00/000",
        "tile/64/000",
        "tile/0/1000",
        "tile/0/x000/001",
        "tile/0/x001/x234",
        "tile/0/001.p/0",
        "tile/0/001.p/256",
        "tile/0/001.p/07",
        "tile/-1/000",
        "tile/entries/000/",
        "tile/0/\u0660\u0660\u0660",
    ],
)
def test_there_is_one_way_to_write_a_path(path: str) -> None:
    with pytest.raises(ValueError, match="not the path of a tile"):
        parse_path(path)


def test_a_tree_has_the_tiles_of_the_example_in_the_specification() -> None:
    names = list(tiles_of(70_000))
    assert len([name for name in names if name.level == 0]) == 274
    assert [name for name in names if name.width < 256] == [
        TileName(0, 273, 112),
        TileName(1, 1, 17),
        TileName(2, 0, 1),
    ]
    assert [partial_width(level, 70_000) for level in range(4)] == [112, 17, 1, 0]
    assert list(tiles_of(256)) == [TileName(0, 0), TileName(1, 0, 1)]


@given(st.integers(0, 200_000), st.integers(0, 2000))
def test_a_grown_tree_has_only_few_tiles_that_are_new(size: int, more: int) -> None:
    before, after = set(tiles_of(size)), set(tiles_of(size + more))
    new = {name for name in after - before if name not in before}
    assert new <= set(tiles_of(size + more, since=size))


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_entries_are_read_back_as_they_were(lines: list[bytes]) -> None:
    assert decode_entries(encode_entries(lines)) == lines


def test_a_bundle_that_is_cut_off_is_noticed() -> None:
    bundle = encode_entries([b"17 line", b"18 line"])
    for cut in (1, len(bundle) - 1, len(bundle) - 8):
        with pytest.raises(ValueError, match="cut off"):
            decode_entries(bundle[:cut])
