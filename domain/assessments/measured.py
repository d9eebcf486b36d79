"""How well an instrument measured in a round, in whole numbers, as it is kept for ever."""

import msgspec


class MeasuredItem(msgspec.Struct, frozen=True, kw_only=True):
    """A gap or a text, in thousandths: the share of points reached, the corrected correlation.

    None where it is not defined.
    """

    difficulty: int | None
    discrimination: int | None


class MeasuredScale(msgspec.Struct, frozen=True, kw_only=True):
    """The score: mean, deviation and standard error of measurement in hundredths of a point.

    Cronbach's alpha over the texts, with its interval of confidence (95 %), in thousandths.
    """

    mean: int | None
    deviation: int | None
    error: int | None
    alpha: int | None
    lowest_alpha: int | None
    highest_alpha: int | None


class MeasuredText(msgspec.Struct, frozen=True, kw_only=True):
    """A text or subtest. Of gaps nothing is said unless enough colleges told of them."""

    part: str
    pilot: bool
    exact: MeasuredItem
    recognition: MeasuredItem
    gaps_exact: tuple[MeasuredItem, ...] = ()
    gaps_recognition: tuple[MeasuredItem, ...] = ()


class MeasuredConcern(msgspec.Struct, frozen=True, kw_only=True):
    """`code`: `few-learners`, `few-classes`, `too-hard`, `too-easy`; the last two name a text."""

    code: str
    part: str = ""


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """`learners`: at least so many, counted in fives: beside other figures, few would stand out."""

    learners: int
    classes: int
    exact: MeasuredScale
    recognition: MeasuredScale
    texts: tuple[MeasuredText, ...]
    concerns: tuple[MeasuredConcern, ...]
