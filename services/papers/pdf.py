"""A paper as PDF/A."""

import msgspec

from services.papers.paper import Paper
from services.papers.wording import said
from services.web.documents.typesetting import typeset

PDF = "application/pdf"


async def pdf(paper: Paper) -> bytes:
    """The same paper gives the same bytes."""
    data = msgspec.to_builtins(paper)
    page, of = (said(f"page.{word}", paper.language) for word in ("page", "of"))
    on = [paper.on.year, paper.on.month, paper.on.day]
    return await typeset("paper.typ", {**data, "on": on, "page": page, "of": of})
