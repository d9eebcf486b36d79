"""The tiles of the live log beside the leaves they are made of."""

from collections import defaultdict
from collections.abc import Sequence

from services.eventstore.database import Connection
from services.ledger.merkle import HASH_SIZE, Peaks, perfect_root
from services.ledger.tiles import HEIGHT, WIDTH
from services.ledger.verifier import Finding


class TilesInOrder:
    """Compares each kept tile with the hashes that come by, from the first leaf on."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._kept: dict[int, tuple[bytes, bytes]] = {}
        self._begun: list[bytes] = []
        self._counts: defaultdict[int, int] = defaultdict(int)
        self._roots: defaultdict[int, list[bytes]] = defaultdict(list)

    async def fetch(self, first: int, last: int) -> None:
        """Have the tiles at hand in which the leaves from one index to another are."""
        rows = await self._connection.fetch(
            "select index, hashes, root from tile where level = 0 and index between $1 and $2",
            first // WIDTH,
            last // WIDTH,
        )
        self._kept = {row["index"]: (row["hashes"], row["root"]) for row in rows}

    async def add(self, leaves: Sequence[bytes]) -> None:
        """The next leaves, of one tile. Raises Finding at the first that is another in the tile."""
        number, start = self._counts[0], len(self._begun)
        self._begun += leaves
        kept = self._kept.get(number)
        first = number * WIDTH
        if kept is not None:
            stated = kept[0][start * HASH_SIZE :]
            for at, leaf in enumerate(leaves):
                if stated[at * HASH_SIZE :][:HASH_SIZE] != leaf:
                    raise Finding("tile", first + start + at + 1, tile=f"0/{number}")
        if len(self._begun) < WIDTH:
            return
        root = perfect_root(self._begun)
        self._begun = []
        if kept is None or kept[1] != root:
            raise Finding("tile", first + 1, first + WIDTH, tile=f"0/{number}")
        self._counts[0] += 1
        await self._add_root(1, root)

    async def finish(self) -> None:
        """Raises Finding if tiles are kept that the log does not have."""
        rows = await self._connection.fetch(
            "select level, min(index) as index, count(*) as count from tile"
            " where index >= coalesce(($1::bigint[])[level + 1], 0) or index < 0 or level < 0"
            " group by level order by level",
            [self._counts[level] for level in range(max(self._counts, default=0) + 1)],
        )
        for row in rows:
            first = max(0, row["index"] << HEIGHT * (max(0, row["level"]) + 1)) + 1
            raise Finding("tile", first, tile=f"{row['level']}/{row['index']}")

    async def _add_root(self, level: int, root: bytes) -> None:
        roots = self._roots[level]
        roots.append(root)
        if len(roots) < WIDTH:
            return
        number = self._counts[level]
        above = perfect_root(roots)
        kept = await self._connection.fetchrow(
            "select hashes, root from tile where level = $1 and index = $2", level, number
        )
        if kept is None or (kept["hashes"], kept["root"]) != (b"".join(roots), above):
            span = 1 << HEIGHT * (level + 1)
            first = number * span
            raise Finding("tile", first + 1, first + span, tile=f"{level}/{number}")
        self._counts[level] += 1
        roots.clear()
        await self._add_root(level + 1, above)


def differing_peak(peaks: Peaks, packed: bytes) -> tuple[int, int]:
    """The positions below the first peak that is not the one stated."""
    first = 0
    for at, peak in enumerate(peaks.hashes):
        weight = 1 << (peaks.size - first).bit_length() - 1
        if packed[at * HASH_SIZE :][:HASH_SIZE] != peak:
            return first + 1, first + weight
        first += weight
    return peaks.size + 1, peaks.size + 1
