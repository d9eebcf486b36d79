"""The tree in PostgreSQL: roots and proofs for any size it ever had, and its tiles."""

from collections.abc import Iterable, Mapping, Sequence

from services.eventstore.database import Connection, Pool
from services.ledger.merkle import HASH_SIZE
from services.ledger.proof import (
    Span,
    TileKey,
    consistency_spans,
    inclusion_spans,
    roots_from,
    tiles_for,
)
from services.ledger.record_line import record_line
from services.ledger.tiles import WIDTH, encode_entries, width_at

_TILES = """
select wanted.level, wanted.index,
    case
        when wanted.width = 256 then
            (select hashes from tile where (level, index) = (wanted.level, wanted.index))
        when wanted.level = 0 then
            (select string_agg(leaf, '' order by position) from event
             where position > wanted.index * 256
             and position <= wanted.index * 256 + wanted.width)
        else
            (select string_agg(root, '' order by index) from tile
             where level = wanted.level - 1 and index >= wanted.index * 256
             and index < wanted.index * 256 + wanted.width)
    end as hashes
from unnest($1::int[], $2::bigint[], $3::int[]) as wanted (level, index, width)
"""
"""Full tiles as they are kept; partial ones from the leaves, or from the roots of those below."""


class TreeReader:
    """Reads the tree at any size up to the log's; a size that was once there stays as it was.

    Indices count from 0, one less than the log position. All raise ValueError for an index or a
    size that makes no sense, LookupError if the log is shorter or a tile is missing.
    """

    def __init__(self, pool: Pool | Connection) -> None:
        self._pool = pool

    async def root(self, size: int) -> bytes:
        """The root of the tree over the first events."""
        [root] = await self._roots(size, [(0, size)])
        return root

    async def inclusion(self, index: int, size: int) -> list[bytes]:
        """The hashes that prove the entry at this index, from its sibling up."""
        return await self._roots(size, inclusion_spans(index, size))

    async def consistency(self, old: int, new: int) -> list[bytes]:
        """The hashes that prove that the tree of the new size continues that of the old."""
        return await self._roots(new, consistency_spans(old, new))

    async def tile(self, level: int, index: int, width: int = WIDTH) -> bytes:
        """So many hashes of a tile, in one piece."""
        found = await self._tiles([(level, index, width)])
        return found[level, index]

    async def entries(self, index: int, width: int = WIDTH) -> bytes:
        """So many record lines, each with its length before it."""
        first = index * WIDTH
        rows = await self._pool.fetch(
            "select position, originator_id, originator_version, recorded_at, state, topic"
            " from event where position > $1 and position <= $2 order by position",
            first,
            first + width,
        )
        if len(rows) != width:
            raise LookupError(f"the log has no {width} events after position {first}")
        return encode_entries(
            record_line(
                position=row["position"],
                stream=row["originator_id"],
                version=row["originator_version"],
                recorded_at=row["recorded_at"],
                state=row["state"],
                topic=row["topic"],
            )
            for row in rows
        )

    async def _roots(self, size: int, spans: Sequence[Span]) -> list[bytes]:
        wanted = [(*key, width_at(*key, size)) for key in sorted(tiles_for(spans))]
        return roots_from(await self._tiles(wanted) if wanted else {}, spans)

    async def _tiles(self, wanted: Iterable[tuple[int, int, int]]) -> Mapping[TileKey, bytes]:
        """Each with its level, its index and its width."""
        levels, indices, widths = zip(*wanted, strict=True)
        rows = await self._pool.fetch(_TILES, levels, indices, widths)
        tiles = {(row["level"], row["index"]): row["hashes"] or b"" for row in rows}
        for level, index, width in zip(levels, indices, widths, strict=True):
            if len(tiles[level, index]) != width * HASH_SIZE:
                raise LookupError(f"tile {level}/{index} is not there at a width of {width}")
        return tiles
