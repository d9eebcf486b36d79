"""Verify an export of Kreislauf's event log: Python 3.11 and this file are all it needs.

It shares no code with the service on purpose: whoever doubts the service reads this instead.
Exit code 0: everything holds; 1: something was changed, and the first bad position is named;
2: it could not be checked.
"""

import argparse
import json
import os
import sys
from base64 import b64decode
from binascii import b2a_hex
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, reduce
from hashlib import sha256, sha512
from itertools import islice, pairwise
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

SENTENCES = """
unreadable Der Eintrag ist nicht lesbar: seine Form stimmt nicht.
           The entry cannot be read: it is not in the form of an entry.
position   Hier steht der Eintrag {found}, nicht {position}.
           Entry {found} stands here, not {position}.
state      Der Inhalt passt nicht zu seinem Hashwert.
           The content does not fit its digest.
version    In seinem Strom folgt er nicht auf Version {before}.
           In its stream it does not follow version {before}.
time       Der Zeitpunkt der Aufzeichnung liegt vor dem des vorigen Eintrags.
           It was recorded before the entry in front of it.
leaf       Der Eintrag hat nicht den Hashwert, unter dem er versiegelt wurde.
           The entry does not have the hash it was sealed under.
root       Die Einträge ergeben nicht die Wurzel des Prüfpunkts bei {size} ({source}).
           The entries do not give the root of the checkpoint at {size} ({source}).
missing    Der Prüfpunkt bei {size} kennt mehr Einträge, als da sind ({source}).
           The checkpoint at {size} knows of more entries than there are ({source}).
count      Das Verzeichnis nennt {stated} Einträge, da sind {found}.
           The manifest states {stated} entries, there are {found}.
signature  Kein dort geltender Schlüssel hat den Prüfpunkt bei {size} unterschrieben ({source}).
           No key in force there signed the checkpoint at {size} ({source}).
key        Der Schlüsselwechsel zu {key} ist nicht vom vorigen Schlüssel bezeugt.
           The change of key to {key} is not attested by the key before it.
succession Die Liste der Schlüssel passt nicht zu den Einträgen über Schlüsselwechsel.
           The list of keys does not fit the entries about changes of key.
stranger   Kein Prüfpunkt trägt die Unterschrift des Schlüssels {key}.
           No checkpoint bears the signature of the key {key}.
erased     Die Liste der Löschungen stimmt hier nicht mit den Einträgen überein.
           The list of erasures does not agree with the entries here.
file       Die Datei {name} ist nicht die, die exportiert wurde.
           The file {name} is not the one that was exported.
proof      Der Beleg {name} beweist den Eintrag nicht.
           The receipt {name} does not prove the entry.
at         Erste falsche Position: {position}.
           First bad position: {position}.
between    Die erste falsche Position liegt zwischen {position} und {until}.
           The first bad position is between {position} and {until}.
good       {events} Einträge sind unverändert. Prüfpunkte: {checkpoints}, der letzte bei {covered}.
           {events} entries are unchanged. Checkpoints: {checkpoints}, the last at {covered}.
tail       Kein Prüfpunkt deckt die Einträge ab {first}: sie sind nur in sich stimmig.
           No checkpoint covers the entries from {first} on: they only agree with each other.
proved     Der Eintrag an Position {position} steht im Protokoll {origin}: {line}
           The entry at position {position} is in the log {origin}: {line}
signer     Unterschrieben mit: {key}
           Signed with: {key}
cannot     Nicht prüfbar: {why}
           This cannot be checked: {why}
"""
USAGE = """
    python3 verify.py [FOLDER] [--checkpoint FILE …]    an export; this folder if none is named
    python3 verify.py proof FILE [EVENT]                a receipt (.tlog-proof), and its content
options: --checkpoint FILE  a checkpoint kept earlier (may be repeated)
         --key NAME+ID+KEY  a key known from elsewhere (may be repeated)
         --lang de|en, --json"""
TILE = 256
ERASED, KEY_ADOPTED = b"subject.erased", b"ledger.key-adopted"
EMPTY = sha256(b"").digest()
Noted = list[tuple[int, bytes, bytes]]
"""Events with a part in the verification: position, topic, content."""
LONGEST_LINE = 1 << 12


