"""A time-stamp authority dates checkpoints; its token is checked before it is kept."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from services.environment import SettingsError
from services.ledger.checkpoints import times
from services.ledger.timestamp import TimeRefused, TimeStamping, certificates_in, stamped_at
from services.runtime import Runtime
from tests.services.ledger.growing import grow
from tests.support.authority import make_certificates
from tests.support.servers import started


@pytest.fixture
async def authority(tmp_path: Path) -> AsyncIterator[str]:
    make_certificates(tmp_path)
    async with started("tests.support.authority", str(tmp_path)) as address:
        yield address


def stamping(runtime: Runtime, address: str, folder: Path, *, hours: int = 0) -> TimeStamping:
    trusted = certificates_in(folder / "root.pem")
    return TimeStamping(runtime.pool, address, trusted, timedelta(hours=hours))


async def test_the_latest_checkpoint_is_dated_once(
    unfollowed: Runtime, authority: str, tmp_path: Path
) -> None:
    clock = stamping(unfollowed, authority, tmp_path)
    async with httpx.AsyncClient() as http:
        assert await clock.stamp(http) is None
        await grow(unfollowed, "a", "b")
        at = await clock.stamp(http)
        assert at is not None
        assert abs(datetime.now(UTC) - at) < timedelta(minutes=1)
        assert await clock.stamp(http) is None
        await grow(unfollowed, "c")
        assert await stamping(unfollowed, authority, tmp_path, hours=1).stamp(http) is None
        assert await clock.stamp(http) is not None
    kept = await times(unfollowed.pool)
    assert [one.size for one in kept] == [2, 3]
    assert stamped_at(kept[0].response, kept[0].note, certificates_in(tmp_path / "root.pem")) == at


async def test_a_time_stamp_is_of_its_note_and_of_an_authority_one_trusts(
    unfollowed: Runtime, authority: str, tmp_path: Path
) -> None:
    await grow(unfollowed, "a")
    async with httpx.AsyncClient() as http:
        await stamping(unfollowed, authority, tmp_path).stamp(http)
    [kept] = await times(unfollowed.pool)
    trusted = certificates_in(tmp_path / "root.pem")
    with pytest.raises(TimeRefused, match="Mismatch"):
        stamped_at(kept.response, kept.note + "x", trusted)
    with pytest.raises(TimeRefused):
        stamped_at(kept.response[:-1], kept.note, trusted)
    with pytest.raises(TimeRefused, match="authority's own"):
        stamped_at(kept.response, kept.note, certificates_in(tmp_path / "signer.pem"))
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    make_certificates(elsewhere)
    with pytest.raises(TimeRefused):
        stamped_at(kept.response, kept.note, certificates_in(elsewhere / "root.pem"))


async def test_what_does_not_hold_is_not_kept(
    unfollowed: Runtime, authority: str, tmp_path: Path
) -> None:
    await grow(unfollowed, "a")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    make_certificates(elsewhere)
    async with httpx.AsyncClient() as http:
        with pytest.raises(TimeRefused):
            await stamping(unfollowed, authority, elsewhere).stamp(http)
        (tmp_path / "signer.key").unlink()
        with pytest.raises(TimeRefused, match="400"):
            await stamping(unfollowed, authority, tmp_path).stamp(http)
    assert await times(unfollowed.pool) == []


def test_a_file_without_certificates_is_named(tmp_path: Path) -> None:
    empty = tmp_path / "empty.pem"
    for path in (empty, tmp_path / "missing.pem"):
        with pytest.raises(SettingsError, match="KREISLAUF_TIMESTAMP_CERTIFICATES"):
            certificates_in(path)
        empty.touch()
