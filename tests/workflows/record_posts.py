"""The paths of the process of a funded post that are recorded, on reminders seconds apart."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import timedelta

from domain.posts.commands import EndPost
from domain.posts.events import PostReminded
from services.runtime import Runtime
from tests.support.engines import in_real_time, working
from tests.support.post_care import HastyPosts, PostCare

EVERY_TIME = "limit.historyCount.suggestContinueAsNew=8"
SCENARIOS: Mapping[str, tuple[str, ...]] = {
    "funded-post": (),
    "funded-post-in-new-runs": (EVERY_TIME,),
}
"""Each with the settings of its engine."""


async def post_histories(name: str, runtime: Runtime, settled: float) -> Sequence[str]:
    """Take the path on an engine of its own; what the engine recorded of each run, as JSON."""
    async with (
        await in_real_time(*SCENARIOS[name]) as engine,
        working(engine, runtime, posts=HastyPosts(runtime)),
    ):
        post = PostCare(runtime, engine, name)
        ends_on = await post.establish(days=200)
        await post.tell()
        await post.wait_for(PostReminded, 2)
        await post.extend(ends_on, days=200)
        await post.wait_for(PostReminded, 4)
        gone = EndPost(
            post=post.stream, effective_from=ends_on + timedelta(days=1), reason="Entfällt."
        )
        await post.do(gone)
        await post.handle.result()
        await asyncio.sleep(settled)
        return [(await run.fetch_history()).to_json() for run in await post.runs()]
