"""A funded post over its periods: somebody is reminded before each ends, and of each proof."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from temporalio.testing import WorkflowEnvironment

from domain.posts.commands import EndPost, SetProofDue, SubmitProof
from domain.posts.events import PostReminded
from services.relay.relay import resume
from services.runtime import Runtime
from tests.support.engines import skipping_time, working
from tests.support.post_care import PostCare

LONG_BEFORE, SHORTLY_BEFORE = "three-months", "one-month"
DAY = timedelta(days=1)


@pytest.fixture
async def post(runtime: Runtime, environment: WorkflowEnvironment) -> AsyncIterator[PostCare]:
    """Not established yet; a worker runs."""
    async with working(environment, runtime):
        yield PostCare(runtime, environment, "coordination-1")


async def test_before_each_period_ends_and_each_proof_is_due_somebody_is_reminded_twice(
    post: PostCare,
) -> None:
    ends_on = await post.establish(days=200)
    await post.tell()
    await post.wait_until(ends_on - 40 * DAY)
    assert await post.reminded() == [(LONG_BEFORE, ends_on)]
    last = await post.extend(ends_on, days=300)
    await post.wait_until(ends_on)
    assert await post.reminded() == [(LONG_BEFORE, ends_on)], "it is funded further on"
    due = ends_on + 80 * DAY
    await post.do(SetProofDue(post=post.stream, year=2027, due=due))
    await post.wait_until(due)
    later = due + 40 * DAY
    await post.do(SetProofDue(post=post.stream, year=2028, due=later))
    await post.wait_until(later - 30 * DAY)
    handed_in = SubmitProof(post=post.stream, year=2028, submitted_on=await post.today() - 2 * DAY)
    await post.do(handed_in)
    await post.wait_until(last)
    await post.wait_until(last + 30 * DAY)

    assert await post.reminded() == [
        (LONG_BEFORE, ends_on),
        ("eight-weeks", due),
        ("two-weeks", due),
        ("eight-weeks", later),
        (LONG_BEFORE, last),
        (SHORTLY_BEFORE, last),
    ]
    gone = EndPost(post=post.stream, effective_from=last + DAY, reason="Nicht mehr bewilligt.")
    await post.do(gone)
    submitted = SubmitProof(post=post.stream, year=2027, submitted_on=last)
    await post.do(submitted)
    await post.handle.result()


async def test_a_process_that_was_lost_reminds_of_what_is_still_to_come_and_of_nothing_twice(
    runtime: Runtime, environment: WorkflowEnvironment
) -> None:
    post = PostCare(runtime, environment, "coordination-2")
    ends_on = await post.establish(days=100)
    async with working(environment, runtime):
        await post.tell()
        await post.wait_until(ends_on - 50 * DAY)
    assert await post.reminded() == [(LONG_BEFORE, ends_on)]
    async with await skipping_time() as anew, working(anew, runtime):
        again = PostCare(runtime, anew, post.key)
        assert await resume(again.relay, runtime.store, runtime.pool) == 1
        await again.wait_until(ends_on + DAY)
    expected = [(LONG_BEFORE, ends_on), (SHORTLY_BEFORE, ends_on)]
    assert await again.reminded() == expected
    steps = [e for e in await again.entries() if isinstance(e.event, PostReminded)]
    assert {entry.metadata.role for entry in steps} == {"process"}
