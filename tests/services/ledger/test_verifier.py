"""The verifier as it is shipped: run alone, by the interpreter, on what was exported."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.ledger import verifier
from services.ledger.keys import announced
from services.ledger.merkle import Peaks
from services.ledger.note import Note, sign, verifier_key
from services.ledger.sealed import SealedEvent
from tests.support.bundles import (
    ORIGIN,
    SECRET,
    START,
    VKEY,
    events,
    history_of,
    sealed,
    signed,
    verified,
    with_leaf,
    with_notes,
    write_bundle,
)
from tests.support.mutations import flipped

COUNT = 700
SIZES = (100, 300, 301, 512, 650)
LINES = 500

Change = Callable[[list[SealedEvent]], None]


def test_the_verifier_is_one_short_file() -> None:
    text = Path(verifier.__file__).read_text("utf-8")
    assert len(text.splitlines()) < LINES
    imported = [
        line.split()[1] for line in text.splitlines() if line.startswith(("import", "from"))
    ]
    assert {name.split(".")[0] for name in imported} <= sys.stdlib_module_names


def test_what_was_exported_holds(exported: Path) -> None:
    code, answer = verified(folder=exported)
    assert code == 0
    assert answer["holds"] is True
    assert answer["events"] == answer["covered"] == COUNT
    assert answer["checkpoints"] == len(SIZES) + 1
    assert answer["keys"] == [VKEY]


def test_events_after_the_last_checkpoint_are_said_not_to_be_covered(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    write_bundle(folder, events(COUNT), SIZES)
    command = [sys.executable, folder / "verify.py", "--lang", "de"]
    done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
    assert done.returncode == 0
    assert "Kein Prüfpunkt deckt die Einträge ab 651" in done.stdout


def edit(at: int, **changes: object) -> Change:
    def change(log: list[SealedEvent]) -> None:
        log[at - 1] = msgspec.structs.replace(log[at - 1], **changes)

    return change


def drop(at: int) -> Change:
    return lambda log: log.pop(at - 1) and None


def repeat(at: int) -> Change:
    return lambda log: log.insert(at, log[at - 1])


def swap(one: int, two: int) -> Change:
    def change(log: list[SealedEvent]) -> None:
        log[one - 1], log[two - 1] = log[two - 1], log[one - 1]

    return change


@pytest.mark.parametrize(
    ("change", "code", "position"),
    [
        (edit(17, state=b"{}"), "leaf", 17),
        (edit(17, topic="concept.adopted"), "leaf", 17),
        (edit(1, version=2), "version", 1),
        (edit(COUNT, recorded_at=START), "time", COUNT),
        (edit(300, position=301), "position", 300),
        (drop(1), "position", 1),
        (drop(400), "position", 400),
        (swap(3, 5), "position", 3),
        (repeat(10), "position", 11),
        (repeat(COUNT), "position", COUNT + 1),
    ],
)
def test_a_changed_event_is_named(tmp_path: Path, change: Change, code: str, position: int) -> None:
    log = list(events(COUNT))
    notes = write_bundle(tmp_path / "true", iter(log), SIZES)
    change(log)
    with_notes(tmp_path / "false", log, notes)
    exit_code, answer = verified(folder=tmp_path / "false")
    assert (exit_code, answer["code"], answer["position"]) == (1, code, position)
    assert str(position) in str(answer["told"])


def test_an_event_whose_hash_was_made_to_fit_lies_before_a_checkpoint_that_does_not(
    tmp_path: Path,
) -> None:
    log = list(events(COUNT))
    notes = write_bundle(tmp_path / "true", iter(log), SIZES)
    log[149] = with_leaf(msgspec.structs.replace(log[149], state=b"{}"))
    with_notes(tmp_path / "false", log, notes)
    code, answer = verified(folder=tmp_path / "false")
    assert (code, answer["code"]) == (1, "root")
    assert (answer["position"], answer["until"]) == (101, 300)


def test_a_missing_tail_is_noticed(tmp_path: Path) -> None:
    log = list(events(COUNT))
    notes = write_bundle(tmp_path / "true", iter(log), SIZES)
    with_notes(tmp_path / "false", log[:600], notes)
    code, answer = verified(folder=tmp_path / "false")
    assert (code, answer["code"], answer["position"]) == (1, "missing", 601)


def test_a_history_signed_anew_is_caught_by_what_was_kept(tmp_path: Path) -> None:
    log = list(events(COUNT))
    notes = write_bundle(tmp_path / "true", iter(log), SIZES)
    log[149] = with_leaf(msgspec.structs.replace(log[149], state=b"{}"))
    other = Ed25519PrivateKey.generate()
    peaks = Peaks.over([event.leaf for event in log])
    history = history_of((str(verifier_key(ORIGIN, other)), 1, None, None))
    with_notes(tmp_path / "false", log, [signed(peaks, other)], history)
    assert verified(folder=tmp_path / "false")[0] == 0
    kept = tmp_path / "kept.txt"
    kept.write_text(notes[2], "utf-8")
    code, answer = verified("--checkpoint", kept, folder=tmp_path / "false")
    assert (code, answer["code"], answer["source"]) == (1, "root", "kept.txt")
    assert (answer["position"], answer["until"]) == (1, 301)
    code, answer = verified("--key", VKEY, folder=tmp_path / "false")
    assert (code, answer["code"]) == (1, "stranger")
    assert verified("--checkpoint", kept, "--key", VKEY, folder=tmp_path / "true")[0] == 0


def test_bits_flipped_anywhere_in_the_folder_are_noticed(exported: Path) -> None:
    chance = Random(5)
    unchecked = 0
    for _ in range(60):
        file = chance.choice([path for path in exported.iterdir() if path.name != "verify.py"])
        before = file.read_bytes()
        file.write_bytes(flipped(before, chance))
        with pytest.raises((verifier.Finding, ValueError, LookupError, TypeError)) as caught:
            verifier.check_export(exported, [], [])
        unchecked += not isinstance(caught.value, verifier.Finding)
        file.write_bytes(before)
    verifier.check_export(exported, [], [])
    assert unchecked < 15, "only what cannot be read any more is not a finding"


@pytest.mark.parametrize(
    "entry",
    [
        b"",
        b"\n",
        b"2 no line\n{}\n",
        b"-5 17 s 1 1 d t\n{}\n",
        b"9999999999 17 s 1 1 d t\n{}\n",
        b"9" * 5000 + b" 17 s 1 1 d t\n{}\n",
        b"2 17 s 1 " + b"9" * 5000 + b" d t\n{}\n",
        b"2 17 s 1 1 d t\n{}x",
        b"\xff\x00" * 9000,
    ],
)
def test_what_is_no_entry_is_named_like_a_changed_one(exported: Path, entry: bytes) -> None:
    log = exported / "events.log"
    lines = log.read_bytes().split(b"\n")
    before = b"".join(line + b"\n" for line in lines[: 2 * 16])
    log.write_bytes(before + entry)
    code, answer = verified(folder=exported)
    assert (code, answer["position"]) == (1, 17)
    assert answer["code"] in {"unreadable", "missing"}


def test_a_checkpoint_that_nobody_signed_is_noticed(tmp_path: Path) -> None:
    log = list(events(20))
    peaks = Peaks.over([event.leaf for event in log])
    stranger = signed(peaks, Ed25519PrivateKey.generate())
    with_notes(tmp_path / "export", log, [stranger])
    code, answer = verified(folder=tmp_path / "export")
    assert (code, answer["code"], answer["size"]) == (1, "signature", 20)


def test_what_cannot_be_read_is_not_called_changed(exported: Path) -> None:
    (exported / "manifest.json").unlink()
    code, answer = verified(folder=exported)
    assert (code, answer["holds"]) == (2, None)


@pytest.mark.parametrize(
    ("fake", "code"),
    [
        (None, None),
        ("unannounced", "succession"),
        ("unsigned", "key"),
        ("too early", "signature"),
        ("unsealed", "key"),
        ("unlisted", "succession"),
    ],
)
def test_a_change_of_key_is_attested_by_the_key_before(
    tmp_path: Path, fake: str | None, code: str | None
) -> None:
    new = Ed25519PrivateKey.generate()
    vkey = str(verifier_key(ORIGIN, new))
    log = list(events(10))
    text = announced(VKEY, vkey)
    signer = new if fake == "unsigned" else SECRET
    note = str(Note(text=text, signatures=(sign(text, ORIGIN, signer),)))
    body = {"event": {"vkey": vkey, "retires": VKEY, "announcement": note}}
    topic = "ledger.key-adopted" if fake != "unannounced" else "ledger.other"
    log[5] = sealed(6, msgspec.json.encode(body), topic)
    sizes = {4: SECRET, 7: SECRET, 9: new}
    if fake == "too early":
        sizes[7] = new
    if fake == "unsealed":
        del sizes[7]
    leaves = [event.leaf for event in log]
    notes = [signed(Peaks.over(leaves[:size]), key) for size, key in sizes.items()]
    history = history_of((VKEY, 1, 7, None), (vkey, 8, None, 6))
    if fake == "unlisted":
        del notes[1:]
        history = history_of((VKEY, 1, None, None))
    with_notes(tmp_path / "export", log, notes, history)
    exit_code, answer = verified(folder=tmp_path / "export")
    assert (exit_code, answer.get("code")) == (0 if code is None else 1, code)


def test_erasures_that_are_not_in_the_events_are_noticed(tmp_path: Path) -> None:
    log = list(events(5))
    person = "11111111-2222-3333-4444-555555555555"
    body = {"event": {"subject": person, "reason": "Antrag"}}
    log[2] = sealed(3, msgspec.json.encode(body), "subject.erased")
    folder = tmp_path / "export"
    write_bundle(folder, iter(log), [5])
    code, answer = verified(folder=folder)
    assert (code, answer["erased"]) == (0, 1)
    listed = json.loads((folder / "erased.json").read_text("utf-8"))
    assert listed["erased"][0]["reason"] == "Antrag"
    for wrong in ([], [{**listed["erased"][0], "reason": "anders"}]):
        with pytest.raises(verifier.Finding) as caught:
            verifier.check_erased(wrong, [(3, b"subject.erased", msgspec.json.encode(body))])
        assert (caught.value.code, caught.value.position) == ("erased", 3)
