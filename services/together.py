"""Questions that come at the same time are asked together: one statement for all of them."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import Generic, TypeVar

GATHERING = 0.002
"""Seconds a statement waits for more who ask if several did so the last time. Fewer and fuller
statements take a sixth from the whole cost of a request at 32 clients (docs/decisions/0020)."""

SEVERAL = 4

K = TypeVar("K")
V = TypeVar("V")


class Together(Generic[K, V]):
    """Nothing is kept: an answer was looked up after the question was asked.

    While a statement is under way the next one gathers, so at load there are few of them.
    """

    def __init__(self, look_up: Callable[[Collection[K]], Awaitable[Mapping[K, V]]]) -> None:
        """`look_up` gets each key once, and leaves out those it knows nothing of."""
        self._look_up = look_up
        self._gathering: _Batch[K, V] | None = None
        self._askers = 0
        self._work: asyncio.Task[None] | None = None

    async def ask(self, key: K) -> V | None:
        """What is known of the key; None if nothing is. Raises what the look-up raises."""
        return (await self.ask_all((key,))).get(key)

    def ask_all(self, keys: Collection[K]) -> asyncio.Future[Mapping[K, V]]:
        """What is known of these keys, and perhaps of others; asked before it is waited for."""
        batch = self._gathering
        if batch is None:
            batch = self._gathering = _Batch()
        batch.keys.update(keys)
        # One for each who asks: whoever gives up does not take the answer from the others.
        answer: asyncio.Future[Mapping[K, V]] = asyncio.get_running_loop().create_future()
        batch.answers.append(answer)
        if self._work is None:
            # It begins in the next turn of the loop, with all that is asked in this one.
            self._work = asyncio.create_task(self._work_off(), name="asked together")
        return answer

    async def _work_off(self) -> None:
        try:
            while self._gathering is not None:
                if self._askers >= SEVERAL:
                    await asyncio.sleep(GATHERING)
                batch, self._gathering = self._gathering, None
                self._askers = len(batch.answers)
                await self._answer(batch)
        finally:
            self._work = None

    async def _answer(self, batch: "_Batch[K, V]") -> None:
        try:
            found = await self._look_up(batch.keys)
        except asyncio.CancelledError:  # the loop is being closed
            for answer in batch.answers:
                answer.cancel()
            raise
        except Exception as error:  # noqa: BLE001 (whatever it is, those who asked are told)
            for answer in batch.answers:
                if not answer.done():
                    answer.set_exception(error)
        else:
            for answer in batch.answers:
                if not answer.done():
                    answer.set_result(found)


class _Batch(Generic[K, V]):
    """What is asked together, and who waits for it."""

    def __init__(self) -> None:
        self.keys: set[K] = set()
        self.answers: list[asyncio.Future[Mapping[K, V]]] = []
