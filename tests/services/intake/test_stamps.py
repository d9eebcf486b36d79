"""What the form carries holds off programs, and nobody but we can make it."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from services.intake.errors import FilledTooFast, ForeignStamp, StampOutdated
from services.intake.key import IntakeKey
from services.intake.stamps import LATEST, SOONEST, WORK, Stamps, is_proof
from services.privacy.master import key_file
from services.privacy.rotation import rotate_file
from services.runtime import Runtime
from services.settings import Settings

OPENED = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
A_MINUTE = timedelta(minutes=1)


@pytest.fixture
def stamps(unfollowed: Runtime) -> Stamps:
    return stamps_of(unfollowed)


def stamps_of(runtime: Runtime) -> Stamps:
    return Stamps(IntakeKey(runtime.pool, runtime.master))


async def test_whoever_needs_a_minute_for_the_form_may_send_it(stamps: Stamps) -> None:
    stamp = await stamps.check(await stamps.give(OPENED), OPENED + A_MINUTE)
    assert stamp.opened_at == OPENED


async def test_whoever_needs_four_seconds_is_told_how_many_are_left(stamps: Stamps) -> None:
    given = await stamps.give(OPENED)
    with pytest.raises(FilledTooFast) as refused:
        await stamps.check(given, OPENED + SOONEST - timedelta(seconds=1))
    assert refused.value.facts["seconds"] == 1


@pytest.mark.parametrize("passed", [LATEST + A_MINUTE, -A_MINUTE])
async def test_a_form_of_the_day_before_yesterday_or_of_tomorrow_is_outdated(
    stamps: Stamps, passed: timedelta
) -> None:
    given = await stamps.give(OPENED)
    with pytest.raises(StampOutdated):
        await stamps.check(given, OPENED + passed)


async def test_each_changed_character_makes_it_foreign(stamps: Stamps) -> None:
    given = await stamps.give(OPENED)
    for place, character in enumerate(given):
        other = given[:place] + ("A" if character != "A" else "B") + given[place + 1 :]
        with pytest.raises(ForeignStamp):
            await stamps.check(other, OPENED + A_MINUTE)


@pytest.mark.parametrize("written", ["", "x", "ä" * 62, "A" * 62, "=" * 8])
async def test_what_was_never_a_stamp_is_foreign(stamps: Stamps, written: str) -> None:
    with pytest.raises(ForeignStamp):
        await stamps.check(written, OPENED + A_MINUTE)


async def test_one_stamp_is_one_form_and_two_are_two(stamps: Stamps) -> None:
    one, two = await stamps.give(OPENED), await stamps.give(OPENED)
    later = OPENED + A_MINUTE
    first, again = await stamps.check(one, later), await stamps.check(one, later + A_MINUTE)
    other = await stamps.check(two, later)
    assert first.intake == again.intake != other.intake


async def test_another_process_and_a_new_master_key_leave_it_valid(
    stamps: Stamps, unfollowed: Runtime, settings: Settings
) -> None:
    given = await stamps.give(OPENED)
    await rotate_file(unfollowed.pool, key_file(settings))
    stamp = await stamps_of(unfollowed).check(given, OPENED + A_MINUTE)
    assert stamp.opened_at == OPENED


def test_a_proof_costs_work_and_is_bound_to_its_stamp() -> None:
    proof = next(str(number) for number in count() if is_proof("stamp", str(number)))
    assert is_proof("stamp", proof, WORK)
    assert not is_proof("another stamp", proof)
