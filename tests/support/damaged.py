"""Damaged files of every format the service reads, the same ones for the same seed.

Each says its format and what was done to it, so a failing one can be made again.
"""

import gzip
import random
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from tests.support.college_files import WHOLE, Rows, rows
from tests.support.strange_files import SPECIAL, STRANGE


class File(NamedTuple):
    """A file as it is handed in. `format` is a key of `WHOLE`, `damage` names what was done."""

    format: str
    name: str
    damage: str
    content: bytes


def damaged(seed: int, count: int, formats: Sequence[str] = tuple(WHOLE)) -> Iterator[File]:
    """So many files, the formats in turn, each with one or two things done to it."""
    draw = random.Random(seed)
    for number in range(count):
        kind = formats[number % len(formats)]
        name, write = WHOLE[kind]
        yield File(kind, name, *_one(draw, kind, write))


def damaged_tables(seed: int, count: int, table: Rows) -> Iterator[File]:
    """The same for a table of other content (results), as XLSX, ODS and CSV."""
    draw = random.Random(seed)
    formats = ("xlsx", "ods", "csv")
    for number in range(count):
        kind = formats[number % len(formats)]
        name, write = WHOLE[kind]
        yield File(kind, name, *_one(draw, kind, write, table))


def _one(
    draw: random.Random, kind: str, write: Callable[[Rows], bytes], table: Rows | None = None
) -> tuple[str, bytes]:
    whole = [list(row) for row in table] if table is not None else rows(draw)
    done: list[str] = []
    if draw.random() < 0.6:
        change = draw.choice(TABLE_DAMAGE)
        done.append(change.__name__)
        change(draw, whole)
    special = SPECIAL.get(kind, ())
    if special and draw.random() < 0.4:
        strange = draw.choice(special)
        done.append(strange.__name__)
        write = partial(strange, draw)
    try:
        content = write(whole)
    except (ValueError, IndexError):  # the format cannot say it: the table was cut too far
        content = write(rows(draw))
    if not done or draw.random() < 0.5:
        harm = draw.choice(BYTE_DAMAGE)
        done.append(harm.__name__)
        content = harm(draw, content)
    return "+".join(done), content


# What can happen to a table


def drop_column(draw: random.Random, table: Rows) -> None:
    at = draw.randrange(len(table[0]))
    for row in table:
        row[at : at + 1] = []


def swap_columns(draw: random.Random, table: Rows) -> None:
    one, other = draw.sample(range(len(table[0])), 2)
    for row in table[draw.randrange(2) :]:
        if max(one, other) < len(row):
            row[one], row[other] = row[other], row[one]


def repeat_rows(draw: random.Random, table: Rows) -> None:
    table.extend([list(row) for row in draw.sample(table, min(3, len(table)))])


def empty_rows(draw: random.Random, table: Rows) -> None:
    for _ in range(draw.randint(1, 4)):
        table.insert(draw.randrange(len(table) + 1), [""] * len(table[0]))


def no_rows(draw: random.Random, table: Rows) -> None:
    del table[draw.randrange(2) :]


def strange_cells(draw: random.Random, table: Rows) -> None:
    for _ in range(draw.randint(1, 6)):
        row = draw.choice(table)
        if row:
            row[draw.randrange(len(row))] = draw.choice(STRANGE)


def longer_row(draw: random.Random, table: Rows) -> None:
    draw.choice(table).extend(["mehr"] * draw.choice([1, 3, 150]))


def shorter_row(draw: random.Random, table: Rows) -> None:
    row = draw.choice(table)
    del row[draw.randrange(len(row)) if row else 0 :]


def two_headings(draw: random.Random, table: Rows) -> None:
    table.insert(draw.randrange(len(table)), list(table[0]))
    table[0][draw.randrange(len(table[0]))] = table[0][0]


def title_above(draw: random.Random, table: Rows) -> None:
    table.insert(0, ["Liste der Klassen", "", draw.choice(["", "Stand 2026"])])


TABLE_DAMAGE: Sequence[Callable[[random.Random, Rows], None]] = (
    drop_column,
    swap_columns,
    repeat_rows,
    empty_rows,
    no_rows,
    strange_cells,
    longer_row,
    shorter_row,
    two_headings,
    title_above,
)


# What can happen to bytes


def truncated(draw: random.Random, content: bytes) -> bytes:
    return content[: draw.randrange(len(content) + 1)]


def flipped(draw: random.Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(draw.choice([1, 3, 20])):
        if changed:
            changed[draw.randrange(len(changed))] ^= 1 << draw.randrange(8)
    return bytes(changed)


def cut_out(draw: random.Random, content: bytes) -> bytes:
    start = draw.randrange(len(content) + 1)
    return content[:start] + content[start + draw.randint(1, 200) :]


def noise(draw: random.Random, content: bytes) -> bytes:
    start = draw.randrange(len(content) + 1)
    return content[:start] + draw.randbytes(draw.randint(1, 300)) + content[start:]


def zeros(draw: random.Random, content: bytes) -> bytes:
    start = draw.randrange(len(content) + 1)
    return content[:start] + bytes(draw.randint(1, 50)) + content[start:]


def twice(draw: random.Random, content: bytes) -> bytes:
    return content * draw.choice([2, 3])


def bom(draw: random.Random, content: bytes) -> bytes:
    return draw.choice([b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf" * 2]) + content


def other_encoding(draw: random.Random, content: bytes) -> bytes:
    text = content.decode("utf-8", errors="ignore")
    encoding = draw.choice(["utf-16", "utf-16-le", "cp850", "latin-1", "utf-32", "utf-7", "cp500"])
    return text.encode(encoding, errors="replace")


def encoded_twice(draw: random.Random, content: bytes) -> bytes:
    del draw
    return content.decode("cp1252", errors="replace").encode()


def compressed(draw: random.Random, content: bytes) -> bytes:
    packed = gzip.compress(content, mtime=0)
    return packed if draw.random() < 0.5 else truncated(draw, packed)


def nothing(draw: random.Random, content: bytes) -> bytes:
    return draw.choice([b"", b"\n", b" ", b"\x00", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", content[:1]])


BYTE_DAMAGE: Sequence[Callable[[random.Random, bytes], bytes]] = (
    truncated,
    flipped,
    cut_out,
    noise,
    zeros,
    twice,
    bom,
    other_encoding,
    encoded_twice,
    compressed,
    nothing,
)
