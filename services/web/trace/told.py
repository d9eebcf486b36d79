"""A trace in words: what stands in it step by step, and what it comes down to."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from services.api.trace_views import TraceThing, TraceView
from services.texts import Language, word
from services.texts.words import quoted
from services.trace.graph import ThingKind
from services.trace.picture import Arrow, Box, inline


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """A thing of the chain; it follows from those whose names are in `after`.

    `page` is empty for who is not led to one.
    """

    kind: str
    title: str
    page: str
    position: int
    occurred_at: datetime | None
    after: Sequence[str]


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """`before` led to `here`, `later` came of it.

    `findings` counts those behind it, the hidden ones too; `result` is the kind of what came of
    it last, and `results` how many of that kind came last.
    """

    here: Step
    before: Sequence[Step]
    later: Sequence[Step]
    findings: int
    result: ThingKind
    results: int


def told(view: TraceView, pages: Mapping[str, str], language: Language) -> Told:
    """`pages` are addresses by the keys of things."""
    things = {thing.key: thing for thing in view.things}
    reached = _reached(view)
    steps = {key: _step(thing, view, things, pages, language) for key, thing in things.items()}
    last = max(things[key].layer for key in reached)
    ends = [things[key] for key in reached if things[key].layer == last]
    found = sum(thing.kind is ThingKind.FINDING for thing in view.things)
    ordered = sorted(view.things, key=lambda thing: (thing.layer, thing.position))
    return Told(
        here=steps[view.start],
        before=[steps[thing.key] for thing in ordered if thing.key not in reached],
        later=[
            steps[thing.key]
            for thing in ordered
            if thing.key in reached and thing.key != view.start
        ],
        findings=found + view.hidden,
        result=ends[0].kind,
        results=sum(end.kind is ends[0].kind for end in ends),
    )


def drawn(view: TraceView, pages: Mapping[str, str], language: Language) -> str:
    """The picture for the page, whose boxes lead to the pages of the things."""
    boxes = [
        Box(
            key=thing.key,
            kind=word(thing.kind, language, of="trace"),
            title=thing.title,
            layer=thing.layer,
            is_start=thing.key == view.start,
            href=pages[thing.key],
        )
        for thing in view.things
    ]
    return inline(boxes, [Arrow(link.source, link.target) for link in view.links])


def _reached(view: TraceView) -> dict[str, None]:
    """What came of the start, with it, in the order of the log."""
    reached = {view.start: None}
    grown = True
    while grown:
        onward = [one.target for one in view.links if one.source in reached]
        grown = not reached.keys() >= set(onward)
        reached |= dict.fromkeys(onward)
    return reached


def _step(
    thing: TraceThing,
    view: TraceView,
    things: Mapping[str, TraceThing],
    pages: Mapping[str, str],
    language: Language,
) -> Step:
    sources = [things[link.source] for link in view.links if link.target == thing.key]
    return Step(
        kind=word(thing.kind, language, of="trace"),
        title=thing.title,
        page=pages[thing.key],
        position=thing.position,
        occurred_at=thing.occurred_at,
        after=[
            f"{word(one.kind, language, of='trace')} {quoted(one.title, language)}"
            for one in sources
        ],
    )
