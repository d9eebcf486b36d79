"""Results posted through HTTP, one learner per request, in turn with a bare handler."""

from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from itertools import count, islice
from uuid import UUID, uuid4

import asyncpg

from benchmarks.bench import Bench
from benchmarks.county import LEARNERS, College, County, county, rows
from benchmarks.figure import Figure, compared
from benchmarks.http_client import Answers, Work, percentile, request, send
from benchmarks.peers.bare import without_tree
from benchmarks.peers.bare_handler import bare_handler
from benchmarks.rounds import medians
from benchmarks.serving import product, serving
from services.eventstore.database import as_it_is
from services.settings import Settings

CONNECTIONS = 32
MOST = 6_000
"""So many requests a second are prepared, more than either answers."""


async def measure(bench: Bench) -> Sequence[Figure]:
    seconds, times = bench.pick(2.0, 6.0), bench.pick(3, 7)
    classes = int(seconds * MOST * (times + 1)) // LEARNERS // CONNECTIONS
    bare_url = await bench.database("bare")
    await without_tree(bare_url)
    async with AsyncExitStack() as stack:
        runtime = await stack.enter_async_context(bench.product(await bench.database("ours")))
        place = await county(runtime, CONNECTIONS, classes + 1)
        ours_port = await stack.enter_async_context(serving(product(runtime)))
        pool = await stack.enter_async_context(
            asyncpg.create_pool(bare_url, max_size=Settings().database_pool_size, reset=as_it_is)
        )
        bare_port = await stack.enter_async_context(serving(bare_handler(pool)))
        ours = [_results(place, number) for number in range(CONNECTIONS)]
        bare = [_bare(number) for number in range(CONNECTIONS)]
        latest: dict[int, Answers] = {}

        async def rate(port: int, requests: Sequence[Iterator[bytes]]) -> float:
            each = int(seconds * MOST / CONNECTIONS)
            connections = [list(islice(these, each)) for these in requests]
            work = Work(port=port, connections=connections, seconds=seconds)
            latest[port] = await send(work)
            return latest[port].rate

        rates = await medians(times, lambda: rate(ours_port, ours), lambda: rate(bare_port, bare))
        for name, port in (("ours", ours_port), ("bare", bare_port)):
            half, most = (percentile(latest[port].milliseconds, n) for n in (50, 99))
            bench.note(
                f"{name}, last round: an answer within {half:.1f} ms (p50), {most:.1f} ms (p99)"
            )
        work = Work(port=ours_port, connections=_crowded(place), seconds=seconds)
        crowded = (await send(work)).rate
        bench.note(f"when all 32 are about learners of one class: {crowded:,.0f} requests/s")
    return [
        compared(
            "results posted, 32 connections",
            "requests/s",
            rates[0],
            rates[1],
            "a bare handler's asyncpg insert",
            goal=("at least", 0.8),
        )
    ]


def _results(place: County, number: int) -> Iterator[bytes]:
    """A college that types in class after class, a learner at a time."""
    college = place.colleges[number]
    for this in college.classes[:-1]:
        yield from _class(place, college, this)


def _crowded(place: County) -> Sequence[Sequence[bytes]]:
    """All connections have learners of the same class, until all of it are recorded."""
    one_after_the_other = [
        sent for college in place.colleges for sent in _class(place, college, college.classes[-1])
    ]
    return [one_after_the_other[number::CONNECTIONS] for number in range(CONNECTIONS)]


def _class(place: County, college: College, this: UUID) -> Iterator[bytes]:
    path = f"/api/v1/classes/{this}/rounds/{place.round}/results"
    for learner in range(LEARNERS):
        yield _request(path, learner, college.token)


def _bare(number: int) -> Iterator[bytes]:
    for learner in count(number):
        yield _request("/bare", learner, "krs_" + "x" * 43)


def _request(path: str, learner: int, token: str) -> bytes:
    return request(
        "POST",
        path,
        rows(learner, 1),
        Authorization=f"Bearer {token}",
        Idempotency_Key=str(uuid4()),
    )
