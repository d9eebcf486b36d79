"""That the log goes on is told as server-sent events, from where one was."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus

import httpx
import msgspec

from services.api.audit import News
from tests.support.http import recorded, refused
from tests.support.stack import Stack

DELBRUECK = {"municipality": "05774020", "edition": "2025"}
BORCHEN = {"municipality": "05774012", "edition": "2025"}


@dataclass(frozen=True)
class Told:
    """A server-sent event of the service."""

    id: str
    news: News


async def test_what_happens_is_told_at_once_and_nothing_that_was_before(stack: Stack) -> None:
    async with following(stack) as stream:
        assert await anext(stream) is None, "a comment says that the stream is open"
        opened = recorded(await stack.koordination.post("/concepts", DELBRUECK))
        told = await next_news(stream)
    assert told.id == str(opened["position"])
    assert told.news.topic == "concept.opened"
    assert str(told.news.stream) == opened["id"]


async def test_whoever_was_away_is_told_everything_since_in_order(stack: Stack) -> None:
    first = recorded(await stack.koordination.post("/concepts", DELBRUECK))["position"]
    recorded(await stack.koordination.post("/concepts", BORCHEN))
    async with following(stack, last=first) as stream:
        await anext(stream)
        second = await next_news(stream)
        recorded(await stack.koordination.post("/concepts/opening-of-all", {"edition": "2025"}))
        later = [(await next_news(stream)).news.position for _ in range(7)]
    assert [second.news.position, *later] == list(range(first + 1, first + 9))


async def test_following_from_the_first_entry_tells_the_whole_log(stack: Stack) -> None:
    head = await stack.head()
    async with following(stack, last=0) as stream:
        await anext(stream)
        positions = [(await next_news(stream)).news.position for _ in range(head)]
    assert positions == list(range(1, head + 1))


async def test_the_stream_ends_after_the_time_asked_for(stack: Stack) -> None:
    response = await stack.revision.ask("GET", "/news?seconds=0")
    assert response.status_code == HTTPStatus.OK
    assert response.headers["content-type"].startswith("text/event-stream")


async def test_a_last_event_id_that_is_none_of_ours_is_refused(stack: Stack) -> None:
    for bad in ("abc", "-1", "9" * 19):
        response = await stack.revision.ask("GET", "/news", headers={"Last-Event-ID": bad})
        problem = refused(response, HTTPStatus.UNPROCESSABLE_ENTITY, "request.invalid")
        assert problem["errors"][0]["parameter"] == "Last-Event-ID"


@asynccontextmanager
async def following(
    stack: Stack, last: int | None = None
) -> AsyncIterator[AsyncIterator[Told | None]]:
    """The auditor's stream of news."""
    headers = {"Authorization": f"Bearer {stack.revision.token}"}
    if last is not None:
        headers["Last-Event-ID"] = str(last)
    async with stack.http.stream("GET", "/api/v1/news?seconds=30", headers=headers) as response:
        assert response.status_code == HTTPStatus.OK
        yield _messages(response)


async def next_news(stream: AsyncIterator[Told | None]) -> Told:
    async with asyncio.timeout(10):
        while (told := await anext(stream)) is None:
            pass
    return told


async def _messages(response: httpx.Response) -> AsyncIterator[Told | None]:
    """Each event; None for a comment."""
    fields: dict[str, str] = {}
    async for line in response.aiter_lines():
        if line:
            name, _, value = line.partition(":")
            fields[name] = value.strip()
        elif "data" in fields:
            assert fields["event"] == "news"
            news = msgspec.json.decode(fields["data"], type=News)
            fields, told = {}, Told(id=fields["id"], news=news)
            yield told
        else:
            fields = {}
            yield None
