"""That the log goes on: an open page learns of what happened since it was made."""

import asyncio
from http import HTTPStatus

from tests.support.browser_like import visiting
from tests.support.stack import Stack


async def test_who_opens_the_stream_learns_at_once_how_far_the_pages_are(stack: Stack) -> None:
    """Also of what came after their page was made, and before the stream was open."""
    head = await stack.head()
    await stack.runtime.read_models.reached(head)
    async with (
        asyncio.timeout(20),
        visiting(stack, "jobcenter") as jana,
        jana.browser.stream("GET", "/neuigkeiten") as answer,
    ):
        assert answer.status_code == HTTPStatus.OK
        lines = answer.aiter_lines()
        while await anext(lines) != "event: stand":
            pass
        assert int((await anext(lines)).removeprefix("data: ")) >= head
