"""How well an instrument measured in a round: computed from the rows, kept in whole numbers."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from typing import TYPE_CHECKING

from domain.assessments.definition import Definition
from domain.assessments.measured import (
    Measured,
    MeasuredConcern,
    MeasuredItem,
    MeasuredScale,
    MeasuredText,
)
from domain.assessments.results import Result
from domain.assessments.suppression import LEAST

if TYPE_CHECKING:
    from domain.assessments.statistics import (
        InstrumentStatistics,
        Item,
        Scale,
        TextStatistics,
    )

Sittings = AsyncIterator[Sequence[tuple[str, Result]]]


async def measured(definition: Definition, sittings: Sittings) -> Measured | None:
    """None if fewer than five people took all of the test. Takes the rows in as they come."""
    loop = asyncio.get_running_loop()

    async def following() -> Sequence[tuple[str, Result]] | None:
        return await anext(sittings, None)

    def rows() -> Iterator[tuple[str, Result]]:
        while True:
            batch = asyncio.run_coroutine_threadsafe(following(), loop).result()
            if batch is None:
                return
            yield from batch

    return await asyncio.to_thread(_computed, definition, rows())


def _computed(definition: Definition, rows: Iterator[tuple[str, Result]]) -> Measured | None:
    # Its libraries take a third of a second to import, and few processes ever compute this.
    from domain.assessments.statistics import instrument_statistics  # noqa: PLC0415

    return in_whole_numbers(instrument_statistics(definition, rows))


def in_whole_numbers(found: "InstrumentStatistics") -> Measured | None:
    """As it is kept. Gaps are told of if five learners have them and no one to four are without."""
    if found.learners < LEAST:
        return None
    return Measured(
        learners=found.learners - found.learners % LEAST,
        classes=found.classes,
        exact=_scale(found.exact),
        recognition=_scale(found.recognition),
        texts=tuple(_text(text, found.learners) for text in found.texts),
        concerns=tuple(MeasuredConcern(code=one.code, part=one.part) for one in found.concerns),
    )


def _text(text: "TextStatistics", learners: int) -> MeasuredText:
    without = learners - text.learners_with_gaps
    tells_of_gaps = text.learners_with_gaps >= LEAST and not 0 < without < LEAST
    return MeasuredText(
        part=text.part,
        pilot=text.pilot,
        exact=_item(text.exact),
        recognition=_item(text.recognition),
        gaps_exact=tuple(map(_item, text.gaps_exact)) if tells_of_gaps else (),
        gaps_recognition=tuple(map(_item, text.gaps_recognition)) if tells_of_gaps else (),
    )


def _item(item: "Item") -> MeasuredItem:
    return MeasuredItem(
        difficulty=_whole(item.difficulty, 1000), discrimination=_whole(item.discrimination, 1000)
    )


def _scale(scale: "Scale") -> MeasuredScale:
    return MeasuredScale(
        mean=_whole(scale.mean, 100),
        deviation=_whole(scale.deviation, 100),
        error=_whole(scale.error, 100),
        alpha=_whole(scale.alpha, 1000),
        lowest_alpha=_whole(scale.lowest_alpha, 1000),
        highest_alpha=_whole(scale.highest_alpha, 1000),
    )


def _whole(figure: float | None, parts: int) -> int | None:
    return None if figure is None else round(figure * parts)
