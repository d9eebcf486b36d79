"""The results of a class in a round: recorded, corrected, submitted, taken back."""

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from domain.assessments.class_assessment import (
    Collecting,
    Registered,
    Released,
    Sheet,
    Submitted,
    sheet_of,
    stage_of,
)
from domain.assessments.commands import learner_id
from domain.assessments.commands_class import RecordResults, ReopenClass, Row, SubmitClass
from domain.assessments.context import ClassContext
from domain.assessments.definition import Definition
from domain.assessments.enrolling import enrolments
from domain.assessments.errors import (
    NotInvited,
    OtherSchoolYear,
    RoundNotOpen,
    UnknownRound,
    WindowHasClosed,
)
from domain.assessments.errors_class import (
    ClassAlreadySubmitted,
    ClassNotSubmitted,
    LearnerErased,
    LearnersWithoutResult,
    LearnerTwice,
    NothingToSubmit,
    NotYetTaken,
    PseudonymMissing,
    RowFault,
    RowsFaulty,
    UnknownAccommodation,
)
from domain.assessments.errors_instrument import UnknownVersion
from domain.assessments.events_class import (
    ClassEvent,
    ClassReopened,
    ClassSubmitted,
    ResultAssessed,
    ResultCorrected,
    ResultRecorded,
)
from domain.assessments.meaning import meaning
from domain.assessments.results import Result
from domain.assessments.round import Announced, Cancelled, Open, Plan, Unknown
from domain.assessments.round import stage_of as stage_of_round
from domain.assessments.scoring import faults, in_order
from domain.assessments.wording import check_reason
from domain.kernel import DomainError, Erased


def record_results(
    command: RecordResults, this: Registered, context: ClassContext
) -> Sequence[ClassEvent]:
    """All rows or none: new ones while the window is open, corrections also after the release."""
    sheet = sheet_of(this, command.round)
    plan = _round_of(this, command.round, context)
    if not isinstance(sheet, Released):
        _check_open(plan, this, context)
    elif isinstance(context.round, Cancelled):
        raise RoundNotOpen(stage_of_round(context.round))
    definition = definition_of(plan, context)
    college = this.details.college
    rows = [(learner_id(college, row.pseudonym), row) for row in command.rows]
    found = tuple(_faults(rows, this, sheet, definition, context))
    if found:
        raise RowsFaulty(found)
    results = {learner: in_order(row.result, definition) for learner, row in rows}
    new = {learner: r for learner, r in results.items() if learner not in sheet.standings}
    if new and not isinstance(sheet, Collecting):
        raise ClassAlreadySubmitted
    corrected = {
        learner: result
        for learner, result in results.items()
        if learner not in new and sheet.standings[learner].result != result
    }
    if corrected:
        check_reason(command.reason)
    released_by = definition if isinstance(sheet, Released) else None
    return [
        *enrolments(this, {learner: row.pseudonym for learner, row in rows}),
        *(_recorded(this, command.round, learner, result) for learner, result in new.items()),
        *(
            event
            for learner, result in corrected.items()
            for event in _corrections(this, command, learner, result, released_by)
        ),
    ]


def submit_class(
    command: SubmitClass, this: Registered, context: ClassContext
) -> Sequence[ClassEvent]:
    """Everybody in the class has a row. Whose data were erased needs none."""
    sheet = sheet_of(this, command.round)
    if not isinstance(sheet, Collecting):
        return []
    _check_open(_round_of(this, command.round, context), this, context)
    if not sheet.standings:
        raise NothingToSubmit
    without = [
        learner
        for learner, pseudonym in this.learners.items()
        if learner not in sheet.standings and not isinstance(pseudonym, Erased)
    ]
    if without:
        raise LearnersWithoutResult(len(without))
    return [
        ClassSubmitted(
            training_class=this.details.training_class,
            round=command.round,
            learners=len(sheet.standings),
        )
    ]


