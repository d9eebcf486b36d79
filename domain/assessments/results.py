"""What a learner achieved, and what it means."""

from datetime import date
from enum import StrEnum

import msgspec

from domain.assessments.definition import Level


class Attendance(StrEnum):
    """Only who took the test has scores; who broke it off has those of the parts they did."""

    PRESENT = "present"
    ABSENT = "absent"
    ABORTED = "aborted"


class PartScore(msgspec.Struct, frozen=True, kw_only=True):
    """`0 <= exact <= recognition <= maximum of the part`; `omitted` gaps have no answer.

    For a subtest both are its points. `gaps`, if the college has them, says of each gap in order:
    `e` exact, `r` recognised only, `w` wrong, `o` omitted.
    """

    part: str
    exact: int
    recognition: int
    omitted: int = 0
    gaps: str = ""


class Result(msgspec.Struct, frozen=True, kw_only=True, tag="result"):
    """One learner's sitting.

    `accommodation` names what made up for a disability, in keys of the catalogue (extra time, …);
    never the disability.
    """

    taken_on: date | None = None
    attendance: Attendance = Attendance.PRESENT
    scores: tuple[PartScore, ...] = ()
    accommodation: tuple[str, ...] = ()
    form: str = ""


class Meaning(msgspec.Struct, frozen=True, kw_only=True, tag="meaning"):
    """What a result means by the instrument's version. A band, never a certificate.

    Scores count the parts that count. The true level lies between `lowest` and `highest` within
    one standard error of measurement (`error`, in hundredths of a point) around the score.
    `borderline`: the interval reaches into another level, a teacher takes a second look.
    """

    exact: int
    recognition: int
    maximum: int
    level: Level
    lowest: Level
    highest: Level
    error: int
    cut_scores: str
    borderline: bool
    rules: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
