"""The proof of one entry, step by step, as anybody could compute it from what the log gives out.

Inclusion is that of RFC 9162 (2.1.3.2), consistency 2.1.4.2; the checkpoint is a signed note.
"""

from base64 import b64decode
from collections.abc import Sequence
from hashlib import sha256

import msgspec

from services.api.ledger import EventProof
from services.ledger.checkpoint import Checkpoint, read_checkpoint
from services.ledger.keys import KeyHistory, KnownKey, key_for
from services.ledger.merkle import leaf_hash, node_hash
from services.ledger.note import Note, NoteError, read_note
from services.ledger.proof import TlogProof, check_consistency


class Level(msgspec.Struct, frozen=True, kw_only=True):
    """One level of the way up: the neighbour's hash, on which side it stands, what they give."""

    sibling: str
    is_left: bool
    result: str


class EntryProof(msgspec.Struct, frozen=True, kw_only=True):
    """Each fact of the proof, and whether it holds. Hashes are in hexadecimal."""

    content: str
    stated: str
    leaf: str
    levels: Sequence[Level]
    root: str
    checkpoint: Checkpoint
    note: str
    signer: str

    @property
    def content_holds(self) -> bool:
        """The content has the digest that the record line names."""
        return self.content == self.stated

    @property
    def root_holds(self) -> bool:
        """The way up leads to the root that was signed."""
        return self.root == self.checkpoint.root.hex()

    @property
    def holds(self) -> bool:
        """The entry is in the log, exactly as it stands here."""
        return self.content_holds and self.root_holds and bool(self.signer)


class KeptProof(msgspec.Struct, frozen=True, kw_only=True):
    """A checkpoint that somebody kept, against the log of today."""

    checkpoint: Checkpoint
    signer: str
    old: int
    new: int
    hashes: Sequence[str]
    continues: bool

    @property
    def holds(self) -> bool:
        """It was signed by the log, and the one tree continues the other."""
        return self.continues and bool(self.signer)


def entry_proof(proof: EventProof, keys: Sequence[KnownKey]) -> EntryProof:
    """Compute the proof of an entry from what the log gives out about it."""
    parsed = TlogProof.parse(proof.proof)
    note = read_note(parsed.checkpoint)
    checkpoint = read_checkpoint(note.text)
    line = proof.line.encode()
    leaf = leaf_hash(line)
    levels = way_up(leaf, parsed.index, checkpoint.size, parsed.hashes)
    return EntryProof(
        content=sha256(proof.state.encode()).hexdigest(),
        stated=proof.line.split(" ", 5)[4],
        leaf=leaf.hex(),
        levels=levels,
        root=levels[-1].result if levels else leaf.hex(),
        checkpoint=checkpoint,
        note=parsed.checkpoint,
        signer=signer_of(note, checkpoint, keys),
    )


def way_up(leaf: bytes, index: int, size: int, hashes: Sequence[bytes]) -> list[Level]:
    """From the leaf to the root: the neighbour at each level, and what they give together."""
    levels: list[Level] = []
    place, last, here = index, size - 1, leaf
    for sibling in hashes:
        is_left = bool(place & 1) or place == last
        if is_left:
            here = node_hash(sibling, here)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            here = node_hash(here, sibling)
        place, last = place >> 1, last >> 1
        levels.append(Level(sibling=sibling.hex(), is_left=is_left, result=here.hex()))
    return levels


def read_kept(text: str) -> tuple[Note, Checkpoint]:
    """The checkpoint somebody brought. Raises NoteError if it is none."""
    note = read_note(text.replace("\r\n", "\n").strip() + "\n")
    return note, read_checkpoint(note.text)


def kept_proof(
    note: Note,
    kept: Checkpoint,
    present: Checkpoint,
    hashes: Sequence[str],
    keys: Sequence[KnownKey],
) -> KeptProof:
    """Whether the larger of the two trees continues the smaller, by these hashes in base64."""
    old, new = sorted((kept, present), key=lambda one: one.size)
    path = [b64decode(one) for one in hashes]
    return KeptProof(
        checkpoint=kept,
        signer=signer_of(note, kept, keys),
        old=old.size,
        new=new.size,
        hashes=[one.hex() for one in path],
        continues=check_consistency(old.size, new.size, path, old.root, new.root),
    )


def signer_of(note: Note, checkpoint: Checkpoint, keys: Sequence[KnownKey]) -> str:
    """The key in force for a tree of this size, if it signed the note; empty otherwise."""
    key = key_for(KeyHistory(origin=checkpoint.origin, keys=tuple(keys)), checkpoint.size)
    if key is None or key.name != checkpoint.origin:
        return ""
    try:
        note.signed_by([key])
    except NoteError:
        return ""
    return str(key)
