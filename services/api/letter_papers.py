"""The letter to the ministry on paper, as PDF/A and as Office Open XML."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.openapi.spec import Example
from litestar.params import FromPath, QueryParameter
from litestar.response import Response

from domain.steering.body_commands import body_id
from domain.steering.body_decide import BODY
from domain.steering.mandate import MinistryMandate
from services.api.access import SignedIn
from services.api.decisions import Clerk
from services.api.papers import as_document, as_pdf, head_of
from services.api.problems import READING, EdgeProblem
from services.api.reading import Reader
from services.api.resolution_views import resolution_view
from services.api.resolutions import resolution_read
from services.contexts.streams import Streams
from services.eventstore.database import Pool
from services.eventstore.store import EventStore
from services.papers.head import Head
from services.papers.letter import drafted_letter, sent_letter
from services.papers.paper import Paper
from services.papers.pdf import PDF
from services.papers.word import WORD
from services.settings import Settings

Number = Annotated[
    int | None,
    QueryParameter(
        ge=1,
        le=10_000,
        required=False,
        description="The letter of this number as it was sent; without it, one to go on writing.",
        examples=[Example(value=1)],
    ),
]


class LetterPaperController(Controller):
    """Of a resolution that reports a need to the ministry."""

    path = "/resolutions/{resolution_id:uuid}"
    tags = ("Steering",)

    @get("/letter.pdf", operation_id="exportLetter", media_type=PDF, responses=READING)
    async def export_letter(
        self,
        request: SignedIn,
        resolution_id: FromPath[UUID],
        reader: NamedDependency[Reader],
        store: NamedDependency[EventStore],
        clerk: NamedDependency[Clerk],
        settings: NamedDependency[Settings],
        pool: NamedDependency[Pool],
        number: Number = None,
    ) -> Response[bytes]:
        """The letter as PDF/A: a draft says that it is one."""
        head = await head_of(request, await reader.names(()), settings, pool)
        paper = await _paper(request, resolution_id, number, store, clerk, head)
        return await as_pdf(paper)

    @get("/letter.docx", operation_id="exportLetterDocument", media_type=WORD, responses=READING)
    async def export_letter_document(
        self,
        request: SignedIn,
        resolution_id: FromPath[UUID],
        reader: NamedDependency[Reader],
        store: NamedDependency[EventStore],
        clerk: NamedDependency[Clerk],
        settings: NamedDependency[Settings],
        pool: NamedDependency[Pool],
        number: Number = None,
    ) -> Response[bytes]:
        """The letter as a document to go on writing in (DOCX)."""
        head = await head_of(request, await reader.names(()), settings, pool)
        paper = await _paper(request, resolution_id, number, store, clerk, head)
        return await as_document(paper)


async def _paper(
    request: SignedIn,
    resolution_id: UUID,
    number: int | None,
    store: EventStore,
    clerk: Clerk,
    head: Head,
) -> Paper:
    found = await resolution_read(request, store, clerk, resolution_id)
    view, mandate = resolution_view(found), found.state.passed.mandate
    if not isinstance(mandate, MinistryMandate):
        raise EdgeProblem(HTTPStatus.NOT_FOUND, "resolution.unknown-letter")
    if number is None:
        body = await Streams(store).state(BODY, body_id(view.body))
        return drafted_letter(mandate, view, body.title, head)
    for letter in view.letters:
        if letter.number == number:
            return sent_letter(letter, view, head)
    raise EdgeProblem(HTTPStatus.NOT_FOUND, "resolution.unknown-letter", parameter="number")
