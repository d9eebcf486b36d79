"""County figures that give nobody away: which groups are shown, over which blocks of levels.

**Method.** One tree of groups (county, colleges, their programmes, their trades) is published for
each release, and nothing else. A figure is a group's people counted in blocks of neighbouring
levels. Two rules make it safe:

1. every count is at least `LEAST`; what is too small is joined: levels into wider blocks, groups
   into a pool of siblings. Zeros are joined too, so nothing says "nobody" or "all of them";
2. the parts of a figure are disjoint, together they are the figure, all of them have the same
   blocks, and these are the figure's blocks or unions of them.

**Why that is enough.** Take all that is published as a linear system (this includes every
difference of two answers). Inside one block of the parts, the unknown counts of parts by finer
blocks are a transport problem: its row sums are the parts' counts, its column sums the figure's.
Any choice for the figure can be carried on to the parts, and from them to theirs, so each step is
independent of the next, and in a transport problem a cell can be as large as the smaller of its
two sums (the Fréchet bound, which whole numbers attain; Dobra and Fienberg, PNAS 97, 2000, show it
for all decomposable sets of margins). So for every group and every level, the largest count that
agrees with all that is published is the smallest published count on the way to it: at least
`LEAST`, or the group's whole size if somebody knows that. No cell is shown to be small, and as
this holds for at least two blocks wherever there are blocks, nobody's block is certain.

**Against time.** People are counted once. A later release counts only those never counted before,
as a tree of its own by the same rules, and never if they are fewer than `LEAST`. A correction, an
erasure or a move changes no published figure: nothing is ever counted anew, so there are no two
figures of the same people to take from each other. Trees of different people share no unknown, and
so do those of other rounds: a first test and its retest count what the same people could at two
times, and their difference in people only says how many more came than stayed away.

**Left out on purpose.** Means and medians (a mean times its n is a sum, which would be one more
equation for each group), matched pairs of first test and retest (who took both is a part of who
took one, and their difference is a handful of people), and a second tree that crosses the first.

Complementary suppression of cells and its audit by intervals, which this replaces, is described in
Hundepool et al., Handbook on Statistical Disclosure Control, ch. 4 and 5
(https://sdctools.github.io/HandbookSDC/), joining of categories there as table redesign.
"""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import NamedTuple, TypeAlias
from uuid import UUID

import msgspec

from domain.assessments.definition import Level

LEAST = 5
"""The fewest people a published count may stand for (requirement R3.6)."""

MAIN_CUTS = frozenset(
    level.rank for level in (Level.A1_A2, Level.A2_B1, Level.B1_B2, Level.B2_C1, Level.C1)
)
"""Where a main level of the CEFR ends. The other cuts part half levels and are given up first."""

