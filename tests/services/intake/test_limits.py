"""A company is let in at ease, a flood is not, and no mailbox is filled by others."""

from datetime import UTC, datetime, timedelta

import pytest

from services.identity.lockout import RateLimits
from services.identity.security_log import Visitor
from services.intake.limits import (
    LINKS_PER_REPORT,
    PER_ADDRESS,
    PER_PLACE,
    WITHOUT_PROOF,
    Limits,
    Verdict,
)
from services.runtime import Runtime

AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@pytest.fixture
def limits(unfollowed: Runtime) -> Limits:
    return Limits(RateLimits(unfollowed.pool))


def somebody(place: str = "203.0.113.7", at: datetime = AT) -> Visitor:
    return Visitor(at=at, address=place)


async def judged(limits: Limits, visitor: Visitor, number: int, *, proven: bool) -> Verdict:
    return await limits.judge(visitor, f"office{number}@firma.example", is_proven=proven)


async def test_a_place_sends_some_at_ease_then_works_for_it_then_waits(limits: Limits) -> None:
    visitor, numbers = somebody(), iter(range(1000))
    for _ in range(WITHOUT_PROOF.burst):
        assert await judged(limits, visitor, next(numbers), proven=False) is Verdict.TAKEN
    assert await judged(limits, visitor, next(numbers), proven=False) is Verdict.WANTS_PROOF
    for _ in range(PER_PLACE.burst - WITHOUT_PROOF.burst - 1):
        assert await judged(limits, visitor, next(numbers), proven=True) is Verdict.TAKEN
    assert await judged(limits, visitor, next(numbers), proven=True) is Verdict.TOO_MANY


async def test_without_a_script_one_waits_two_minutes_and_goes_on(limits: Limits) -> None:
    verdicts = [
        await judged(limits, somebody(), number, proven=False)
        for number in range(WITHOUT_PROOF.burst + 1)
    ]
    assert verdicts[-1] is Verdict.WANTS_PROOF
    later = somebody(at=AT + WITHOUT_PROOF.each)
    assert await judged(limits, later, 100, proven=False) is Verdict.TAKEN


async def test_another_place_is_not_concerned(limits: Limits) -> None:
    for number in range(PER_PLACE.burst + 1):
        await judged(limits, somebody(), number, proven=True)
    assert await judged(limits, somebody("198.51.100.4"), 100, proven=False) is Verdict.TAKEN


async def test_an_address_gets_few_mails_from_however_many_places(limits: Limits) -> None:
    verdicts = [
        await limits.judge(somebody(f"198.51.{n}.4"), " Wer@Firma.example", is_proven=True)
        for n in range(PER_ADDRESS.burst + 1)
    ]
    assert verdicts == [Verdict.TAKEN] * PER_ADDRESS.burst + [Verdict.TOO_MANY]
    other_spelling = somebody("198.52.1.4")
    assert (
        await limits.judge(other_spelling, "wer@firma.EXAMPLE", is_proven=True) is Verdict.TOO_MANY
    )


async def test_the_link_to_a_report_is_sent_a_few_times_only(limits: Limits) -> None:
    asked = [
        await limits.may_ask_for_link(somebody(at=AT + timedelta(seconds=n)), "DF-7K3M-9QXA")
        for n in range(LINKS_PER_REPORT.burst + 1)
    ]
    assert asked == [True] * LINKS_PER_REPORT.burst + [False]
