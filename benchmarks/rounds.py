"""Measuring in turn: what disturbs the machine for a while then disturbs all alike."""

import statistics
import time
from collections.abc import Awaitable, Callable, Sequence

Round = Callable[[], Awaitable[float]]
"""Measures once and gives the figure."""


async def medians(rounds: int, *contenders: Round) -> Sequence[float]:
    """The median of each contender over so many rounds, in turn, after one that warms up."""
    measured: list[list[float]] = [[] for _ in contenders]
    for number in range(rounds + 1):
        for figures, contender in zip(measured, contenders, strict=True):
            figure = await contender()
            if number:
                figures.append(figure)
    return [statistics.median(figures) for figures in measured]


async def milliseconds(
    times: int, *works: Callable[[], Awaitable[object]], warm_up: int = 100
) -> Sequence[float]:
    """The median time of each piece of work, each done so many times, in turn, after a warm-up."""
    measured: list[list[float]] = [[] for _ in works]
    for number in range(times + warm_up):
        for figures, work in zip(measured, works, strict=True):
            start = time.perf_counter()
            await work()
            if number >= warm_up:
                figures.append((time.perf_counter() - start) * 1000)
    return [statistics.median(figures) for figures in measured]
