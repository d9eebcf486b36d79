"""Ways in which files are damaged: on a stick, in an attachment, in an editor, on purpose."""

import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from random import Random


def damaged(data: bytes, random: Random) -> tuple[bytes, str]:
    """A damaged copy of the file, and how it was damaged. The members of archives break too."""
    ways = {**BYTES, **(MEMBERS if data.startswith(b"PK") else TEXTS)}
    name = random.choice(sorted(ways))
    return ways[name](data, random), name


def _cut_off(data: bytes, random: Random) -> bytes:
    return data[: random.randrange(len(data))]


def _with_other_bytes(data: bytes, random: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(random.randint(1, 20)):
        changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def _without_a_piece(data: bytes, random: Random) -> bytes:
    start = random.randrange(len(data))
    return data[:start] + data[start + random.randint(1, 200) :]


def _with_a_piece_twice(data: bytes, random: Random) -> bytes:
    start = random.randrange(len(data))
    end = start + random.randint(1, 200)
    return data[:end] + data[start:]


def _members(data: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return file.getvalue()


def _with_a_damaged_member(data: bytes, random: Random) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        chosen = random.choice(archive.namelist())
    way = random.choice([_cut_off, _with_other_bytes, _without_a_piece, _with_a_piece_twice])
    return _members(data, lambda name, c: way(c, random) if c and name == chosen else c)


def _without_a_member(data: bytes, random: Random) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        chosen = random.choice(archive.namelist())
    return _members(data, lambda name, content: None if name == chosen else content)


def _with_other_numbers(data: bytes, random: Random) -> bytes:
    """Well-formed, and wrong: values of cells are exchanged for others."""
    values = [b"<v>-1</v>", b"<v>1e308</v>", b"<v>nan</v>", b"<v>99999</v>", b"<v></v>"]

    def change(name: str, content: bytes) -> bytes:
        pieces = content.split(b"<v>")
        if not name.endswith(".xml") or len(pieces) == 1:
            return content
        at = random.randrange(1, len(pieces))
        rest = pieces[at].partition(b"</v>")[2]
        before, after = b"<v>".join(pieces[:at]), b"<v>".join([rest, *pieces[at + 1 :]])
        return before + random.choice(values) + after

    return _members(data, change)


def _with_exchanged_lines(data: bytes, random: Random) -> bytes:
    lines = data.split(b"\n")
    random.shuffle(lines)
    return b"\n".join(lines)


def _in_another_encoding(data: bytes, random: Random) -> bytes:
    text = data.decode("utf-8-sig").replace("WE", "WÄ" if random.random() < 0.5 else "WE")
    return text.encode(random.choice(["cp1252", "utf-16", "utf-16-le", "cp437", "utf-8"]))


def _with_other_delimiters(data: bytes, random: Random) -> bytes:
    return data.replace(b";", random.choice([b",", b"\t", b"|", b" ", b";;", b'";']))


def _with_another_cell(data: bytes, random: Random) -> bytes:
    cells = data.split(b";")
    cells[random.randrange(len(cells))] = random.choice(
        [b"=1+1", b"9" * 400, b'"', b"\xff\xfe", "Ölçer".encode(), b"-1", b"3.14", b"\x00", b"''"]
    )
    return b";".join(cells)


BYTES: Mapping[str, Callable[[bytes, Random], bytes]] = {
    "cut off": _cut_off,
    "other bytes": _with_other_bytes,
    "a piece is missing": _without_a_piece,
    "a piece twice": _with_a_piece_twice,
}
MEMBERS: Mapping[str, Callable[[bytes, Random], bytes]] = {
    "a damaged member": _with_a_damaged_member,
    "a member is missing": _without_a_member,
    "other numbers": _with_other_numbers,
}
TEXTS: Mapping[str, Callable[[bytes, Random], bytes]] = {
    "exchanged lines": _with_exchanged_lines,
    "another encoding": _in_another_encoding,
    "other delimiters": _with_other_delimiters,
    "another cell": _with_another_cell,
}
