"""Files as bodies of requests: of which types, how large, in memory and nowhere else."""

from collections.abc import Sequence
from http import HTTPStatus
from io import BytesIO

from litestar.openapi.spec import OpenAPIMediaType, Operation, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIType

from services.api.access import SignedIn
from services.api.faults import Fault
from services.api.languages import language_of
from services.api.problems import EdgeProblem
from services.importers.faults import Fault as FileFault
from services.texts import Language

BINARY = "application/octet-stream"
MEBIBYTE = 2**20
LARGEST_LIST = 20 * MEBIBYTE
"""100,000 rows of a list of learners take 10 MiB."""
LARGEST_LOAD = 64 * MEBIBYTE
"""100,000 rows of results of four texts take 14 MiB."""

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
CSV = "text/csv"
PASTED = "text/plain"
TABLE_TYPES = (XLSX, ODS, "text/csv", "application/octet-stream")
RESULT_TYPES = (*TABLE_TYPES, PASTED)
LIST_TYPES = (
    *TABLE_TYPES,
    PASTED,
    "application/zip",
    "application/gzip",
    "application/json",
)


async def uploaded(request: SignedIn, *, limit: int, types: Sequence[str] = TABLE_TYPES) -> BytesIO:
    """The body, which is never written to a disk: it says what learners achieved.

    Raises EdgeProblem if it is of none of the types, or has more bytes than `limit`.
    """
    if content_type(request) not in types:
        raise EdgeProblem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "request.file-type")
    file = BytesIO()
    async for piece in request.stream():
        if file.tell() + len(piece) > limit:
            raise EdgeProblem(
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "request.too-large", facts={"limit": limit}
            )
        file.write(piece)
    file.seek(0)
    return file


def content_type(request: SignedIn) -> str:
    """What the body says it is, without parameters."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def faulty_file(faults: Sequence[FileFault], language: Language) -> EdgeProblem:
    """The problem that nothing of the file was taken in, with everything that is wrong with it."""
    return EdgeProblem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "file.faulty",
        facts={"count": len(faults)},
        errors=file_faults(faults, language),
    )


def file_faults(faults: Sequence[FileFault], language: Language) -> tuple[Fault, ...]:
    """The faults in words, each with its place."""
    return tuple(
        Fault(
            detail=fault.sentence(language),
            code=fault.code,
            sheet=fault.place.sheet or None,
            cell=fault.place.cell or fault.place.path or None,
            value=fault.value or None,
        )
        for fault in faults
    )


def refuse_faults(request: SignedIn, faults: Sequence[FileFault]) -> None:
    """Raises EdgeProblem if there are any."""
    if faults:
        raise faulty_file(faults, language_of(request))


class TakesResults(Operation):
    """An operation whose body is a file with the results of a class, or pasted text."""

    def __post_init__(self) -> None:
        self.request_body = _body(RESULT_TYPES)


class TakesTable(Operation):
    """An operation whose body is a file with a table."""

    def __post_init__(self) -> None:
        self.request_body = _body(TABLE_TYPES)


class TakesList(Operation):
    """An operation whose body is a list or an export of classes and learners."""

    def __post_init__(self) -> None:
        self.request_body = _body(LIST_TYPES)


def _body(types: Sequence[str]) -> RequestBody:
    file = Schema(type=OpenAPIType.STRING, content_media_type=BINARY)
    return RequestBody(
        content={name: OpenAPIMediaType(schema=file) for name in types}, required=True
    )
