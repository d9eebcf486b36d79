"""What an assessment instrument consists of: texts with gaps or subtests, cut scores, rules."""

from datetime import date
from enum import StrEnum

import msgspec


class Level(StrEnum):
    """The fourteen levels of the school administration's catalogue, from the lowest.

    Source: SVWS-Server, catalogue Sprachreferenzniveau. Their order is that of their members.
    """

    A1_MINUS = "A1-"
    A1 = "A1"
    A1_PLUS = "A1+"
    A1_A2 = "A1/A2"
    A2 = "A2"
    A2_PLUS = "A2+"
    A2_B1 = "A2/B1"
    B1 = "B1"
    B1_PLUS = "B1+"
    B1_B2 = "B1/B2"
    B2 = "B2"
    B2_C1 = "B2/C1"
    C1 = "C1"
    C2 = "C2"

    @property
    def rank(self) -> int:
        """0 for the lowest to 13 for the highest."""
        return list(Level).index(self)


class Kind(StrEnum):
    """A C-test counts gaps twice, exactly and by recognition; subtests have points only."""

    C_TEST = "c-test"
    SUBTESTS = "subtests"


class Gap(msgspec.Struct, frozen=True, kw_only=True):
    """`accepted` are its right answers; `recognised` show that the word was known, though wrong."""

    accepted: tuple[str, ...]
    recognised: tuple[str, ...] = ()


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A text of a C-test or a subtest. `maximum` is its number of gaps or its most points.

    A pilot part is tried out and does not count. `text` has `{1}`, `{2}`, … where its gaps are;
    both text and gaps may be left out if the instrument is kept elsewhere.
    """

    key: str
    title: str
    maximum: int
    pilot: bool = False
    text: str = ""
    gaps: tuple[Gap, ...] = ()


class Cut(msgspec.Struct, frozen=True, kw_only=True):
    """From this exact score on (the sum over the parts that count) the level is this one."""

    level: Level
    at_least: int


class CutScores(msgspec.Struct, frozen=True, kw_only=True):
    """There is no official cut score for such a test: who set these, how, and when.

    `cuts` go upwards, the first from 0 on.
    """

    version: str
    author: str
    method: str
    set_on: date
    cuts: tuple[Cut, ...]


class Norms(msgspec.Struct, frozen=True, kw_only=True):
    """How exactly the score measures, as a trial with so many people has shown.

    `reliability` is Cronbach's alpha in thousandths, `deviation` the standard deviation of the
    score in hundredths of a point.
    """

    reliability: int
    deviation: int
    people: int
    source: str


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """Measures for a band of levels, a difference of the scores, and trades.

    `difference` is the least difference of recognition and exact score in hundredths of the
    maximum (percent). `programmes` and `trades` are keys of the catalogues; none means all.
    """

    key: str
    lowest: Level
    highest: Level
    measures: tuple[str, ...]
    difference: int = 0
    programmes: tuple[str, ...] = ()
    trades: tuple[str, ...] = ()


class Definition(msgspec.Struct, frozen=True, kw_only=True):
    """One version of an instrument, whole. Never changed once approved."""

    kind: Kind
    parts: tuple[Part, ...]
    cut_scores: CutScores
    norms: Norms
    rules: tuple[Rule, ...] = ()

    @property
    def counted(self) -> tuple[Part, ...]:
        """The parts that count."""
        return tuple(part for part in self.parts if not part.pilot)

    @property
    def maximum(self) -> int:
        """The highest score."""
        return sum(part.maximum for part in self.counted)
