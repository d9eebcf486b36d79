"""What the county is told: every question is answered from the published figures alone.

No filter reaches the people behind the figures, so no two answers tell more than what was
published; `suppression` says why that gives nobody away.
"""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from domain.assessments.auditing import coarsened
from domain.assessments.definition import Level
from domain.assessments.suppression import Counts, Figure

DIMENSIONS = ("college", "programme", "trade")
"""What the places of a figure's path are."""


PLACED = 4, 5
"""Blocks are chosen so fine that these parts of the people (four of five) are counted in them."""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """People in blocks of neighbouring levels, as in `Figure`.

    `unplaced` people belong to what was asked for, too, but are published over wider blocks only.
    `whole` is false if even more may belong to it, in groups too small to be shown.
    """

    counts: Counts
    cuts: tuple[int, ...]
    unplaced: int
    whole: bool

    @property
    def people(self) -> int:
        return sum(self.counts) + self.unplaced

    def between(self, lowest: Level, highest: Level) -> int | None:
        """How many of those placed are on these levels; None if a block reaches across a limit."""
        ends = [-1, *self.cuts, len(Level) - 1]
        if lowest.rank - 1 not in ends or highest.rank not in ends or lowest.rank > highest.rank:
            return None
        return sum(self.counts[ends.index(lowest.rank - 1) : ends.index(highest.rank)])


def answer(releases: Sequence[Figure], **wanted: str) -> Answer | None:
    """The people of a college, a programme, a trade, or what belongs to several of them.

    `releases` are the trees of one round: at its release, and of late submissions. `wanted`:
    a key for each of `DIMENSIONS` that is asked for. None if nothing is published of it.
    """
    places = {DIMENSIONS.index(dimension): key for dimension, key in wanted.items()}
    found = [hit for figure in releases for hit in _matching(figure, places)]
    figures = [figure for figure in found if figure is not None]
    if not figures:
        return None
    cuts = _cuts(figures)
    placed = [figure for figure in figures if set(cuts) <= set(figure.cuts)]
    columns = zip(*(coarsened(figure, cuts) for figure in placed), strict=True)
    counts = tuple(map(sum, columns))
    return Answer(
        counts=counts,
        cuts=cuts,
        unplaced=sum(figure.people for figure in figures) - sum(counts),
        whole=len(figures) == len(found),
    )


def _cuts(figures: Sequence[Figure]) -> tuple[int, ...]:
    """The cuts that enough people's figures have in common: the least common are given up."""
    people = sum(figure.people for figure in figures)
    enough, of = PLACED
    cuts = sorted({cut for figure in figures for cut in figure.cuts})
    while of * sum(f.people for f in figures if set(cuts) <= set(f.cuts)) < enough * people:
        held = {cut: sum(f.people for f in figures if cut in f.cuts) for cut in cuts}
        cuts.remove(min(cuts, key=lambda cut: (held[cut], -cut)))
    return tuple(cuts)


def _matching(figure: Figure, places: Mapping[int, str]) -> Iterator[Figure | None]:
    """The figures to add up, none inside another; None for people who may belong or may not."""
    depth = len(figure.path)
    if any(figure.path[place] != key for place, key in places.items() if place < depth):
        return
    if figure.members and depth in places and places[depth] not in figure.members:
        return
    if all(place < depth for place in places):
        yield figure
    elif figure.parts:
        for part in figure.parts:
            yield from _matching(part, places)
    else:
        yield None
