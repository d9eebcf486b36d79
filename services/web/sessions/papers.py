"""The agenda to take along, as PDF and as a document to go on writing in."""

from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Response

from services.identity.areas import Area
from services.papers.pdf import PDF
from services.papers.word import WORD
from services.web.door import for_area
from services.web.inside import Inside, Visit
from services.web.papers import paper
from services.web.sessions.addresses import ONE

AREA = for_area(Area.STEERING)


@get(f"{ONE}/tagesordnung.pdf", opt=AREA, media_type=PDF)
async def take_agenda(
    request: Visit, inside: NamedDependency[Inside], session_id: FromPath[UUID]
) -> Response[bytes]:
    """The agenda as PDF/A."""
    return await paper(request, inside, f"/sessions/{session_id}/agenda.pdf", PDF)


@get(f"{ONE}/tagesordnung.docx", opt=AREA, media_type=WORD)
async def take_agenda_document(
    request: Visit, inside: NamedDependency[Inside], session_id: FromPath[UUID]
) -> Response[bytes]:
    """The agenda as a document (DOCX)."""
    return await paper(request, inside, f"/sessions/{session_id}/agenda.docx", WORD)
