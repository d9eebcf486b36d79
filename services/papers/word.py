"""A paper as a document to go on writing in: Office Open XML (ECMA-376), as Word and others read.

Headings have the styles of headings, tables their first row as heading, so that screen readers
and a table of contents find them.
"""

import re
from datetime import datetime, time
from io import BytesIO
from typing import assert_never

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement  # pyright: ignore[reportUnknownVariableType]  (half typed)
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph as WordParagraph

from services.papers.paper import Block, Paper, Paragraph, Part, Table

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LOCALES = {"de": "de-DE", "en": "en-GB"}
WIDTH, HEIGHT, MARGIN = Mm(210), Mm(297), Mm(25)

NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold."""


def word_document(paper: Paper) -> bytes:
    """The paper as a .docx file."""
    document = Document()
    _prepare(document, paper)
    document.add_paragraph(_plain(paper.title), style="Title")
    document.add_paragraph(_plain(paper.subtitle), style="Subtitle")
    document.add_paragraph(_plain(paper.issuer))
    if paper.draft:
        document.add_paragraph().add_run(_plain(paper.draft)).bold = True
    for label, value in paper.facts:
        _labelled(document.add_paragraph(), f"{label}: ", value)
    for part in (*paper.parts, paper.proof):
        _add_part(document, part)
    packed = BytesIO()
    document.save(packed)
    return packed.getvalue()


def _prepare(document: WordDocument, paper: Paper) -> None:
    """The page and what the file says of itself; a new one has the library's own values."""
    section = document.sections[0]
    section.page_width, section.page_height = WIDTH, HEIGHT
    section.left_margin = section.right_margin = MARGIN
    section.top_margin = section.bottom_margin = MARGIN
    about = document.core_properties
    about.title = _plain(f"{paper.title}: {paper.subtitle}")[:255]
    about.author = _plain(paper.issuer)[:255]
    about.last_modified_by = about.comments = ""
    about.language = LOCALES[paper.language]
    about.created = about.modified = datetime.combine(paper.on, time())
    locale = {qn("w:val"): LOCALES[paper.language]}
    document.styles["Normal"].element.get_or_add_rPr().append(OxmlElement("w:lang", locale))


def _add_part(document: WordDocument, part: Part) -> None:
    document.add_heading(_plain(part.title), level=1)
    for block in part.blocks:
        _add_block(document, block)


def _add_block(document: WordDocument, block: Block) -> None:
    match block:
        case Paragraph(text=text, label=label):
            _labelled(document.add_paragraph(), f"{label} " if label else "", text)
        case Table():
            _add_table(document, block)
        case _:
            assert_never(block)


def _labelled(paragraph: WordParagraph, label: str, text: str) -> None:
    if label:
        paragraph.add_run(_plain(label)).bold = True
    paragraph.add_run(_plain(text))


def _add_table(document: WordDocument, rows: Table) -> None:
    """With an empty paragraph after it: two tables in a row would be one."""
    table = document.add_table(rows=1, cols=len(rows.headings), style="Table Grid")
    for cell, heading in zip(table.rows[0].cells, rows.headings, strict=True):
        _labelled(cell.paragraphs[0], heading, "")
    # The library has no name for what repeats a row on each page and tells readers of it.
    properties = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
    properties.append(OxmlElement("w:tblHeader"))
    for row in rows.rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            _labelled(cell.paragraphs[0], "", text)
    document.add_paragraph()


def _plain(text: str) -> str:
    """What people wrote, as text; what XML cannot hold is named by its code point."""
    return NOT_IN_XML.sub(lambda sign: f"[U+{ord(sign[0]):04X}]", text)
