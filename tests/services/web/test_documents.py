"""The adopted concept on paper and as PDF/A: what was written, unharmed, and what it rests on."""

import asyncio
import re
import sys
import zlib
from asyncio.subprocess import PIPE
from hashlib import sha256
from http import HTTPStatus

import pytest

from services.web.documents.typesetting import printable, typeset
from tests.support.browser_like import visiting
from tests.support.http import Json, recorded
from tests.support.stack import Stack
from tests.support.writing import invite, submit_draft

HOSTILE = (
    '#panic("x") #read("/etc/passwd") $x^2$ *fett* _schräg_ `code` <b>&amp;</b> [a](b) \\ // /*'
    " @x ~ = Überschrift\n- Punkt\n+ Zahl\n\nZweiter Absatz: „Änderung“, ß, € 😀 你好 \u202eabc"
)


def data(**changes: object) -> dict[str, object]:
    """What a document is made of."""
    return {
        "language": "de",
        "at": [2026, 11, 27],
        "title": "Konzept Delbrück",
        "county": "Kreis Paderborn",
        "draft": "",
        "facts": [["Stand", "gültig"]],
        "contents": "Inhalt",
        "page": "Seite",
        "of": "von",
        "sections": [{"title": "Ziele", "paragraphs": ["Ein Ziel."]}],
        "proof": "Fingerabdruck",
        "proof_text": "So wird geprüft.",
        "digest": "ab" * 32,
        **changes,
    }


def claims(pdf: bytes) -> tuple[str, str]:
    """Part and conformance of PDF/A, from the metadata (XMP), which is never compressed in it."""
    part = re.search(rb"<pdfaid:part>(\d)</pdfaid:part>", pdf)
    conformance = re.search(rb"<pdfaid:conformance>(\w)</pdfaid:conformance>", pdf)
    assert part
    assert conformance
    return part[1].decode(), conformance[1].decode()


def text_of(pdf: bytes) -> str:
    """The characters that can be copied: by the fonts' own maps from glyph to character."""
    shown: set[str] = set()
    for head in re.finditer(rb"<<([^<>]*?/Length (\d+)[^<>]*?)>>\s*stream\r?\n", pdf):
        # By its length: what is compressed may itself end like a line.
        kept = pdf[head.end() : head.end() + int(head[2])]
        stream = zlib.decompress(kept) if b"FlateDecode" in head[1] else kept
        if b"beginbfchar" in stream or b"beginbfrange" in stream:
            for target in re.findall(rb"<[0-9A-Fa-f]+>\s+<([0-9A-Fa-f]+)>", stream):
                shown.update(bytes.fromhex(target.decode()).decode("utf-16-be"))
    return "".join(sorted(shown))


async def adopted(stack: Stack, text: str) -> str:
    """An adopted concept with this text in one section."""
    body = {"municipality": "05774020", "edition": "2025"}
    concept = recorded(await stack.koordination.post("/concepts", body))["id"]
    await stack.fallmanagement.write(concept, "ziele", text)
    await submit_draft(stack.fallmanagement, concept)
    await stack.koordination.change(concept, "return", {"reason": "Ziele fehlen."})
    await stack.fallmanagement.write(concept, "ziele", text)
    await stack.fallmanagement.change(concept, "submission", {})
    await invite(stack.koordination, concept, [{"organisation": "jobcenter"}], seconds=3600)
    recorded(await stack.jobcenter.answer(concept, 1, "jobcenter", {"position": "agree"}))
    await stack.koordination.change(concept, "consultations/1/closing")
    await stack.koordination.change(concept, "adoption", {"resolution": "LG 12.05.2026, TOP 3"})
    return concept


async def test_the_adopted_concept_is_printed_with_what_it_rests_on(stack: Stack) -> None:
    concept = await adopted(stack, HOSTILE)
    view: Json = await stack.revision.read(f"/concepts/{concept}")
    async with visiting(stack, "koordination") as karin:
        page = await karin.see(f"/konzepte/{concept}/druck")
        pdf = await karin.browser.get(page.link("Als PDF/A speichern"))
    assert page.headline == "Sozialräumliches KIM-Case-Management-Konzept Delbrück"
    assert " ".join(HOSTILE.split()) in page.text, "as it was written"
    assert not page.main.all("b")
    assert "LG 12.05.2026, TOP 3" in page.text
    assert view["adoption"]["digest"] in page.text
    assert f"Eintrag im Verlauf {view['adoption']['position']} " in page.text
    assert pdf.status_code == HTTPStatus.OK
    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF-1.7")
    assert claims(pdf.content) == ("2", "A")
    shown = text_of(pdf.content)
    assert set("Delbrück") <= set(shown)
    assert "😀" not in shown


async def test_a_draft_says_that_it_is_one_and_a_foreign_organisation_gets_none(
    stack: Stack,
) -> None:
    body = {"municipality": "05774020", "edition": "2025"}
    concept = recorded(await stack.koordination.post("/concepts", body))["id"]
    async with visiting(stack, "koordination") as karin:
        page = await karin.see(f"/konzepte/{concept}/druck")
    assert "noch nicht verabschiedet" in page.text
    async with visiting(stack, "jobcenter") as jana:
        refused = await jana.see(f"/konzepte/{concept}/konzept.pdf")
    assert refused.status == HTTPStatus.FORBIDDEN
    assert refused.headers["content-type"].startswith("text/html")


async def test_what_people_write_is_never_read_as_markup() -> None:
    pdf = await typeset("concept.typ", data(sections=[{"title": HOSTILE, "paragraphs": [HOSTILE]}]))
    assert claims(pdf) == ("2", "A")
    shown = text_of(pdf)
    for sign in "#$*_`<>&;[]\\/@~=+ÄßÜ„“€":
        assert sign in shown, sign
    assert "😀" not in shown


async def test_the_same_data_give_the_same_bytes_in_every_process() -> None:
    here = await typeset("concept.typ", data())
    code = (
        "import asyncio, hashlib, sys;"
        "from services.web.documents.typesetting import typeset;"
        f"print(hashlib.sha256(asyncio.run(typeset('concept.typ', {data()!r}))).hexdigest())"
    )
    there = await asyncio.create_subprocess_exec(sys.executable, "-c", code, stdout=PIPE)
    said, _ = await there.communicate()
    assert said.decode().strip() == sha256(here).hexdigest()


async def test_every_sign_that_is_called_printable_can_be_printed() -> None:
    """In regular and in bold: otherwise one sign in a heading would be in the way of the PDF."""
    candidates = [chr(code) for code in range(0x20, 0xFFFF) if not 0xD800 <= code < 0xE000]
    whole = " ".join(sign for sign in candidates if printable(sign) == sign)
    assert len(whole) > 2_000
    sections = [{"title": whole, "paragraphs": [whole]}]
    pdf = await typeset("concept.typ", data(sections=sections, facts=[[whole, whole]], draft=whole))
    assert claims(pdf) == ("2", "A")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Grüße, Łódź, İstanbul, Київ", "Grüße, Łódź, İstanbul, Київ"),
        ("a\u0308", "ä"),
        ("Zeile\r\nZeile\rZeile", "Zeile\nZeile\nZeile"),
        ("Silben\u00adtrennung", "Silbentrennung"),
        ("😀", "[U+1F600]"),
        ("\x07\u202e", "[U+0007][U+202E]"),
        ("\U0010ffff", "[U+10FFFF]"),
    ],
)
def test_what_the_font_cannot_show_is_named(text: str, shown: str) -> None:
    assert printable(text) == shown
