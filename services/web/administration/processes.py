"""The running processes with their next moment, and whether the parts of the service are there."""

from litestar import get
from litestar.di import NamedDependency
from litestar.response import Response

from services.api.pages import Page
from services.api.processes import ProcessView, Running
from services.web.administration.answers import ADMINISTRATION, HOME, Cursor
from services.web.inside import After, Inside, Visit
from services.web.rendering import Pages

PROCESSES = f"{HOME}/prozesse"
AT_ONCE = 20
"""Each of them is looked up in Temporal."""


@get(PROCESSES, opt=ADMINISTRATION)
async def list_processes(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    cursor: Cursor = None,
    after: After = None,
) -> Response[str]:
    """What comes next by itself, the nearest moment first."""
    found = await inside.read(
        request, "/processes", Page[ProcessView], cursor=cursor, limit=AT_ONCE, at_least=after
    )
    return await pages.show(
        request,
        "administration/processes.html",
        processes=found.items,
        next=found.next,
        troubled=[one for one in found.items if in_trouble(one)],
        engine_away=any(one.running is Running.UNKNOWN for one in found.items),
    )


def in_trouble(process: ProcessView) -> bool:
    """Whether somebody should look: its moment has passed, or nobody runs it."""
    return process.is_late or process.running is Running.MISSING
