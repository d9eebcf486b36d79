"""Agenda and minutes on paper: they say what was recorded, as PDF/A and as Office Open XML."""

from datetime import timedelta
from http import HTTPStatus
from io import BytesIO
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import httpx
import pytest

from services.papers.word import WORD
from tests.services.web.test_documents import claims
from tests.support.http import refused
from tests.support.stack import Stack
from tests.support.steering import MARCH, MEETING, Clock, Member, Sitting, established, member

HOSTILE = 'Wohnen #panic("x") <b>&amp;</b> $x^2$ ]]> \u0007 „Änderung“'
NAMESPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture
async def stack(clock: Clock, stack: Stack) -> Stack:
    """At the time the clock shows."""
    assert clock() == MARCH
    return stack


def lines(response: httpx.Response) -> list[str]:
    """The paragraphs of a document, those of tables too; each of its XML parts is well-formed."""
    assert response.headers["content-type"] == WORD
    with ZipFile(BytesIO(response.content)) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
        trees = {name: ET.fromstring(archive.read(name)) for name in names}  # noqa: S314 (our own)
    assert trees.keys() >= {"[Content_Types].xml", "_rels/.rels", "word/styles.xml"}
    document = trees["word/document.xml"]
    return ["".join(one.itertext()) for one in document.iter(f"{NAMESPACE}p")]


async def held(stack: Stack, clock: Clock, dora: Member, fadi: Member) -> Sitting:
    sitting = await Sitting.scheduled(stack, "2026-1", MEETING)
    item = await sitting.proposed(HOSTILE, "Eine AG wird eingerichtet.\nSie tagt dreimal.")
    await sitting.do("agenda/freezing")
    await sitting.do("invitation", {})
    clock.at = MEETING
    await sitting.opened(chair=dora, keeper=dora)
    await sitting.sat_down(jobcenter=dora, agentur=fadi)
    await sitting.do("guests", {"organisation": "hwk", "people": 2})
    answers = [{"seat": "jobcenter", "choice": "yes"}, {"seat": "agentur", "choice": "abstain"}]
    vote = {"item": item, "alternative": "a", "manner": "roll-call", "answers": answers}
    await sitting.do("votes", vote)
    clock.at = MEETING + timedelta(hours=2)
    await sitting.do("closing", {})
    await sitting.do("minutes", {"remark": "Nächste Sitzung im Mai."})
    return sitting


async def test_agenda_and_minutes_go_out_on_paper(stack: Stack, clock: Clock) -> None:
    dora, fadi = await member(stack, "Dora Lang"), await member(stack, "Fadi Nasser")
    await established(stack, {"jobcenter": dora, "agentur": fadi})
    sitting = await held(stack, clock, dora, fadi)
    for paper in ("agenda", "minutes"):
        response = await dora.person.ask("GET", f"{sitting.path}/{paper}.pdf")
        assert response.headers["content-type"] == "application/pdf"
        assert claims(response.content) == ("2", "A")
        again = await dora.person.ask("GET", f"{sitting.path}/{paper}.pdf")
        assert again.content == response.content

    agenda = lines(await dora.person.ask("GET", f"{sitting.path}/agenda.docx"))
    assert agenda[:3] == ["Tagesordnung", "Sitzung 2026-1", "KIM-Koordinierung, Kreis Paderborn"]
    assert f"TOP 1: {HOSTILE.replace(chr(7), '[U+0007]')}" in agenda
    assert (await sitting.view())["agenda"] in agenda

    minutes = lines(await dora.person.ask("GET", f"{sitting.path}/minutes.docx"))
    assert minutes[3] == "Entwurf: noch nicht genehmigt."
    assert "Leitung: Dora Lang" in minutes
    assert "Zu Gast: 2 Personen von Handwerkskammer Ostwestfalen-Lippe, 14:00 bis 16:00" in minutes
    (vote,) = [line for line in minutes if line.startswith("Abstimmung 1:")]
    assert "angenommen mit 1 Ja, 0 Nein, 1 Enthaltung (namentlich, " in vote
    quorum = "Vertreten 2 von 2 stimmberechtigten Sitzen, nötig 2."
    assert any(line.startswith(quorum) for line in minutes)
    end = minutes.index("Enthaltung")
    assert minutes[end - 2 : end] == ["Agentur für Arbeit Paderborn", "Fadi Nasser"]
    assert "Nächste Sitzung im Mai." in minutes
    digest = (await dora.person.read(f"{sitting.path}/minutes"))["digest"]
    assert minutes[-1] == digest

    read = {"digest": digest}
    await sitting.do("minutes/1/approval", read, by=fadi.person)
    await sitting.do("minutes/1/release")
    released = lines(await dora.person.ask("GET", f"{sitting.path}/minutes.docx"))
    assert "Entwurf: noch nicht genehmigt." not in released
    assert "Genehmigt durch: Fadi Nasser" in released
    english = await dora.person.ask(
        "GET", f"{sitting.path}/minutes.docx", headers={"Accept-Language": "en"}
    )
    assert lines(english)[0] == "Minutes"


async def test_who_may_not_read_a_session_gets_no_paper_of_it(stack: Stack) -> None:
    dora, stranger = await member(stack, "Dora Lang"), await member(stack, "Sina Fremd")
    await established(stack, {"jobcenter": dora})
    sitting = await Sitting.scheduled(stack, "2026-1", MEETING)
    for form in ("pdf", "docx"):
        for paper in ("agenda", "minutes"):
            answer = await stranger.person.ask("GET", f"{sitting.path}/{paper}.{form}")
            refused(answer, HTTPStatus.FORBIDDEN, "body.may-not-read")
        answer = await dora.person.ask("GET", f"{sitting.path}/minutes.{form}")
        refused(answer, HTTPStatus.NOT_FOUND, "session.unknown-minutes")
    agenda = lines(await dora.person.ask("GET", f"{sitting.path}/agenda.docx"))
    assert "Vorläufige Tagesordnung: Sie kann sich noch ändern." in agenda