Path: TypeAlias = tuple[str, ...]
Counts: TypeAlias = tuple[int, ...]


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A group's people, counted in blocks of neighbouring levels.

    `cuts` are the ranks of the levels at which a block ends, upwards, without the last level;
    `counts` has one number more. No cuts: nothing is said about levels. `members`: the figure is a
    pool, and these are the keys of the groups below `path` that it joins. `parts` divide it.
    """

    path: Path
    counts: Counts
    cuts: tuple[int, ...] = ()
    members: tuple[str, ...] = ()
    parts: "tuple[Figure, ...]" = ()

    @property
    def people(self) -> int:
        return sum(self.counts)


class Assessed(NamedTuple):
    """Somebody whose result has a meaning. `path`: college, programme, trade."""

    learner: UUID
    path: Path
    level: Level


def tally(people: Iterable[Assessed], counted: Container[UUID] = ()) -> dict[Path, Counts]:
    """What `publish` asks for: how many people of each group are on each level.

    `counted` are those whom an earlier release of the round counted, as they were then: they are
    left out, whatever has become of their results. Take them from what was recorded when that
    release was published; after an erasure the log alone no longer tells who was on which level.
    """
    counts: dict[Path, list[int]] = {}
    for person in people:
        if person.learner not in counted:
            counts.setdefault(person.path, [0] * len(Level))[person.level.rank] += 1
    return {path: tuple(levels) for path, levels in counts.items()}


def publish(counts: Mapping[Path, Sequence[int]], *, least: int = LEAST) -> Figure | None:
    """The tree of figures of these people; None if they are too few.

    `counts`: for each group, by its whole path (college, programme, trade), how many people are on
    each level, from the lowest; all paths have one length. The same counts give the same tree, in
    whatever order they come.
    """
    groups = {path: tuple(levels) for path, levels in counts.items() if sum(levels)}
    if not groups:
        return None
    everybody = _sum(groups.values())
    if sum(everybody) < least:
        return None
    cuts = tuple(range(len(everybody) - 1))
    while not _shown(everybody, cuts, least):
        cuts = _fewer_cuts([everybody], cuts, least)
    return _figure((), groups, cuts, least)


def blocks(counts: Sequence[int], cuts: Sequence[int]) -> Counts:
    """Counts for each level, joined into the blocks that end at these cuts."""
    ends = (-1, *cuts, len(counts) - 1)
    return tuple(sum(counts[low + 1 : high + 1]) for low, high in pairwise(ends))


def _figure(path: Path, groups: Mapping[Path, Counts], cuts: tuple[int, ...], least: int) -> Figure:
    depth = len(path)
    below: dict[str, dict[Path, Counts]] = {}
    for group, levels in groups.items():
        if len(group) > depth:
            below.setdefault(group[depth], {})[group] = levels
    return Figure(
        path=path,
        cuts=cuts,
        counts=blocks(_sum(groups.values()), cuts),
        parts=_parts(path, below, cuts, least),
    )


def _parts(
    path: Path, siblings: Mapping[str, Mapping[Path, Counts]], cuts: tuple[int, ...], least: int
) -> tuple[Figure, ...]:
    """Show what can be shown over these blocks; the rest becomes a pool, divided more coarsely."""
    totals = {key: _sum(groups.values()) for key, groups in siblings.items()}
    shown, cuts = _showable(totals, cuts, least)
    if not shown:
        return ()
    figures = [_figure((*path, key), siblings[key], cuts, least) for key in sorted(shown)]
    pool = sorted(siblings.keys() - shown)
    if pool:
        figures.append(
            Figure(
                path=path,
                members=tuple(pool),
                cuts=cuts,
                counts=blocks(_sum(totals[key] for key in pool), cuts),
                parts=_parts(path, {key: siblings[key] for key in pool}, cuts, least),
            )
        )
    return tuple(figures)


def _showable(
    totals: Mapping[str, Counts], cuts: tuple[int, ...], least: int
) -> tuple[set[str], tuple[int, ...]]:
    """The siblings that may be shown over the most of these cuts that let any be shown."""
    while totals:
        shown = {key for key, levels in totals.items() if _shown(levels, cuts, least)}
        shown -= _companions(totals, shown, partial(_shown, cuts=cuts, least=least))
        if shown:
            return shown, cuts
        if not cuts:
            break
        cuts = _fewer_cuts(totals.values(), cuts, least)
    return set(), cuts


def _companions(
    totals: Mapping[str, Counts], shown: set[str], enough: Callable[[Counts], bool]
) -> set[str]:
    """Those of the `shown`, the smallest first, that must join the rest to make it large enough.

    Without them the rest would follow from their parent's figure by subtraction.
    """
    rest = [levels for key, levels in totals.items() if key not in shown]
    if not rest:
        return set()
    pooled = _sum(rest)
    joined: list[str] = []
    for key in sorted(shown, key=lambda key: (sum(totals[key]), key)):
        if enough(pooled):
            break
        joined.append(key)
        pooled = _sum((pooled, totals[key]))
    for key in tuple(joined):
        without = tuple(all_ - own for all_, own in zip(pooled, totals[key], strict=True))
        if enough(without):
            joined.remove(key)
            pooled = without
    return set(joined)


def _fewer_cuts(groups: Iterable[Counts], cuts: tuple[int, ...], least: int) -> tuple[int, ...]:
    """Give up one cut beside a block that is too small: of half levels first, then where most are.

    Of equals the highest goes, so that the lower levels, where help is needed, stay apart longest.
    """
    small = dict.fromkeys(cuts, 0)
    for levels in groups:
        for block, count in enumerate(blocks(levels, cuts)):
            if count < least:
                for cut in cuts[max(block - 1, 0) : block + 1]:
                    small[cut] += 1
    beside = [cut for cut in cuts if small[cut]] or list(cuts)
    given_up = max(beside, key=lambda cut: (cut not in MAIN_CUTS, small[cut], cut))
    return tuple(cut for cut in cuts if cut != given_up)


def _shown(levels: Counts, cuts: tuple[int, ...], least: int) -> bool:
    return min(blocks(levels, cuts)) >= least


def _sum(groups: Iterable[Counts]) -> Counts:
    return tuple(map(sum, zip(*groups, strict=True)))