class Finding(Exception):
    """What is wrong, and at which position first; or `position` to `until` if no nearer."""

    def __init__(self, code: str, position: int = 0, until: int = 0, **facts: object) -> None:
        super().__init__(code)
        self.code, self.position, self.until, self.facts = code, position, until, facts

    def told(self, say: Callable[..., str]) -> str:
        """In sentences."""
        told = say(self.code, position=self.position, **self.facts)
        if self.until > self.position:
            return f"{told} {say('between', position=self.position, until=self.until)}"
        return f"{told} {say('at', position=self.position)}" if self.position else told


Point = tuple[int, int, int, int]
"""On the curve of Ed25519 (RFC 8032), in extended coordinates."""
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ZERO: Point = (0, 1, 1, 0)
BASE_Y = 4 * pow(5, -1, P) % P


def add(one: Point, two: Point) -> Point:
    x1, y1, z1, t1 = one
    x2, y2, z2, t2 = two
    a, b = (y1 - x1) * (y2 - x2) % P, (y1 + x1) * (y2 + x2) % P
    c, d = 2 * t1 * t2 * D % P, 2 * z1 * z2 % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def point(encoded: bytes) -> Point:
    """Raises ValueError if no point of the curve is encoded so."""
    number = int.from_bytes(encoded, "little")
    y, odd = number & ((1 << 255) - 1), number >> 255
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    if (v * x * x - u) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (v * x * x - u) % P or (x == 0 and odd):
        raise ValueError("not a point of the curve")
    if x & 1 != odd:
        x = P - x
    return x, y, 1, x * y % P


@cache
def multiples(encoded: bytes) -> list[list[Point]]:
    """Of a point: 0 to 15 times each power of 16, so that a product is 64 additions."""
    table: list[list[Point]] = []
    step = point(encoded)
    for _ in range(64):
        row = [ZERO]
        for _ in range(15):
            row.append(add(row[-1], step))
        table.append(row)
        step = add(row[-1], step)
    return table


def signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether this is the key's Ed25519 signature of the message."""
    s = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or len(public) != 32 or s >= ORDER:
        return False
    k = int.from_bytes(sha512(signature[:32] + public + message).digest(), "little") % ORDER
    base = multiples(BASE_Y.to_bytes(32, "little"))
    total = ZERO
    try:
        # s·B = R + k·A, and -k is ORDER - k
        for table, factor in ((base, s), (multiples(public), ORDER - k)):
            for row in table:
                total = add(total, row[factor & 15])
                factor >>= 4  # noqa: PLW2901 (digit by digit)
    except ValueError:
        return False
    x, y, z, _ = total
    inverse = pow(z, -1, P)
    x, y = x * inverse % P, y * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little") == signature[:32]


class Note(NamedTuple):
    """A C2SP signed note: a text, and the name of each key with its id and signature."""

    text: bytes
    signatures: list[tuple[str, bytes]]


class Checkpoint(NamedTuple):
    """The tree has `size` entries and this root, as `source` (a file) says and keys signed."""

    origin: str
    size: int
    root: bytes
    note: Note
    source: str


@dataclass(frozen=True)
class Key:
    """A verifier key `name+id+key`. Signs trees of `first` to `last` entries; no first: not yet."""

    text: str
    first: int | None = 0
    last: int | None = None
    announced: int | None = None

    def covers(self, size: int) -> bool:
        return self.first is not None and self.first <= size <= (self.last or size)

    def signed(self, note: Note) -> bool:
        name, key_id, encoded = self.text.split("+", 2)
        public = b64decode(encoded)
        if public[:1] != b"\x01" or sha256(f"{name}\n".encode() + public).hexdigest()[:8] != key_id:
            return False
        own = [line[4:] for who, line in note.signatures if (who, line[:4].hex()) == (name, key_id)]
        return any(signed(public[1:], note.text, signature) for signature in own)


def notes_in(text: str) -> Iterator[Note]:
    """Signed notes, an empty line between two. Raises ValueError."""
    blocks = text.strip("\n").split("\n\n") if text.strip("\n") else []
    for body, lines in zip(blocks[::2], blocks[1::2], strict=True):
        signatures = [line.removeprefix("— ").split(" ") for line in lines.split("\n")]
        yield Note(f"{body}\n".encode(), [(name, b64decode(own)) for name, own in signatures])


