"""The client of the benchmarks sends each request once, in order, and counts what it gets."""

import pytest
from litestar import Litestar, post
from litestar.exceptions import ClientException
from litestar.params import JSONBody

from benchmarks.http_client import Work, percentile, request, send
from benchmarks.serving import serving


def _listening(heard: list[int]) -> Litestar:
    @post("/heard", status_code=200)
    async def hear(data: JSONBody[dict[str, int]]) -> dict[str, int]:
        if data["number"] < 0:
            raise ClientException
        heard.append(data["number"])
        return data

    return Litestar([hear], openapi_config=None, logging_config=None)


def _request(number: int) -> bytes:
    return request("POST", "/heard", b'{"number":%d}' % number)


async def test_each_request_is_sent_once_and_in_its_order() -> None:
    heard: list[int] = []
    ours = [[_request(number) for number in range(first, first + 5)] for first in (0, 5)]
    async with serving(_listening(heard)) as port:
        answers = await send(Work(port=port, connections=ours, seconds=60))
    assert sorted(heard) == list(range(10))
    assert [number for number in heard if number < 5] == list(range(5))
    assert len(answers.milliseconds) == 10
    assert answers.rate > 0


async def test_there_is_no_rate_if_something_was_refused() -> None:
    async with serving(_listening([])) as port:
        answers = await send(Work(port=port, connections=[[_request(1), _request(-1)]], seconds=60))
    assert answers.statuses == {"200": 1, "400": 1}
    with pytest.raises(RuntimeError, match="400"):
        _ = answers.rate


def test_a_percentile_is_what_so_many_stayed_within() -> None:
    assert percentile([*range(101)], 99) == pytest.approx(99)