def reopen_class(
    command: ReopenClass, this: Registered, context: ClassContext
) -> Sequence[ClassEvent]:
    """Take the submission back, while the window is open."""
    check_reason(command.reason)
    sheet = sheet_of(this, command.round)
    if isinstance(sheet, Collecting):
        return []
    _check_open(_round_of(this, command.round, context), this, context)
    if not isinstance(sheet, Submitted):
        raise ClassNotSubmitted(stage_of(sheet))
    return [
        ClassReopened(
            training_class=this.details.training_class,
            round=command.round,
            reason=command.reason,
        )
    ]


def definition_of(plan: Plan, context: ClassContext) -> Definition:
    if context.definition is None:
        raise UnknownVersion(plan.instrument, plan.version)
    return context.definition


def _round_of(this: Registered, named: UUID, context: ClassContext) -> Plan:
    """The plan of the round, if the class takes part in it."""
    if isinstance(context.round, Unknown):
        raise UnknownRound(str(named))
    plan = context.round.plan
    if this.details.college not in plan.colleges:
        raise NotInvited(this.details.college)
    if this.details.school_year != plan.school_year:
        raise OtherSchoolYear(plan.school_year, this.details.school_year)
    return plan


def _check_open(plan: Plan, this: Registered, context: ClassContext) -> None:
    """By the moments: while its process is away, a round that should have opened has opened."""
    has_come = isinstance(context.round, Announced) and context.at >= plan.opens_at
    if not has_come and not isinstance(context.round, Open):
        raise RoundNotOpen(stage_of_round(context.round))
    closed_at = plan.closes_for(this.details.college)
    if context.at >= closed_at:
        raise WindowHasClosed(closed_at.isoformat())


def _faults(
    rows: Sequence[tuple[UUID, Row]],
    this: Registered,
    sheet: Sheet,
    definition: Definition,
    context: ClassContext,
) -> Iterator[RowFault]:
    seen: set[str] = set()
    today = context.today
    for number, (learner, row) in enumerate(rows):
        errors: list[DomainError] = []
        if not row.pseudonym.strip():
            errors.append(PseudonymMissing())
        elif row.pseudonym in seen:
            errors.append(LearnerTwice())
        seen.add(row.pseudonym)
        if _is_erased(this, sheet, learner):
            errors.append(LearnerErased())
        errors += _sitting_faults(row.result, today, context.accommodations)
        errors += faults(row.result, definition)
        for error in errors:
            yield RowFault(row=number, pseudonym=row.pseudonym, error=error)


def _sitting_faults(
    result: Result, today: date, accommodations: frozenset[str]
) -> Iterator[DomainError]:
    if result.taken_on is not None and result.taken_on > today:
        yield NotYetTaken(result.taken_on.isoformat())
    for key in result.accommodation:
        if key not in accommodations:
            yield UnknownAccommodation(key)


def _is_erased(this: Registered, sheet: Sheet, learner: UUID) -> bool:
    standing = sheet.standings.get(learner)
    return isinstance(this.learners.get(learner), Erased) or (
        standing is not None and isinstance(standing.result, Erased)
    )


def _recorded(this: Registered, named: UUID, learner: UUID, result: Result) -> ResultRecorded:
    return ResultRecorded(
        training_class=this.details.training_class, round=named, learner=learner, result=result
    )


def _corrections(
    this: Registered,
    command: RecordResults,
    learner: UUID,
    result: Result,
    released_by: Definition | None,
) -> Iterator[ClassEvent]:
    """The correction and, once results are released, what the new one means."""
    details = this.details
    yield ResultCorrected(
        training_class=details.training_class,
        round=command.round,
        learner=learner,
        result=result,
        reason=command.reason,
    )
    if released_by is None:
        return
    found = meaning(result, released_by, programme=details.programme, trade=details.trade)
    if found is not None:
        yield ResultAssessed(
            training_class=details.training_class,
            round=command.round,
            learner=learner,
            meaning=found,
        )
