"""Whether published figures keep the two rules that make them safe, without trusting who made them.

The rules and why they are enough stand in `suppression`. Whoever stores a release checks it first.
"""

from collections.abc import Iterable, Iterator

from domain.assessments.suppression import LEAST, Counts, Figure


def faults(figure: Figure, *, least: int = LEAST) -> tuple[str, ...]:
    """What breaks a rule in this tree of figures, a sentence each; none if it is safe."""
    return tuple(_faults(figure, least))


def _faults(figure: Figure, least: int) -> Iterator[str]:
    where = "/".join(figure.path) or "everybody"
    if figure.members:
        where += f" (pool of {len(figure.members)})"
    if any(not _well_formed(member) for member in (figure, *figure.parts)):
        yield f"{where}: counts do not belong to their cuts"
        return
    if min(figure.counts) < least:
        yield f"{where}: a count stands for fewer than {least}"
    if figure.parts:
        yield from _faults_of_parts(figure, where)
    for part in figure.parts:
        yield from _faults(part, least)


def _faults_of_parts(figure: Figure, where: str) -> Iterator[str]:
    cuts = figure.parts[0].cuts
    if any(part.cuts != cuts for part in figure.parts):
        yield f"{where}: the parts have different blocks"
    elif not set(cuts) <= set(figure.cuts):
        yield f"{where}: the parts have finer blocks than the whole"
    elif together(figure.parts) != coarsened(figure, cuts):
        yield f"{where}: the parts are not the whole"
    keys = [key for part in figure.parts for key in part.members or part.path[-1:]]
    if len(keys) != len(set(keys)) or (figure.members and set(keys) != set(figure.members)):
        yield f"{where}: a group is missing or twice among the parts"


def _well_formed(figure: Figure) -> bool:
    cuts = list(figure.cuts)
    return len(figure.counts) == len(cuts) + 1 and cuts == sorted(set(cuts))


def coarsened(figure: Figure, cuts: tuple[int, ...]) -> Counts:
    """The figure's counts over fewer cuts. Each of them must be one of the figure's."""
    joined = [0]
    for position, count in enumerate(figure.counts):
        joined[-1] += count
        if position < len(figure.cuts) and figure.cuts[position] in cuts:
            joined.append(0)
    return tuple(joined)


def together(figures: Iterable[Figure]) -> Counts:
    """The sums, block by block, of figures over the same cuts."""
    return tuple(map(sum, zip(*(figure.counts for figure in figures), strict=True)))
