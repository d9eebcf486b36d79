"""A paper as the answer to a request: as PDF/A, or as Office Open XML to go on writing in."""

import asyncio
from urllib.parse import quote
from zoneinfo import ZoneInfo

from litestar.response import Response

from services.api.access import SignedIn
from services.api.languages import language_of, said_in
from services.eventstore.database import Pool
from services.papers.head import Head
from services.papers.paper import Paper
from services.papers.pdf import PDF, pdf
from services.papers.word import WORD, word_document
from services.settings import Settings
from services.texts import Names
from services.web.rendering import COUNTY


async def head_of(request: SignedIn, names: Names, settings: Settings, pool: Pool) -> Head:
    """The language asked for, who issues the paper, and what keys and people are called."""
    return Head(
        language=language_of(request),
        issuer=settings.county or await pool.fetchval(COUNTY) or "",
        zone=ZoneInfo(settings.time_zone),
        names=names,
    )


async def as_pdf(paper: Paper) -> Response[bytes]:
    """To keep: the same paper gives the same bytes."""
    return _file(await pdf(paper), PDF, paper, "pdf")


async def as_document(paper: Paper) -> Response[bytes]:
    """To go on writing in."""
    return _file(await asyncio.to_thread(word_document, paper), WORD, paper, "docx")


def _file(content: bytes, media_type: str, paper: Paper, extension: str) -> Response[bytes]:
    called = f"{paper.title} {paper.subtitle}".strip().replace("/", "-")
    name = quote(f"{called}.{extension}", safe="")
    return Response(
        content,
        media_type=media_type,
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
            "Cache-Control": "private, no-store",
            **said_in(paper.language),
        },
    )