def checkpoints_in(text: str, source: str) -> Iterator[Checkpoint]:
    for note in notes_in(text):
        origin, size, root, *_ = note.text.decode().split("\n")
        yield Checkpoint(origin, int(size), b64decode(root), note, source)


def keys_in(path: Path) -> list[Key]:
    """The history of the log's keys, the first one first."""
    facts = ("vkey", "from_size", "until_size", "announced_at")
    return [Key(*map(key.get, facts)) for key in json.loads(path.read_bytes())["keys"]]


def perfect(hashes: Sequence[bytes]) -> bytes:
    """The root over as many hashes as a power of two."""
    while len(hashes) > 1:
        pairs = iter(hashes)
        hashes = [sha256(b"\x01" + left + next(pairs)).digest() for left in pairs]
    return hashes[0]


class Tree:
    """Grows by whole tiles of 256 leaves; gives its root with the leaves of a tile begun."""

    def __init__(self) -> None:
        self.tiles, self.peaks = 0, list[bytes]()

    def add_tile(self, leaves: Sequence[bytes]) -> None:
        root = perfect(leaves)
        self.tiles += 1
        for _ in range((self.tiles & -self.tiles).bit_length() - 1):
            root = perfect([self.peaks.pop(), root])
        self.peaks.append(root)

    def root(self, begun: Sequence[bytes]) -> bytes:
        peaks, start = list(self.peaks), 0
        for weight in (128, 64, 32, 16, 8, 4, 2, 1):
            if len(begun) & weight:
                peaks.append(perfect(begun[start : start + weight]))
                start += weight
        return reduce(lambda end, peak: perfect([peak, end]), peaks[::-1]) if peaks else EMPTY


def proved_root(leaf: bytes, index: int, size: int, path: Iterable[bytes]) -> bytes | None:
    """The root an inclusion proof leads to (RFC 9162, 2.1.3.2); None if it leads to none."""
    last = size - 1
    for sibling in path if 0 <= index < size else ():
        if last == 0:
            return None
        if index & 1 or index == last:
            leaf = perfect([sibling, leaf])
            while index and not index & 1:
                index, last = index >> 1, last >> 1
        else:
            leaf = perfect([leaf, sibling])
        index, last = index >> 1, last >> 1
    return None if last else leaf


@dataclass
class Walk:
    """Goes through `events.log` once: `LENGTH LINE`, the content, and so on.

    Each entry is checked by itself, against its neighbours, against the hash it was sealed under
    (`leaves`), and all up to there at each checkpoint.
    """

    events: BinaryIO
    leaves: BinaryIO
    length: int
    position: int = 0
    tree: Tree = field(default_factory=Tree)
    begun: list[bytes] = field(default_factory=list)
    noted: Noted = field(default_factory=list)

    def past(self, checkpoints: Iterable[Checkpoint]) -> None:
        """Check all entries, and these checkpoints, which are in order."""
        good, entries = 0, self.entries()
        for _, size, root, _, source in checkpoints:
            self.advance(entries, size)
            if self.position < size:
                raise Finding("missing", self.position + 1, size=size, source=source)
            if self.tree.root(self.begun) != root:
                raise Finding("root", min(good + 1, size), size, size=size, source=source)
            good = size
        self.advance(entries, sys.maxsize)

    def advance(self, entries: Iterator[bytes], goal: int) -> None:
        """Go on to this position, or to the end of the events."""
        found = None
        while self.position < goal and found != []:
            found = list(islice(entries, min(TILE - len(self.begun), goal - self.position)))
            if (sealed := self.leaves.read(32 * len(found))) != b"".join(found):
                same = [sealed[32 * at :][:32] == leaf for at, leaf in enumerate(found)]
                raise Finding("leaf", self.position + same.index(False) + 1)
            self.begun += found
            self.position += len(found)
            progress(self.events.tell(), self.length)
            if len(self.begun) == TILE:
                self.tree.add_tile(self.begun)
                self.begun.clear()

    def entries(self) -> Iterator[bytes]:
        """The hash of each entry, which is well-formed and fits those before it."""
        readline, read, digest, hexed = self.events.readline, self.events.read, sha256, b2a_hex
        versions: dict[bytes, int] = {}
        seen, position, latest, limit = versions.get, 0, 0, self.length
        while head := readline(LONGEST_LINE):
            position += 1
            parts = head.split(b" ", 6)
            if len(parts) < 7 or not parts[0].isdigit() or (size := int(parts[0])) > limit:
                raise Finding("unreadable", position)
            length, place, stream, version, moment, state, topic = parts
            content = read(size + 1)
            if len(content) <= size or content[-1:] != b"\n" or topic[-1:] != b"\n":
                raise Finding("unreadable", position)
            if place != b"%d" % position:
                raise Finding("position", position, found=place.decode(errors="replace"))
            if hexed(digest(content[:-1]).digest()) != state:
                raise Finding("state", position)
            before = seen(stream, 0)
            if version != b"%d" % (before + 1):
                raise Finding("version", position, before=before)
            versions[stream] = before + 1
            if not moment.isdigit() or (recorded := int(moment)) < latest:
                raise Finding("time", position)
            latest = recorded
            if topic[:-1] in (ERASED, KEY_ADOPTED):
                self.noted.append((position, topic[:-1], content))
            yield digest(b"\0" + head[len(length) + 1 : -1]).digest()


