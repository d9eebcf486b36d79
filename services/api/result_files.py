"""Files of results as they come back: shown before they are applied, whole or not at all."""

import asyncio
from http import HTTPStatus
from io import BytesIO
from typing import Annotated
from urllib.parse import unquote
from uuid import UUID

from litestar import Controller, post
from litestar.di import NamedDependency
from litestar.openapi.spec import Example
from litestar.params import FromPath, HeaderParameter, QueryParameter
from litestar.response import Response

from domain.assessments.commands_class import RecordResults
from domain.assessments.errors import ReasonMissing
from domain.assessments.errors_class import RowsFaulty
from services.api.access import SignedIn
from services.api.class_access import Classes, ClassInRound
from services.api.decisions import Clerk, IdempotencyKey, etag, version_of
from services.api.faults import Fault
from services.api.languages import language_of, said_in
from services.api.looks import Purpose, note_look
from services.api.problems import CHANGING, EdgeProblem
from services.api.result_templates import about
from services.api.result_views import FileDecision, FilePreview, file_decision
from services.api.results import IN_ROUND, MaybeIfMatch
from services.api.uploads import (
    LARGEST_LIST,
    PASTED,
    RESULT_TYPES,
    TakesResults,
    content_type,
    file_faults,
    refuse_faults,
    uploaded,
)
from services.catalogues.catalogue import catalogues
from services.eventstore.database import Pool
from services.importers.faults import Fault as FileFault
from services.importers.faults import Place
from services.results_files.difference import Difference, difference
from services.results_files.reading import Expected, Reading, read_pasted, read_results
from services.results_files.shown import ShownTable, shown_file, shown_text
from services.texts import Language, problem
from services.texts.outcomes import outcome

LONGEST_REASON = 2_000

Enrols = Annotated[
    bool,
    QueryParameter(
        description="Learners who are not in the class yet join it; otherwise they are faults."
    ),
]
CorrectionReason = Annotated[
    str,
    HeaderParameter(
        name="Correction-Reason",
        max_length=3 * LONGEST_REASON,
        required=False,
        description="Why recorded results are corrected, percent-encoded UTF-8. Not in the"
        " address, which is written to logs.",
        examples=[Example(value="Text%202%20falsch%20%C3%BCbertragen")],
    ),
]


class ResultFilesController(Controller):
    """What is in a file of results. For the own college alone, and each look is recorded."""

    path = IN_ROUND
    tags = ("Assessments",)

    @post(
        "/results/preview",
        operation_id="checkResultsFile",
        status_code=200,
        request_max_body_size=None,
        operation_class=TakesResults,
        responses=CHANGING,
    )
    async def check_file(
        self,
        request: SignedIn,
        training_class: FromPath[UUID],
        round_id: FromPath[UUID],
        classes: NamedDependency[Classes],
        pool: NamedDependency[Pool],
        clerk: NamedDependency[Clerk],
        *,
        enrols: Enrols = False,
    ) -> Response[FilePreview]:
        """What a file would record and change, or what is wrong with it. Records no result.

        XLSX, ODS, CSV, or text pasted from a spreadsheet (`text/plain`). The ETag goes into the
        `If-Match` of whoever applies it.
        """
        found = await classes.own_in_round(request, training_class, round_id, clerk.now())
        expected = await _expected(found, classes, pool, clerk, enrols=enrols)
        file = await uploaded(request, limit=LARGEST_LIST, types=RESULT_TYPES)
        is_pasted = content_type(request) == PASTED
        reading = await _read(file, expected, is_pasted=is_pasted)
        await note_look(request, clerk, training_class, Purpose.FILE, round_id=round_id)
        language = language_of(request)
        change = difference(found.recorded, reading.rows) if not reading.faults else Difference()
        preview = FilePreview(
            rows=len(reading.rows),
            faults=list(file_faults(reading.faults, language)),
            joining=list(reading.new),
            open=list(reading.open),
            difference=change,
            message=_told(reading, change, language),
            version=found.version,
            table=await asyncio.to_thread(_table, file, expected, is_pasted=is_pasted),
        )
        return Response(preview, headers={"ETag": etag(found.version), **said_in(language)})

    @post(
        "/results/import",
        operation_id="recordResultsFile",
        status_code=200,
        request_max_body_size=None,
        operation_class=TakesResults,
        responses=CHANGING,
    )
    async def record_file(
        self,
        request: SignedIn,
        training_class: FromPath[UUID],
        round_id: FromPath[UUID],
        key: IdempotencyKey,
        classes: NamedDependency[Classes],
        pool: NamedDependency[Pool],
        clerk: NamedDependency[Clerk],
        *,
        enrols: Enrols = False,
        reason: CorrectionReason = "",
        if_match: MaybeIfMatch = None,
    ) -> Response[FileDecision]:
        """Record what is in a file: all of it or nothing. The same file again changes nothing.

        What it corrects needs a reason, and the ETag of the preview in which it was seen.
        """
        found = await classes.own_in_round(request, training_class, round_id, clerk.now())
        because = unquote(reason, errors="replace")[:LONGEST_REASON]
        expected = await _expected(found, classes, pool, clerk, enrols=enrols)
        file = await uploaded(request, limit=LARGEST_LIST, types=RESULT_TYPES)
        reading = await _read(file, expected, is_pasted=content_type(request) == PASTED)
        refuse_faults(request, reading.faults)
        change = difference(found.recorded, reading.rows)
        if change.changed:
            _require_preview(because, if_match)
        command = RecordResults(
            training_class=training_class, round=round_id, rows=reading.rows, reason=because
        )
        seen = None if if_match is None else version_of(if_match)
        language = language_of(request)
        try:
            receipt = await clerk.decide(request, command, key=key, expected_version=seen)
        except RowsFaulty as error:
            raise _faulty_rows(error, language) from None
        recorded = receipt.first <= receipt.last
        code = "results.recorded" if recorded else "results.nothing-to-change"
        new, changed = len(change.new), len(change.changed)
        message = outcome(code, language, new=new, changed=changed)
        return Response(
            file_decision(receipt, message),
            headers={"ETag": etag(receipt.version), **said_in(language)},
        )


