"""The report as a file: as it is now, or as it was when it was given out."""

from typing import Annotated, TypeAlias

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.response import Response

from services.identity.areas import Area
from services.papers.pdf import PDF
from services.papers.word import WORD
from services.web.door import for_area
from services.web.inside import Inside, Visit
from services.web.papers import paper
from services.web.report.places import OF_YEAR

AREA = for_area(Area.REPORT)
UpTo: TypeAlias = Annotated[int | None, QueryParameter(name="eintrag", ge=0, required=False)]
"""As it was up to this entry of the log."""


@get(f"{OF_YEAR}/bericht.pdf", opt=AREA, media_type=PDF)
async def download_pdf(
    request: Visit,
    inside: NamedDependency[Inside],
    school_year: FromPath[str],
    eintrag: UpTo = None,
) -> Response[bytes]:
    """To keep."""
    path = f"/school-years/{school_year}/report.pdf"
    return await paper(request, inside, path, PDF, position=eintrag)


@get(f"{OF_YEAR}/bericht.docx", opt=AREA, media_type=WORD)
async def download_document(
    request: Visit,
    inside: NamedDependency[Inside],
    school_year: FromPath[str],
    eintrag: UpTo = None,
) -> Response[bytes]:
    """To go on writing in."""
    path = f"/school-years/{school_year}/report.docx"
    return await paper(request, inside, path, WORD, position=eintrag)