def check_export(folder: Path, kept: Sequence[Path], trusted: Sequence[str]) -> dict[str, Any]:
    """Check everything `kreislauf export` wrote; what was found to be good. Raises Finding."""
    manifest = json.loads((folder / "manifest.json").read_bytes())
    for name, digest in manifest["files"].items():
        path = folder / name
        if not path.is_file() or sha256(path.read_bytes()).hexdigest() != digest:
            raise Finding("file", name=name)
    keys = keys_in(folder / "keys.json")
    own = list(checkpoints_in((folder / "checkpoints").read_text("utf-8"), "checkpoints"))
    brought = [one for path in kept for one in checkpoints_in(path.read_text("utf-8"), path.name)]
    log, sealed = folder / "events.log", folder / "leaves"
    with log.open("rb", 1 << 18) as events, sealed.open("rb") as leaves:
        walk = Walk(events, leaves, log.stat().st_size)
        walk.past(sorted([*own, *brought], key=lambda one: one.size))
    if walk.position != manifest["events"]:
        first = min(walk.position, manifest["events"]) + 1
        raise Finding("count", first, found=walk.position, stated=manifest["events"])
    check_signatures([*own, *brought], keys)
    check_succession(own, keys, walk.noted)
    for text in trusted:
        if text not in {key.text for key in keys} or not any(Key(text).signed(c.note) for c in own):
            raise Finding("stranger", key=text)
    erased = json.loads((folder / "erased.json").read_bytes())["erased"]
    check_erased(erased, walk.noted)
    proofs = sorted(folder.glob("proofs/*.tlog-proof"))
    for path in proofs:
        check_proof(path, None, keys)
    counts = {"events": walk.position, "checkpoints": len(own), "kept": len(brought)}
    counts |= {"erased": len(erased), "proofs": len(proofs)}
    counts["covered"] = max((one.size for one in own), default=0)
    return {**counts, "keys": [key.text for key in keys]}


def check_signatures(checkpoints: Iterable[Checkpoint], keys: Sequence[Key]) -> None:
    for _, size, _, note, source in checkpoints:
        if not any(key.covers(size) and key.signed(note) for key in keys):
            raise Finding("signature", size=size, source=source)


def check_succession(own: Sequence[Checkpoint], keys: Sequence[Key], noted: Noted) -> None:
    """Each key but the first was announced in the log, under the signature of the one before.

    It signs only after the one before signed a tree with the announcement in it.
    """
    events = {position: event for position, topic, event in noted if topic == KEY_ADOPTED}
    if (keys or events) and [None, *sorted(events)] != [key.announced for key in keys]:
        raise Finding("succession")
    for before, key in pairwise(keys):
        at = key.announced or 0
        [note] = notes_in(json.loads(events[at])["event"]["announcement"])
        named = note.text.decode().split("\n")[1:4] == [key.text, "follows", before.text]
        sealed = [one for one in own if before.covers(one.size) and one.size >= at]
        signs = key.first is not None
        if not named or not before.signed(note) or (signs and not sealed):
            raise Finding("key", at, key=key.text)


def check_erased(stated: Iterable[dict[str, Any]], noted: Noted) -> None:
    """The list of erasures is that of the events which record them."""
    listed = {entry["position"]: (entry["subject"], entry["reason"]) for entry in stated}
    events = {at: json.loads(content)["event"] for at, topic, content in noted if topic == ERASED}
    recorded = {at: (event["subject"], event["reason"]) for at, event in events.items()}
    for position in sorted({*listed, *recorded}):
        if listed.get(position) != recorded.get(position):
            raise Finding("erased", position)


