"""The letter to the ministry on paper: to keep, and to go on writing in."""

from typing import Annotated, TypeAlias
from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.response import Response

from services.identity.areas import Area
from services.papers.pdf import PDF
from services.papers.word import WORD
from services.web.door import for_area
from services.web.inside import Inside, Visit
from services.web.mandates.addresses import ONE
from services.web.papers import paper

AREA = for_area(Area.STEERING)

Number: TypeAlias = Annotated[
    int | None, QueryParameter(name="nummer", ge=1, le=10_000, required=False)
]


@get(f"{ONE}/brief.pdf", opt=AREA, media_type=PDF)
async def download_letter(
    request: Visit,
    inside: NamedDependency[Inside],
    resolution_id: FromPath[UUID],
    nummer: Number = None,
) -> Response[bytes]:
    """The letter of this number as it was sent; without one, the draft."""
    path = f"/resolutions/{resolution_id}/letter.pdf"
    return await paper(request, inside, path, PDF, number=nummer)


@get(f"{ONE}/brief.docx", opt=AREA, media_type=WORD)
async def download_document(
    request: Visit,
    inside: NamedDependency[Inside],
    resolution_id: FromPath[UUID],
    nummer: Number = None,
) -> Response[bytes]:
    """The same as a document of a word processor."""
    path = f"/resolutions/{resolution_id}/letter.docx"
    return await paper(request, inside, path, WORD, number=nummer)
