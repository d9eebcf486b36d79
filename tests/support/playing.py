"""The whole service with Temporal, over a county in which the demo's plays were played through."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import httpx

from services.crew import Crew
from services.demo.assessment import AssessmentPlay
from services.demo.county import paderborn
from services.demo.front_door import FrontDoor
from services.demo.needs import needs_of_paderborn
from services.demo.needs_month import load_needs
from services.demo.play import Play
from services.demo.steering import steering_of_paderborn
from services.demo.steering_year import load_steering
from services.runtime import Runtime, follow_the_log, running
from services.settings import Settings
from tests.support.clients import BY_HTTP_ONLY
from tests.support.stack import Stack, serving, temporal_in, working


@asynccontextmanager
async def played_county(
    settings: Settings, url: str, tokens: Mapping[str, str]
) -> AsyncIterator[Stack]:
    """One concept is valid, one assessment is released; steering and reports are carried over.

    The county is loaded at `url`.
    """
    crew = Crew()
    async with running(settings, url) as runtime, temporal_in(settings.data) as temporal:
        await _carry_over(runtime)
        follow_the_log(runtime, crew)
        async with (
            working(runtime, settings, temporal.address),
            serving(runtime, settings, tokens, temporal.address) as stack,
        ):
            async with httpx.AsyncClient(
                base_url=stack.address, timeout=30, verify=BY_HTTP_ONLY
            ) as client:
                door = FrontDoor(client, tokens)
                await Play(door, _quietly).run()
                await AssessmentPlay(door, _quietly, datetime.now(UTC)).run()
            yield stack
        await crew.dismiss()


async def _carry_over(runtime: Runtime) -> None:
    """All of it, before there are processes that would act on what is half told."""
    county, calendar = paderborn(), runtime.calendar
    steering = steering_of_paderborn()
    async for _ in load_steering(runtime.desk, runtime.store, county, steering):
        pass
    needs, today = needs_of_paderborn(), datetime.now(calendar.zone).date()
    async for _ in load_needs(runtime.desk, runtime.store, calendar, county, needs, today):
        pass
    await runtime.read_models.catch_up()


def _quietly(_: str, __: str) -> None:
    """Nobody needs to be told."""
