"""Published figures as tables: groups in rows, each with its name and its blocks of levels.

Nothing is counted here. What is joined, such as blocks for a comparison, was published apart.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import msgspec

from domain.assessments.definition import Level
from domain.assessments.suppression import Figure, Path
from services.catalogues.catalogue import Catalogues
from services.county_figures.wording import figure_words
from services.results_files.exports import Cell
from services.texts.language import Language

KINDS = ("county", "college", "programme", "trade")
"""What a group is, by the length of its path."""

LEVELS = tuple(Level)


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """A group that is joined with others."""

    key: str
    name: str


class LevelBlock(msgspec.Struct, frozen=True, kw_only=True):
    """People on neighbouring levels, from the lowest to the highest."""

    lowest: Level
    highest: Level
    people: int


class FigureRow(msgspec.Struct, frozen=True, kw_only=True):
    """A group. `path` leads to it: college, programme, trade, as far as it goes.

    `members`: it joins these groups below `path`, of the `kind` named. Rows with the same
    `part_of` are disjoint, and together they are the row of that number.
    """

    number: int
    part_of: int | None = None
    kind: str
    path: list[str]
    name: str
    members: list[Member]
    people: int
    blocks: list[LevelBlock]


class ChangedBlock(msgspec.Struct, frozen=True, kw_only=True):
    """People on these levels in the first test, and in the retest."""

    lowest: Level
    highest: Level
    first: int
    retest: int


class ChangeRow(msgspec.Struct, frozen=True, kw_only=True):
    """A group in the first test and the retest, over the blocks that both have.

    Not all of it took both tests: the people are not paired.
    """

    kind: str
    path: list[str]
    name: str
    blocks: list[ChangedBlock]


class FigureNames(msgspec.Struct, frozen=True, kw_only=True):
    """What the parts of a path are called; what is not known is called by its key."""

    colleges: Mapping[str, str]
    catalogues: Catalogues
    language: Language

    def of(self, path: Path) -> str:
        """The last part's name; the county's if there is none."""
        match path:
            case (college,):
                return self.colleges.get(college, college)
            case (_, programme):
                return f"{programme} {self.catalogues.programme_name(programme)}"
            case (_, _, trade):
                return f"{trade} {self.catalogues.trade_name(trade)}"
            case _:
                return figure_words().kinds["county"][self.language]


def rows_of(figure: Figure, names: FigureNames) -> list[FigureRow]:
    """The tree as rows, each before its parts, numbered from 1."""
    rows: list[FigureRow] = []

    def put(this: Figure, part_of: int | None) -> None:
        number = len(rows) + 1
        rows.append(_row(this, number, part_of, names))
        for part in this.parts:
            put(part, number)

    put(figure, None)
    return rows


def changes(first: Figure, retest: Figure, names: FigureNames) -> list[ChangeRow]:
    """The groups that both have, over the blocks that both have."""
    before, after = dict(_groups(first)), dict(_groups(retest))
    return [
        ChangeRow(
            kind=KINDS[len(path)],
            path=list(path),
            name=names.of(path),
            blocks=_changed(before[path], this),
        )
        for path, this in after.items()
        if path in before
    ]


def level_blocks(cuts: Sequence[int], counts: Sequence[int]) -> list[LevelBlock]:
    """Counts with the levels their blocks go from and to."""
    return [
        LevelBlock(lowest=lowest, highest=highest, people=people)
        for (lowest, highest), people in zip(_bands(cuts), counts, strict=True)
    ]


def export_headings(language: Language) -> list[str]:
    return [heading[language] for heading in figure_words().headings.values()]


def export_rows(
    release: int, citation: str, rows: Sequence[FigureRow], names: FigureNames
) -> Iterator[Sequence[Cell]]:
    """A line for each block, so that a spreadsheet can pivot them."""
    words = figure_words()
    for row in rows:
        path = tuple(row.path)
        named = [names.of(path[: depth + 1]) for depth in range(len(path))]
        kind = words.kinds[row.kind][names.language]
        for block in row.blocks:
            yield (
                citation,
                release,
                row.number,
                row.part_of,
                f"{kind}, {words.joined[names.language]}" if row.members else kind,
                *(named[depth] if depth < len(named) else None for depth in range(3)),
                "; ".join(member.name for member in row.members) or None,
                row.people,
                block.lowest,
                block.highest,
                block.people,
            )


def _row(this: Figure, number: int, part_of: int | None, names: FigureNames) -> FigureRow:
    members = [Member(key=key, name=names.of((*this.path, key))) for key in this.members]
    return FigureRow(
        number=number,
        part_of=part_of,
        kind=KINDS[len(this.path) + bool(members)],
        path=list(this.path),
        name="; ".join(member.name for member in members) or names.of(this.path),
        members=members,
        people=this.people,
        blocks=level_blocks(this.cuts, this.counts),
    )


def _groups(figure: Figure) -> Iterator[tuple[Path, Figure]]:
    """Every group that is shown for itself."""
    if not figure.members:
        yield figure.path, figure
    for part in figure.parts:
        yield from _groups(part)


def _changed(first: Figure, retest: Figure) -> list[ChangedBlock]:
    cuts = tuple(cut for cut in first.cuts if cut in retest.cuts)
    return [
        ChangedBlock(lowest=lowest, highest=highest, first=before, retest=after)
        for (lowest, highest), before, after in zip(
            _bands(cuts), _over(first, cuts), _over(retest, cuts), strict=True
        )
    ]


def _over(figure: Figure, cuts: Sequence[int]) -> list[int]:
    """The figure's counts over blocks that its own are parts of."""
    ends = (*figure.cuts, len(LEVELS) - 1)
    borders = pairwise((-1, *cuts, len(LEVELS) - 1))
    return [
        sum(n for end, n in zip(ends, figure.counts, strict=True) if low < end <= high)
        for low, high in borders
    ]


def _bands(cuts: Sequence[int]) -> list[tuple[Level, Level]]:
    return [(LEVELS[low + 1], LEVELS[high]) for low, high in pairwise((-1, *cuts, len(LEVELS) - 1))]