def check_proof(path: Path, event: Path | None, keys: Sequence[Key]) -> dict[str, Any]:
    """Check a receipt, and that the file holds the content it is about. Raises Finding."""
    head, _, note = path.read_text("utf-8").partition("\n\n")
    first, extra, number, *hashes = head.split("\n")
    [checkpoint] = checkpoints_in(note, path.name)
    if first != "c2sp.org/tlog-proof@v1" or extra[:6] != "extra " or number[:6] != "index ":
        raise ValueError(f"{path.name}: not a receipt of Kreislauf")
    line, index = b64decode(extra[6:]), int(number[6:])
    place, _, _, _, state, _ = line.split(b" ", 5)
    leaf, way = sha256(b"\0" + line).digest(), map(b64decode, hashes)
    is_its = event is None or sha256(event.read_bytes()).hexdigest().encode() == state
    fits = proved_root(leaf, index, checkpoint.size, way) == checkpoint.root
    if not fits or not is_its or int(place) != index + 1:
        raise Finding("proof", index + 1, name=path.name)
    check_signatures([checkpoint], keys)
    signers = [key.text for key in keys if key.signed(checkpoint.note)]
    answer = {"position": int(place), "origin": checkpoint.origin, "line": line.decode()}
    return answer | {"keys": signers}


def main() -> int:
    """Check what the command line names; the exit code."""
    options = parsed(sys.argv[1:])
    say = speech(options.lang)
    answer: dict[str, Any] = {"holds": True}
    try:
        answer |= run(options)
        told = [say("proved" if options.proof else "good", **answer)]
        told += [say("signer", key=key) for key in answer["keys"]]
        if answer.get("covered", 0) < answer.get("events", 0):
            told.append(say("tail", first=answer["covered"] + 1))
    except Finding as found:
        told = [found.told(say)]
        answer = {"holds": False, "code": found.code, "position": found.position} | found.facts
        answer |= {"until": max(found.until, found.position), "told": told[0]}
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        told = [say("cannot", why=f"{type(error).__name__}: {error}")]
        answer = {"holds": None, "told": told[0]}
    print(json.dumps(answer, ensure_ascii=False) if options.json else "\n".join(told))
    return 2 if answer["holds"] is None else int(not answer["holds"])


def parsed(arguments: Sequence[str]) -> argparse.Namespace:
    spoken = (os.environ.get("LC_ALL") or os.environ.get("LANG") or "en")[:2]
    parser = argparse.ArgumentParser(usage=USAGE)
    parser.add_argument("what", nargs="*", default=[])
    parser.add_argument("--checkpoint", action="append", type=Path, default=[])
    parser.add_argument("--key", action="append", default=[])
    parser.add_argument("--lang", choices=("de", "en"), default="de" if spoken == "de" else "en")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    options.proof = options.what[:1] == ["proof"]
    if len(options.what) not in ((2, 3) if options.proof else (0, 1)):
        parser.error("name one folder, or `proof` and one or two files")
    return options


def run(options: argparse.Namespace) -> dict[str, Any]:
    here, names = Path(__file__).parent, [Path(name) for name in options.what]
    if not options.proof:
        return check_export(names[0] if names else here, options.checkpoint, options.key)
    keys = [Key(text) for text in options.key] or keys_in(here / "keys.json")
    return check_proof(names[1], names[2] if names[2:] else None, keys)


def speech(language: str) -> Callable[..., str]:
    lines = SENTENCES.strip().split("\n")
    codes = [line.split()[0] for line in lines[::2]]
    told = dict(zip(codes, [line[11:] for line in lines[language == "en" :: 2]], strict=True))

    def say(code: str, **facts: object) -> str:
        return told[code].format(**facts)

    return say


def progress(done: int, length: int) -> None:
    """A bar on a terminal."""
    if sys.stderr.isatty():
        percent = done * 100 // max(length, 1)
        bar = f"{'█' * (percent // 4):░<25} {percent:3} %"
        sys.stderr.write("\r\033[K" if done == length else f"\r{bar}")


if __name__ == "__main__":
    sys.exit(main())
