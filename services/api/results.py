"""Results of a class in a round: shown, typed, sent by a program, submitted, taken back."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from litestar import Controller, get, post, put
from litestar.di import NamedDependency
from litestar.openapi.spec import Example
from litestar.params import FromPath, HeaderParameter, JSONBody
from litestar.response import Response

from domain.assessments.commands_class import RecordResults, ReopenClass, Row, SubmitClass
from domain.assessments.errors_class import LearnerErased, RowFault, RowsFaulty, UnknownLearner
from domain.kernel import Erased
from services.api.access import SignedIn
from services.api.class_access import Classes
from services.api.decisions import (
    LONGEST_KEY,
    Clerk,
    Decision,
    IdempotencyKey,
    IfMatch,
    decided,
    etag,
    version_of,
)
from services.api.faults import Fault
from services.api.languages import language_of
from services.api.looks import Purpose, note_look
from services.api.problems import CHANGING, READING, EdgeProblem
from services.api.result_views import (
    ResultEntry,
    ResultSheet,
    RowEntries,
    ScoreEntry,
    part_index,
    row_of,
    sheet_view,
    typed_result,
)
from services.api.sections import Because
from services.texts import problem

IN_ROUND = "/classes/{training_class:uuid}/rounds/{round_id:uuid}"

MaybeIfMatch = Annotated[
    str | None,
    HeaderParameter(
        name="If-Match",
        min_length=1,
        max_length=LONGEST_KEY,
        required=False,
        description="The ETag of what was seen; without it, others may enter rows meanwhile.",
        examples=[Example(value='"7"')],
    ),
]


class ResultsController(Controller):
    """What learners of a class achieved. For its college alone, and each look is recorded."""

    path = IN_ROUND
    tags = ("Assessments",)

    @get("/results", operation_id="readResults", responses=READING)
    async def read_results(
        self,
        request: SignedIn,
        training_class: FromPath[UUID],
        round_id: FromPath[UUID],
        classes: NamedDependency[Classes],
        clerk: NamedDependency[Clerk],
    ) -> Response[ResultSheet]:
        """All learners of the class with their results in the round."""
        found = await classes.own_in_round(request, training_class, round_id, clerk.now())
        await note_look(request, clerk, training_class, Purpose.ROWS, round_id=round_id)
        return Response(sheet_view(found), headers={"ETag": etag(found.version)})

    @post("/results", operation_id="recordResults", status_code=200, responses=CHANGING)
    async def record_results(
        self,
        request: SignedIn,
        training_class: FromPath[UUID],
        round_id: FromPath[UUID],
        data: JSONBody[RowEntries],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
        if_match: MaybeIfMatch = None,
    ) -> Response[Decision]:
        """Record rows: new ones, the same ones again, or corrections with a reason.

        All or none. Learners who are not in the class yet join it.
        """
        rows = tuple(row_of(entry, index) for index, entry in enumerate(data.rows))
        command = RecordResults(
            training_class=training_class, round=round_id, rows=rows, reason=data.reason
        )
        expected = None if if_match is None else version_of(if_match)
        try:
            receipt = await clerk.decide(request, command, key=key, expected_version=expected)
        except RowsFaulty as error:
            scores = [entry.scores for entry in data.rows]
            raise _faulty_rows(request, error, scores, "/rows/{row}") from None
        return decided(receipt)

    @put("/results/{learner:uuid}", operation_id="recordResult", responses=CHANGING)
    async def record_result(
        self,
        request: SignedIn,
        training_class: FromPath[UUID],
        round_id: FromPath[UUID],
        learner: FromPath[UUID],
        data: JSONBody[ResultEntry],
        classes: NamedDependency[Classes],
        clerk: NamedDependency[Clerk],
        if_match: MaybeIfMatch = None,
    ) -> Response[Decision]:
        """Record or correct the result of one learner of the class."""
        found = await classes.own(request, training_class, clerk.now())
        who = found.this.learners.get(learner)
        if who is None:
            raise UnknownLearner
        if isinstance(who, Erased):
            raise LearnerErased
        command = RecordResults(
            training_class=training_class,
            round=round_id,
            rows=(Row(pseudonym=who, result=typed_result(data)),),
            reason=data.reason,
        )
        expected = None if if_match is None else version_of(if_match)
        try:
            receipt = await clerk.decide(request, command, expected_version=expected)
        except RowsFaulty as error:
            raise _faulty_rows(request, error, [data.scores], "") from None
        return decided(receipt)

    @post("/submission", operation_id="submitClass", status_code=200, responses=CHANGING)
    async def submit_class(
        self,
        request: SignedIn,
        training_class: FromPath[UUID],
        round_id: FromPath[UUID],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Say that the class is complete: everybody in it has a row, be it as absent."""
        command = SubmitClass(training_class=training_class, round=round_id)
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post("/reopening", operation_id="reopenClass", status_code=200, responses=CHANGING)
    async def reopen_class(
        self,
        request: SignedIn,
        training_class: FromPath[UUID],
        round_id: FromPath[UUID],
        data: JSONBody[Because],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Take the submission back while the window is open, with a reason."""
        command = ReopenClass(training_class=training_class, round=round_id, reason=data.reason)
        return await clerk.answer(request, command, key=key, if_match=if_match)


def _faulty_rows(
    request: SignedIn,
    error: RowsFaulty,
    scores: Sequence[Sequence[ScoreEntry]],
    row_pointer: str,
) -> EdgeProblem:
    """Each fault with a pointer to its row or its part's score."""
    language = language_of(request)
    return EdgeProblem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        error.code,
        facts=error.facts,
        errors=tuple(
            Fault(
                detail=problem(fault.error.code, language, fault.error.facts).detail,
                code=fault.error.code,
                pointer=row_pointer.format(row=fault.row) + _place(fault, scores[fault.row]),
            )
            for fault in error.faults
        ),
    )


def _place(fault: RowFault, scores: Sequence[ScoreEntry]) -> str:
    index = part_index(scores, fault.error.facts.get("part"))
    return "" if index is None else f"/scores/{index}"
