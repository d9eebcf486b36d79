"""The trace at the pages: from a finding to the round it led to, and back, for who may see it."""

from http import HTTPStatus
from uuid import uuid4

import pytest

from domain.kernel import Role
from tests.support.appointing import appoint_account
from tests.support.chain import chain
from tests.support.findings import Bundler
from tests.support.reading import visitor_of, visitor_with
from tests.support.stack import Stack
from tests.support.steering import MARCH, Clock

TRACE = "/steuerung/spur"


@pytest.fixture
async def stack(clock: Clock, stack: Stack) -> Stack:
    """At the time the clock shows."""
    assert clock() == MARCH
    return stack


async def test_from_a_finding_to_the_round_it_led_to_each_step_has_its_page(
    stack: Stack, clock: Clock
) -> None:
    made = await chain(stack, clock)
    karin = await visitor_of(stack, "koordination")
    finding = await karin.open(f"/steuerung/erkenntnisse/{made.ours}")
    assert f"{TRACE}/finding/{made.ours}" in finding.links
    page = await karin.open(f"{TRACE}/finding/{made.ours}")
    assert page.headline == "Aus einer Erkenntnis wurde eine Sprachstandserhebung"
    for path in (
        f"/steuerung/themen/{made.theme}",
        f"/steuerung/sitzungen/{made.session}",
        f"/steuerung/beschluesse/{made.resolution}",
        f"/steuerung/arbeitsgruppen/{made.group}",
        f"/erhebungen/runden/{made.announced}",
    ):
        assert page.links.count(path) >= 2, "in the picture and in the list"
    assert "Woher das kommt" not in page.text

    announced = await karin.open(f"/erhebungen/runden/{made.announced}")
    back = f"{TRACE}/assessment-round/{made.announced}"
    assert back in announced.links
    page = await karin.open(back)
    assert page.headline == "Aus 2 Erkenntnissen wurde eine Sprachstandserhebung"
    assert f"/steuerung/erkenntnisse/{made.theirs}" in page.links
    assert "folgt aus: Vereinbarung „Eine einheitliche Erhebung beginnt.“" in page.text
    assert "Noch folgt nichts daraus." in page.text
    assert page.headline in (await karin.open(f"{TRACE}/resolution/{made.resolution}")).text

    picture = await karin.open(f"{back}/spur.svg")
    assert picture.response.headers["content-type"].startswith("image/svg+xml")
    data = (await karin.open(f"{back}/spur.json")).response.json()
    assert data["start"] == f"assessment-round/{made.announced}"
    await _others_see_what_is_for_them(stack, back, made.session, made.theirs)


async def _others_see_what_is_for_them(stack: Stack, back: str, session: str, theirs: str) -> None:
    falk = await visitor_of(stack, "fallmanagement")
    page = await falk.open(back)
    assert "1 Erkenntnis dahinter lesen nur die Kommunen" in page.text
    assert not {f"/steuerung/sitzungen/{session}", f"/steuerung/erkenntnisse/{theirs}"} & {
        *page.links
    }
    stranger = await visitor_with(
        stack, await appoint_account(stack, Role.STEERING_MEMBER, "jobcenter")
    )
    page = await stranger.open(back)
    assert f"/steuerung/sitzungen/{session}" not in page.links, "of a body they do not sit on"
    jana = await visitor_of(stack, "jobcenter")
    assert (await jana.ask(back)).status == HTTPStatus.FORBIDDEN


async def test_what_has_no_trace_yet_says_so(stack: Stack) -> None:
    bundler = Bundler(stack, stack.koordination)
    karin = await visitor_of(stack, "koordination")
    page = await karin.open(f"{TRACE}/finding/{await bundler.reported()}")
    assert page.headline == "Aus dieser Erkenntnis ist noch nichts geworden"
    page = await karin.open(f"{TRACE}/theme/{await bundler.opened('Wohnen')}")
    assert page.headline == "„Wohnen“ geht auf keine Erkenntnis zurück"
    for unknown in (f"theme/{uuid4()}", "party/x"):
        page = await karin.ask(f"{TRACE}/{unknown}")
        assert page.status >= HTTPStatus.BAD_REQUEST
