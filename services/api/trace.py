"""The trace: from any finding forward to its result, from any result back to its findings."""

from http import HTTPStatus
from typing import Annotated

from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.openapi.spec import Example
from litestar.params import PathParameter
from litestar.response import Response

from services.api import bounds
from services.api.access import SignedIn
from services.api.decisions import Clerk
from services.api.languages import language_of, said_in, spoken
from services.api.problems import READING, EdgeProblem
from services.api.reading import Reader
from services.api.trace_views import TraceView, trace_picture, trace_view
from services.eventstore.store import EventStore
from services.identity.finding_readers import themes_seen
from services.trace.graph import Thing, ThingKind
from services.trace.reading import Trace, trace

ID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"

Kind = Annotated[
    str,
    PathParameter(pattern=f"^({'|'.join(ThingKind)})$", examples=[Example(value="resolution")]),
]
ThingId = Annotated[
    str,
    PathParameter(
        pattern=rf"^{ID}(\.({ID}|[0-9]{{1,5}}))?{bounds.END}",
        description="The id of its stream; of a part of one, its number or id after a dot.",
        examples=[Example(value="0d5d6b7e-6a52-5a3c-9d0e-3b6c1f7a2e11")],
    ),
]


class TraceController(Controller):
    """What follows from what, from a finding to a result, as the log says it."""

    path = "/trace/{kind:str}/{thing:str}"
    tags = ("Steering",)

    @get("/", operation_id="readTrace", responses=READING)
    async def read_trace(
        self,
        request: SignedIn,
        kind: Kind,
        thing: ThingId,
        store: NamedDependency[EventStore],
        reader: NamedDependency[Reader],
        clerk: NamedDependency[Clerk],
        position: bounds.Position = None,
    ) -> Response[TraceView]:
        """What led to this thing and what came of it, each link with its place in the log."""
        found = await _found(request, kind, thing, store, clerk, position)
        language = language_of(request)
        return spoken(trace_view(found, language, await reader.names([])), language)

    @get(
        "/picture.svg",
        operation_id="readTracePicture",
        media_type="image/svg+xml",
        responses=READING,
    )
    async def read_picture(
        self,
        request: SignedIn,
        kind: Kind,
        thing: ThingId,
        store: NamedDependency[EventStore],
        reader: NamedDependency[Reader],
        clerk: NamedDependency[Clerk],
        position: bounds.Position = None,
    ) -> Response[bytes]:
        """The same as a picture."""
        found = await _found(request, kind, thing, store, clerk, position)
        language = language_of(request)
        svg = trace_picture(trace_view(found, language, await reader.names([])), language)
        return Response(svg, media_type="image/svg+xml", headers=said_in(language))


async def _found(
    request: SignedIn,
    kind: str,
    thing: str,
    store: EventStore,
    clerk: Clerk,
    position: int | None,
) -> Trace:
    seen = themes_seen(request.user, clerk.now())
    found = await trace(store, Thing(ThingKind(kind), thing), seen, position)
    if found is None:
        raise EdgeProblem(HTTPStatus.NOT_FOUND, "trace.unknown")
    return found
