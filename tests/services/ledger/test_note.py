"""Signed notes and checkpoints, with the vectors of their specifications."""

from base64 import b64decode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from services.ledger.checkpoint import Checkpoint, read_checkpoint
from services.ledger.note import (
    COSIGNATURE,
    Note,
    NoteError,
    read_note,
    read_signature,
    read_verifier_key,
    sign,
    verifier_key,
)

FOO = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
MESSAGE = """This is an example message.

— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
"""  # noqa: E501 (the vector of the specification)
QUASIMODO = """Ognuno sta solo sul cuor della terra
trafitto da un raggio di sole:

ed è subito sera.

— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=
"""  # noqa: E501
SOFA = """example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
"""  # noqa: E501
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


def test_the_key_of_the_specification_verifies_its_note() -> None:
    key = read_verifier_key(FOO)
    assert str(key) == FOO
    assert key.id.hex() == "530d903a"
    assert read_note(MESSAGE).signed_by([key]) == [key]


@pytest.mark.parametrize("text", [MESSAGE, QUASIMODO, SOFA])
def test_a_note_is_written_as_it_was_read(text: str) -> None:
    assert str(read_note(text)) == text


def test_a_text_may_have_empty_lines_of_its_own() -> None:
    assert read_note(QUASIMODO).text.endswith("\n\ned è subito sera.\n")


def test_the_checkpoint_of_the_specification_is_read_and_written() -> None:
    note = read_note(SOFA)
    checkpoint = read_checkpoint(note.text)
    assert checkpoint == Checkpoint(
        origin="example.com/behind-the-sofa",
        size=20852163,
        root=b64decode("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="),
    )
    assert str(checkpoint) == note.text
    assert note.signatures[0].key_id.hex() == "033de0ae"


def test_lines_of_unknown_keys_are_ignored_and_those_of_known_ones_must_hold() -> None:
    note = read_note(MESSAGE)
    ours = verifier_key("example.com/foo", KEY)
    with pytest.raises(NoteError, match="no key that is trusted"):
        note.signed_by([ours])
    both = Note(text=note.text, signatures=(*note.signatures, sign(note.text, ours.name, KEY)))
    assert both.signed_by([ours]) == [ours]
    changed = Note(text="This is another message.\n", signatures=both.signatures)
    with pytest.raises(NoteError, match="does not hold"):
        changed.signed_by([ours])


def test_a_cosignature_is_no_signature_of_the_log() -> None:
    """A witness signs other bytes, so its key says so."""
    plain = verifier_key("witness.example/w1", KEY)
    witness = read_verifier_key(str(type(plain)(name=plain.name, public=plain.public, kind=4)))
    assert witness.kind == COSIGNATURE
    assert witness.id != plain.id


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=80), st.integers(0, 2))
def test_what_was_signed_is_verified(text: str, further: int) -> None:
    body = f"{text}\n" + "line\n" * further
    note = Note(text=body, signatures=(sign(body, "log.example", KEY),))
    again = read_note(str(note))
    assert again == note
    assert again.signed_by([verifier_key("log.example", KEY)])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no blank line\n— a YWJjZGVm\n",
        "text\n\n— a YWJjZGVm",
        "text\n\n",
        "text\n\n- a YWJjZGVm\n",
        "text\n\n— a+b YWJjZGVm\n",
        "text\n\n— a YWJj\n",
        "text\n\n— a YWJj====\n",
        "te\txt\n\n— a YWJjZGVm\n",
        "text\n\n— a YWJjZGVm\n\n",
    ],
)
def test_what_is_no_note_is_refused(text: str) -> None:
    with pytest.raises(NoteError):
        read_note(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "example.com/foo",
        FOO.replace("530d903a", "530d903b"),
        FOO[:-4],
        FOO.replace("example.com/foo", "example.com /foo"),
        "a+b+c",
    ],
)
def test_what_is_no_verifier_key_is_refused(text: str) -> None:
    with pytest.raises(NoteError):
        read_verifier_key(text)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb"])
def test_a_key_has_a_name_without_spaces_and_plus(name: str) -> None:
    with pytest.raises(NoteError):
        verifier_key(name, KEY)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "origin\n1\n",
        f"origin\n01\n{'A' * 43}=\n",
        f"origin\n-1\n{'A' * 43}=\n",
        f"\n1\n{'A' * 43}=\n",
        f"origin\n1\n{'A' * 42}B=\n",
        f"origin\n1\n{'A' * 43}=",
        f"origin\n1\n{'A' * 43}=\n\n",
        f"origin\n1\n{'A' * 40}\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(NoteError):
        read_checkpoint(text)


def test_further_lines_of_a_checkpoint_are_kept() -> None:
    text = f"origin\n0\n{'A' * 43}=\nfirst\nsecond\n"
    assert read_checkpoint(text).extensions == ("first", "second")
    assert str(read_checkpoint(text)) == text


def test_a_signature_is_bound_to_its_name_and_key() -> None:
    line = sign("text\n", "log.example", KEY)
    assert read_signature(str(line)) == line
    assert line.is_of(verifier_key("log.example", KEY))
    assert not line.is_of(verifier_key("other.example", KEY))
