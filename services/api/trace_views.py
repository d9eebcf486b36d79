"""How a trace looks from outside: its things and links, and the picture of them."""

from datetime import datetime

import msgspec

from services.texts import Language, Names, word
from services.trace.graph import Thing, ThingKind, layers
from services.trace.picture import Arrow, Box, picture
from services.trace.reading import Trace

PATHS = {
    ThingKind.FINDING: "/api/v1/findings/{}",
    ThingKind.THEME: "/api/v1/themes/{}",
    ThingKind.ITEM: "/api/v1/sessions/{}",
    ThingKind.VOTE: "/api/v1/sessions/{}",
    ThingKind.RESOLUTION: "/api/v1/resolutions/{}",
    ThingKind.LETTER: "/api/v1/resolutions/{}",
    ThingKind.NEED_REVIEW: "/api/v1/need-reviews/{}",
    ThingKind.GROUP: "/api/v1/working-groups/{}",
    ThingKind.AGREEMENT: "/api/v1/working-groups/{}",
    ThingKind.ROUND: "/api/v1/rounds/{}",
    ThingKind.CONCEPT: "/api/v1/concepts/{}",
}
"""Where the thing is read, or what it is a part of."""


class TraceThing(msgspec.Struct, frozen=True, kw_only=True):
    """`key` names it in the links. `position` is where in the log it came to be, at `path` it is.

    `layer` counts the steps from the beginning.
    """

    key: str
    kind: ThingKind
    id: str
    title: str
    layer: int
    position: int
    occurred_at: datetime | None
    path: str


class TraceLink(msgspec.Struct, frozen=True, kw_only=True):
    """The target follows from the source; `position` is where in the log that stands."""

    source: str
    target: str
    position: int


class TraceView(msgspec.Struct, frozen=True, kw_only=True):
    """What led to the start and what came of it, in the order of the log.

    `hidden` findings stand behind it that are not for whoever reads.
    """

    start: str
    things: list[TraceThing]
    links: list[TraceLink]
    hidden: int


def trace_view(trace: Trace, language: Language, names: Names) -> TraceView:
    depth = layers(trace.links, trace.start)
    return TraceView(
        start=str(trace.start),
        things=[
            TraceThing(
                key=str(thing),
                kind=thing.kind,
                id=thing.id,
                title=_title(trace, thing, language, names),
                layer=depth[thing],
                position=trace.position_of(thing),
                occurred_at=trace.named[thing].occurred_at if thing in trace.named else None,
                path=PATHS[thing.kind].format(thing.id.partition(".")[0]),
            )
            for thing in trace.things
        ],
        links=[
            TraceLink(source=str(link.source), target=str(link.target), position=link.position)
            for link in trace.links
        ],
        hidden=trace.hidden,
    )


def trace_picture(view: TraceView, language: Language) -> bytes:
    """The SVG of the view."""
    boxes = [
        Box(
            key=thing.key,
            kind=word(thing.kind, language, of="trace"),
            title=thing.title,
            layer=thing.layer,
            is_start=thing.key == view.start,
        )
        for thing in view.things
    ]
    start = next(box for box in boxes if box.is_start)
    described = " → ".join(f"{box.kind}: {box.title}" for box in boxes)
    arrows = [Arrow(link.source, link.target) for link in view.links]
    return picture(f"{start.kind}: {start.title}", described, boxes, arrows)


def _title(trace: Trace, thing: Thing, language: Language, names: Names) -> str:
    report = trace.reported.get(thing)
    if report is not None:
        field = names.fields.get(report.field)
        place = names.municipalities.get(report.municipality, report.municipality)
        kind = word(report.kind, language)
        return f"{kind}, {field[language] if field else report.field}, {place}"
    named = trace.named.get(thing)
    title = named.title if named else ""
    return names.municipalities.get(title, title) if thing.kind is ThingKind.CONCEPT else title
