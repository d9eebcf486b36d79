"""Things that follow from one another, and what leads to one of them and away from it."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

import msgspec


class ThingKind(StrEnum):
    """What stands in a chain, about in its order."""

    FINDING = "finding"
    THEME = "theme"
    ITEM = "item"
    VOTE = "vote"
    RESOLUTION = "resolution"
    NEED_REVIEW = "need-review"
    LETTER = "letter"
    GROUP = "working-group"
    AGREEMENT = "agreement"
    ROUND = "assessment-round"
    CONCEPT = "concept"


class Thing(msgspec.Struct, frozen=True, order=True):
    """`id` is that of its stream; of a part of one, its number or id follows after a dot."""

    kind: ThingKind
    id: str

    def __str__(self) -> str:
        return f"{self.kind}/{self.id}"


class Link(msgspec.Struct, frozen=True):
    """The target follows from the source. `position` is where that stands in the log."""

    source: Thing
    target: Thing
    position: int


def traced(links: Iterable[Link], start: Thing) -> list[Link]:
    """The links from what led to the start, and to what came of it, in the order of the log."""
    everything = list(links)
    forward = _reached(start, [(link.source, link.target) for link in everything])
    backward = _reached(start, [(link.target, link.source) for link in everything])
    found = [
        link
        for link in everything
        if (link.source in forward and link.target in forward)
        or (link.source in backward and link.target in backward)
    ]
    return sorted(found, key=lambda link: (link.position, link.source, link.target))


def layers(links: Sequence[Link], start: Thing) -> dict[Thing, int]:
    """How many steps each thing is from the beginning, by the longest way that has no circle."""
    before: dict[Thing, list[Thing]] = {start: []}
    for link in links:
        before.setdefault(link.source, [])
        before.setdefault(link.target, []).append(link.source)
    found: dict[Thing, int] = {}

    def depth(thing: Thing, on_the_way: frozenset[Thing]) -> int:
        if thing not in found:
            seen = on_the_way | {thing}
            steps = [depth(one, seen) + 1 for one in before[thing] if one not in seen]
            found[thing] = max(steps, default=0)
        return found[thing]

    for thing in before:
        depth(thing, frozenset())
    return found


def _reached(start: Thing, steps: Sequence[tuple[Thing, Thing]]) -> set[Thing]:
    onwards: dict[Thing, list[Thing]] = {}
    for here, there in steps:
        onwards.setdefault(here, []).append(there)
    reached, left = {start}, [start]
    while left:
        for thing in onwards.get(left.pop(), ()):
            if thing not in reached:
                reached.add(thing)
                left.append(thing)
    return reached
