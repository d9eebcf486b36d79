"""Many who ask at once get one look-up; nobody gets an answer that is older than the question."""

import asyncio
from collections.abc import Collection, Mapping

import pytest

from services.together import Together


class Shelf:
    """Answers from what lies on it when it is looked at; a look-up goes on until it may end."""

    def __init__(self) -> None:
        self.content = {"a": 1, "b": 2}
        self.looks: list[set[str]] = []
        self.may_end = asyncio.Event()
        self.may_end.set()

    async def look_up(self, keys: Collection[str]) -> Mapping[str, int]:
        self.looks.append(set(keys))
        found = {key: self.content[key] for key in keys if key in self.content}
        await self.may_end.wait()
        if "broken" in keys:
            raise OSError("broken")
        return found


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def together(shelf: Shelf) -> Together[str, int]:
    return Together(shelf.look_up)


async def test_what_is_asked_in_one_turn_is_one_look_up(
    shelf: Shelf, together: Together[str, int]
) -> None:
    answers = await asyncio.gather(*(together.ask(key) for key in ("a", "b", "a", "none")))
    assert answers == [1, 2, 1, None]
    assert shelf.looks == [{"a", "b", "none"}]


async def test_who_asks_while_it_is_being_looked_up_gets_a_look_up_of_their_own(
    shelf: Shelf, together: Together[str, int]
) -> None:
    shelf.may_end.clear()
    early = asyncio.create_task(together.ask("a"))
    while not shelf.looks:  # noqa: ASYNC110 (one turn is enough)
        await asyncio.sleep(0)
    shelf.content["a"] = 7
    late = asyncio.create_task(together.ask("a"))
    await asyncio.sleep(0)
    shelf.may_end.set()
    assert (await early, await late) == (1, 7)
    assert len(shelf.looks) == 2


async def test_nothing_is_kept(shelf: Shelf, together: Together[str, int]) -> None:
    assert await together.ask("a") == 1
    del shelf.content["a"]
    assert await together.ask("a") is None


async def test_all_who_asked_hear_of_a_failure_and_the_next_question_is_answered(
    together: Together[str, int],
) -> None:
    failed = await asyncio.gather(together.ask("a"), together.ask("broken"), return_exceptions=True)
    assert [type(answer) for answer in failed] == [OSError, OSError]
    assert await together.ask("a") == 1


async def test_who_gives_up_does_not_take_the_answer_from_the_others(
    shelf: Shelf, together: Together[str, int]
) -> None:
    shelf.may_end.clear()
    first, second = (asyncio.create_task(together.ask("a")) for _ in range(2))
    while not shelf.looks:  # noqa: ASYNC110 (one turn is enough)
        await asyncio.sleep(0)
    first.cancel()
    shelf.may_end.set()
    assert await second == 1
    assert first.cancelled()
