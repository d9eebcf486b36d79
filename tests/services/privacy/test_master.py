"""The master keys: where they come from, what they open, and what they say when they do not."""

import base64
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from services.privacy.master import (
    MasterKeyMissing,
    MasterKeys,
    MasterKeyTrouble,
    Tampered,
    UnknownMasterKey,
    key_file,
    master_keys,
    new_key,
    write_key_file,
)
from services.runtime import running
from services.settings import Settings

OLD, NEW = bytes(32), bytes(range(32))


def test_what_was_wrapped_is_unwrapped_for_the_same_purpose_only() -> None:
    master = MasterKeys([OLD])
    wrapped = master.wrap(b"secret", "ledger")
    assert b"secret" not in wrapped
    assert master.unwrap(wrapped, "ledger") == b"secret"
    with pytest.raises(Tampered, match="subject"):
        master.unwrap(wrapped, "subject 1")


def test_the_same_secret_is_never_wrapped_the_same_way_twice() -> None:
    master = MasterKeys([OLD])
    assert master.wrap(b"secret", "ledger") != master.wrap(b"secret", "ledger")


@pytest.mark.parametrize("place", [9, 25, -1])
def test_a_changed_bit_is_noticed(place: int) -> None:
    wrapped = bytearray(MasterKeys([OLD]).wrap(b"secret", "ledger"))
    wrapped[place] ^= 1
    with pytest.raises(Tampered):
        MasterKeys([OLD]).unwrap(bytes(wrapped), "ledger")


def test_the_first_key_wraps_and_earlier_ones_still_unwrap() -> None:
    before = MasterKeys([OLD]).wrap(b"secret", "ledger")
    both = MasterKeys([NEW, OLD])
    assert both.unwrap(before, "ledger") == b"secret"
    assert not both.is_current(before)
    assert both.is_current(both.wrap(b"secret", "ledger"))
    with pytest.raises(UnknownMasterKey, match="KREISLAUF_MASTER_KEY"):
        MasterKeys([NEW]).unwrap(before, "ledger")


def test_nothing_tells_the_keys_themselves() -> None:
    master = MasterKeys([NEW])
    for told in (repr(master), str(master.ids)):
        assert NEW.hex() not in told
        assert base64.b64encode(NEW).decode() not in told


def test_without_a_key_one_is_made_in_the_data_folder_for_its_owner_only(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data")
    made = master_keys(settings)
    assert stat.S_IMODE(key_file(settings).stat().st_mode) == 0o600
    assert master_keys(settings).ids == made.ids
    assert [file.name for file in (tmp_path / "data").iterdir()] == ["master.key"]


def test_processes_that_start_at_once_make_one_key(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(master_keys, [settings] * 8))
    assert all(keys.ids == made[0].ids for keys in made)


def test_the_environment_may_hold_the_keys(tmp_path: Path) -> None:
    given = ",".join(base64.b64encode(key).decode() for key in (NEW, OLD))
    settings = Settings(data=tmp_path, master_key=given)
    assert master_keys(settings).ids == MasterKeys([NEW, OLD]).ids
    assert list(tmp_path.iterdir()) == []
    assert given not in repr(settings)


@pytest.mark.parametrize("text", ["", "secret!", base64.b64encode(bytes(16)).decode()])
def test_a_key_of_another_form_is_refused_without_repeating_it(tmp_path: Path, text: str) -> None:
    with pytest.raises(MasterKeyTrouble, match="32 bytes in base64") as refusal:
        master_keys(Settings(data=tmp_path, master_key=text))
    assert not text or text not in str(refusal.value)


def test_a_file_that_was_named_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(MasterKeyMissing, match=r"absent\.key"):
        master_keys(Settings(master_key_file=tmp_path / "absent.key"))


def test_for_a_database_elsewhere_no_key_is_made_unasked(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, database_url="postgresql://elsewhere/kreislauf")
    with pytest.raises(MasterKeyMissing, match="kreislauf keys create"):
        master_keys(settings)
    write_key_file(key_file(settings), [OLD], replace=False)
    assert master_keys(settings).ids == MasterKeys([OLD]).ids


def test_an_interrupted_replacement_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "master.key"
    write_key_file(file, [OLD], replace=False)
    before = file.read_bytes()

    def cut(_: Path, __: Path) -> None:
        raise OSError("power cut")

    monkeypatch.setattr(Path, "replace", cut)
    with pytest.raises(OSError, match="power cut"):
        write_key_file(file, [NEW, OLD], replace=True)
    assert file.read_bytes() == before
    assert list(tmp_path.iterdir()) == [file]


async def test_a_database_of_another_master_key_is_refused_at_the_start(
    database_url: str, tmp_path: Path
) -> None:
    async with running(Settings(data=tmp_path / "one"), database_url):
        pass
    with pytest.raises(UnknownMasterKey, match="restore it from its backup"):
        async with running(Settings(data=tmp_path / "other"), database_url):
            pass


def test_keys_are_random() -> None:
    assert new_key() != new_key()
