"""The table of funded posts: every column is seen on a desk, without moving the table."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from playwright.async_api import Browser

from services.runtime import Runtime
from services.settings import Settings
from tests.support.browser import DESK, open_window
from tests.support.days import today
from tests.support.http import Json, recorded
from tests.support.stack import Stack, serving

CUT = """[...document.querySelectorAll("main .kern-table-responsive")]
    .filter(box => box.scrollWidth > box.clientWidth)
    .map(box => `${box.getAttribute("aria-label")}: ${box.scrollWidth} > ${box.clientWidth}`)"""
"""The tables of which not all is seen."""


@pytest.fixture
async def stack(
    browser: Browser,  # noqa: ARG001 (without one, nothing needs to be served)
    runtime: Runtime,
    settings: Settings,
    county: dict[str, str],
) -> AsyncIterator[Stack]:
    async with serving(runtime, settings, county) as stack:
        yield stack


async def entered(stack: Stack, part: str, **more: Json) -> None:
    body = {
        "key": f"{part}-new",
        "part": part,
        "employer": "kim-koordinierung",
        "share": 75,
        "effective_from": today().isoformat(),
        **more,
    }
    decision = recorded(await stack.koordination.post("/posts", body))
    due = {"due": (today() + timedelta(days=100)).isoformat()}
    path = f"/posts/{decision['id']}"
    headers = {"Idempotency-Key": f"due-{part}", "If-Match": f'"{decision["version"]}"'}
    address = f"{path}/proofs/{today().year}"
    decision = recorded(await stack.koordination.ask("PUT", address, due, headers=headers))
    since = {"effective_from": today().isoformat()}
    response = await stack.koordination.post(f"{path}/filling", since, seen=decision["version"])
    await stack.runtime.read_models.reached(recorded(response)["position"])


async def test_every_column_of_the_posts_is_seen_on_a_desk(stack: Stack, browser: Browser) -> None:
    funding = {"starts_on": today().isoformat(), "ends_on": today().isoformat()}
    await entered(
        stack,
        "authority-naturalisation",
        municipality="05774032",
        employer="auslaenderbehoerde-stadt",
    )
    await entered(stack, "assistance", funding=funding)
    window = await open_window(browser, stack, "koordination", DESK)
    await window.visit("/stellen")
    await window.kept("stellen")
    assert await window.page.evaluate(CUT) == []
    await window.close()
