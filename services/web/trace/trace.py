"""The trace: what came of a thing and what it goes back to, as a picture and step by step."""

from collections.abc import Mapping

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Response
from markupsafe import Markup

from services.api.trace_views import TraceView
from services.identity.areas import Area
from services.web.door import for_area
from services.web.inside import Inside, Visit
from services.web.language import language_of
from services.web.rendering import Pages
from services.web.sessions.coming import sessions_led_to
from services.web.trace.places import page_of
from services.web.trace.told import drawn, told

AREA = for_area(Area.STEERING)
ONE = "/steuerung/spur/{kind:str}/{thing:str}"
SVG, JSON = "image/svg+xml", "application/json"


@get(ONE, opt=AREA)
async def show_trace(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    kind: FromPath[str],
    thing: FromPath[str],
) -> Response[str]:
    """What led to this thing, and what came of it; each step with its page."""
    view = await inside.read(request, f"/trace/{kind}/{thing}", TraceView)
    places = await _places(request, inside, view)
    language = language_of(request)
    return await pages.show(
        request,
        "trace/trace.html",
        told=told(view, places, language),
        picture=Markup(drawn(view, places, language)),  # noqa: S704 (made by an XML writer)
        hidden=view.hidden,
        here=request.url.path,
    )


@get(f"{ONE}/spur.svg", opt=AREA, media_type=SVG)
async def download_picture(
    request: Visit, inside: NamedDependency[Inside], kind: FromPath[str], thing: FromPath[str]
) -> Response[bytes]:
    """The picture, to put into a paper."""
    answer = await inside.ask(request, "GET", f"/trace/{kind}/{thing}/picture.svg")
    return _file(answer.content, SVG, f"spur-{kind}.svg")


@get(f"{ONE}/spur.json", opt=AREA, media_type=JSON)
async def download_data(
    request: Visit, inside: NamedDependency[Inside], kind: FromPath[str], thing: FromPath[str]
) -> Response[bytes]:
    """The same as data, with the place of each link in the log."""
    answer = await inside.ask(request, "GET", f"/trace/{kind}/{thing}")
    return _file(answer.content, JSON, f"spur-{kind}.json")


def _file(content: bytes, media_type: str, name: str) -> Response[bytes]:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=headers)


async def _places(request: Visit, inside: Inside, view: TraceView) -> Mapping[str, str]:
    """The pages of the things by their keys, as far as this person is led there."""
    sessions = {str(session) for session in await sessions_led_to(request, inside)}
    return {thing.key: page_of(request, thing, sessions) for thing in view.things}
