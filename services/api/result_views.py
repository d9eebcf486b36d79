"""How results come in and go out: one learner's sitting, the rows of a class, a file's effect."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, TypeAlias
from uuid import UUID

import msgspec

from domain.assessments.class_assessment import Standing, stage_of
from domain.assessments.commands_class import Row
from domain.assessments.definition import Definition
from domain.assessments.results import Attendance, PartScore, Result
from domain.assessments.scoring import totals
from domain.kernel import Erased
from services.api import assessment_bounds as bounds
from services.api.bounds import END, NO_NUL, Key, checked_day
from services.api.class_access import ClassInRound
from services.api.faults import Fault
from services.eventstore.group_commit import Receipt
from services.results_files.difference import Difference
from services.results_files.shown import ShownTable

MOST_ROWS = 100
"""More than a class has; whoever has more classes sends a request for each."""

Pseudonym: TypeAlias = Annotated[
    str,
    msgspec.Meta(
        pattern=rf"^[A-Za-z0-9_.~:+/=-]{{1,64}}{END}",
        examples=["MFRG-GZDF-MZTW-Q2LK-B"],
        description="Never a name: letters, digits and signs without spaces.",
    ),
]
Gaps: TypeAlias = Annotated[
    str,
    msgspec.Meta(
        pattern=rf"^[erwo]{{0,{bounds.MOST_GAPS}}}{END}",
        examples=["eerwo"],
        description="Of each gap in order: exact, recognised only, wrong, omitted.",
    ),
]
FormOfTest: TypeAlias = Annotated[
    str, msgspec.Meta(max_length=20, pattern=NO_NUL, examples=["A"], description="The test form.")
]
MaybeReason: TypeAlias = Annotated[
    str,
    msgspec.Meta(
        max_length=2_000,
        pattern=NO_NUL,
        examples=["Übertragungsfehler im zweiten Text."],
        description="Needed if something is corrected that was recorded before.",
    ),
]


class ScoreEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The score in one part. In a subtest `exact` and `recognition` are both its points."""

    part: Key
    exact: bounds.Points
    recognition: bounds.Points
    omitted: bounds.Points = 0
    gaps: Gaps = ""


class ResultEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One learner's result, typed by hand."""

    taken_on: date | None = None
    attendance: Attendance = Attendance.PRESENT
    scores: Annotated[tuple[ScoreEntry, ...], msgspec.Meta(max_length=bounds.MOST_PARTS)] = ()
    accommodation: Annotated[tuple[Key, ...], msgspec.Meta(max_length=20)] = ()
    form: FormOfTest = ""
    reason: MaybeReason = ""


class RowEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One learner's result, with whom it is of."""

    pseudonym: Pseudonym
    taken_on: date | None = None
    attendance: Attendance = Attendance.PRESENT
    scores: Annotated[tuple[ScoreEntry, ...], msgspec.Meta(max_length=bounds.MOST_PARTS)] = ()
    accommodation: Annotated[tuple[Key, ...], msgspec.Meta(max_length=20)] = ()
    form: FormOfTest = ""


class RowEntries(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Results as a program sends them, of one learner or of many: all are recorded or none."""

    rows: Annotated[tuple[RowEntry, ...], msgspec.Meta(min_length=1, max_length=MOST_ROWS)]
    reason: MaybeReason = ""


class ResultRow(msgspec.Struct, frozen=True, kw_only=True):
    """What stands for a learner; `result` is null if there is none yet.

    `exact` and `recognition` are the sums over the parts that count; null without scores.
    """

    learner: UUID
    pseudonym: str | Erased
    result: Result | Erased | None
    exact: int | None
    recognition: int | None


class ResultSheet(msgspec.Struct, frozen=True, kw_only=True):
    """The results of a class in a round, in the order in which learners came into the class."""

    training_class: UUID
    round: UUID
    stage: str
    round_stage: str
    closes_at: datetime
    instrument: str
    instrument_version: int
    version: int
    rows: list[ResultRow]


class FilePreview(msgspec.Struct, frozen=True, kw_only=True):
    """What a file would do. With `faults` it would do nothing.

    `joining` are new in the class, `open` have nothing entered in the file yet. Whoever applies
    it names the `version` that is shown here. `table` is what stands in the file, so that faults
    can be shown in their cells; null if there is no table that could be read.
    """

    rows: int
    faults: list[Fault]
    joining: list[str]
    open: list[str]
    difference: Difference
    message: str
    version: int
    table: ShownTable | None = None


class FileDecision(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a file. `position` is its place in the log; `recorded` is false if it was so.

    At `receipt` is the proof that it is in the log; there is none if nothing was recorded.
    """

    id: UUID
    version: int
    position: int
    recorded: bool
    recorded_at: datetime
    receipt: str | None
    message: str


def row_of(entry: RowEntry, index: int) -> Row:
    """The row of a command. Raises EdgeProblem for a day beyond calendars."""
    checked_day(entry.taken_on, pointer=f"/rows/{index}/taken_on")
    return Row(pseudonym=entry.pseudonym, result=result_of(entry))


def typed_result(entry: ResultEntry) -> Result:
    """The result of one learner. Raises EdgeProblem for a day beyond calendars."""
    checked_day(entry.taken_on, pointer="/taken_on")
    return result_of(entry)


def result_of(entry: ResultEntry | RowEntry) -> Result:
    return Result(
        taken_on=entry.taken_on,
        attendance=entry.attendance,
        scores=tuple(
            PartScore(
                part=score.part,
                exact=score.exact,
                recognition=score.recognition,
                omitted=score.omitted,
                gaps=score.gaps,
            )
            for score in entry.scores
        ),
        accommodation=entry.accommodation,
        form=entry.form,
    )


def sheet_view(found: ClassInRound) -> ResultSheet:
    """All learners of the class, those without a result too."""
    standings, plan = found.sheet.standings, found.plan
    return ResultSheet(
        training_class=found.id,
        round=plan.round,
        stage=stage_of(found.sheet),
        round_stage=found.stage,
        closes_at=plan.closes_for(found.this.details.college),
        instrument=plan.instrument,
        instrument_version=plan.version,
        version=found.version,
        rows=[
            _row(learner, who, standings.get(learner), found.definition)
            for learner, who in found.this.learners.items()
        ],
    )


def file_decision(receipt: Receipt, message: str) -> FileDecision:
    recorded = receipt.first <= receipt.last
    return FileDecision(
        id=receipt.stream,
        version=receipt.version,
        position=receipt.last,
        recorded=recorded,
        recorded_at=receipt.recorded_at,
        receipt=f"/api/v1/receipts/{receipt.command}" if recorded else None,
        message=message,
    )


def part_index(scores: Sequence[ScoreEntry], part: object) -> int | None:
    """Where among the scores that of the part is, if it is there."""
    return next((i for i, score in enumerate(scores) if score.part == part), None)


def _row(
    learner: UUID, who: str | Erased, standing: Standing | None, definition: Definition
) -> ResultRow:
    result = standing.result if standing else None
    sums = totals(result, definition) if isinstance(result, Result) and result.scores else None
    return ResultRow(
        learner=learner,
        pseudonym=who,
        result=result,
        exact=sums.exact if sums else None,
        recognition=sums.recognition if sums else None,
    )
