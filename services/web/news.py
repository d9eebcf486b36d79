"""That the log goes on, as server-sent events: an open page then looks what is new."""

import asyncio
from collections.abc import AsyncIterator

from litestar import get
from litestar.di import NamedDependency
from litestar.response import ServerSentEvent, ServerSentEventMessage

from services.eventstore.following import Bell
from services.identity.areas import Area
from services.projections.read_models import ReadModels
from services.web.door import for_area
from services.web.inside import Visit

SECONDS = 300
AT_MOST_EVERY = 0.5


@get("/neuigkeiten", opt=for_area(Area.ACCOUNT), include_in_schema=False)
async def follow(
    request: Visit,  # noqa: ARG001 (whoever is signed in)
    bell: NamedDependency[Bell],
    read_models: NamedDependency[ReadModels],
) -> ServerSentEvent:
    """How far the pages have come, each time they come further."""
    return ServerSentEvent(_positions(bell, read_models))


async def _positions(bell: Bell, read_models: ReadModels) -> AsyncIterator[ServerSentEventMessage]:
    clock = asyncio.get_running_loop().time
    until = clock() + SECONDS
    # What came after the page was made and before this stream is told too: the page compares.
    told = -1
    yield ServerSentEventMessage(comment="open", data=None, retry=1000)
    while clock() < until:
        rings = bell.rings
        position = await read_models.position()
        if position > told:
            told = position
            yield ServerSentEventMessage(event="stand", data=str(position))
            await asyncio.sleep(AT_MOST_EVERY)
        else:
            await bell.wait_since(rings)