async def _expected(
    found: ClassInRound, classes: Classes, pool: Pool, clerk: Clerk, *, enrols: bool
) -> Expected:
    number = await pool.fetchval(
        "select number from organisation where key = $1", found.this.details.college
    )
    return Expected(
        about=about(found),
        definition=found.definition,
        learners=frozenset(found.pseudonyms.values()),
        today=classes.today(clerk.now()),
        accommodations=catalogues().accommodations,
        enrols=enrols,
        college_number=number or "",
    )


async def _read(file: BytesIO, expected: Expected, *, is_pasted: bool) -> Reading:
    """What is in the file, read beside the loop: a long one takes seconds."""
    if is_pasted:
        return await asyncio.to_thread(_pasted, file, expected)
    return await asyncio.to_thread(read_results, file, "", expected)


def _table(file: BytesIO, expected: Expected, *, is_pasted: bool) -> ShownTable | None:
    if is_pasted:
        return shown_text(file.getvalue().decode("utf-8-sig", errors="replace"), expected)
    return shown_file(file, expected)


def _pasted(file: BytesIO, expected: Expected) -> Reading:
    try:
        return read_pasted(file.getvalue().decode("utf-8-sig"), expected)
    except UnicodeDecodeError as error:
        line = file.getvalue()[: error.start].count(b"\n") + 1
        return Reading(faults=(FileFault(code="text.encoding", place=Place(row=line)),))


def _require_preview(reason: str, if_match: str | None) -> None:
    """Raises ReasonMissing, or EdgeProblem if the difference was not looked at."""
    if not reason.strip():
        raise ReasonMissing
    if if_match is None:
        raise EdgeProblem(
            HTTPStatus.PRECONDITION_REQUIRED, "request.version-missing", parameter="If-Match"
        )


def _faulty_rows(error: RowsFaulty, language: Language) -> EdgeProblem:
    """What reading did not find and the class refuses, as of somebody whose data were erased."""
    return EdgeProblem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "file.faulty",
        facts={"count": len(error.faults)},
        errors=tuple(
            Fault(
                detail=problem(fault.error.code, language, fault.error.facts).detail,
                code=fault.error.code,
                value=fault.pseudonym,
            )
            for fault in error.faults
        ),
    )


def _told(reading: Reading, change: Difference, language: Language) -> str:
    if reading.faults:
        return outcome("results.has-faults", language, count=len(reading.faults))
    if change.is_empty:
        return outcome("results.nothing-to-change", language)
    return outcome(
        "results.would-be-recorded",
        language,
        new=len(change.new),
        changed=len(change.changed),
        same=len(change.same),
    )
