"""`kreislauf report`: the year in one text, on the screen, in a file, and for machines."""

import asyncio
from pathlib import Path
from zipfile import ZipFile

import msgspec
import pytest

from services.report.report import Report
from tests.services.cli.conftest import Command
from tests.support.http import recorded
from tests.support.stack import Stack

YEAR = "2020/21"
TEXT = "Das Rahmenkonzept ist veröffentlicht."


@pytest.fixture(scope="package")
async def goal(stack: Stack) -> int:
    """A year of the past with a goal; where it is in the log."""
    body = {
        "goal": "framework",
        "text": TEXT,
        "targets": [{"key": "framework", "counts": "framework-published", "at_least": 1}],
        "source": "Bericht 2020/21",
    }
    decision = recorded(await stack.koordination.post("/school-years/2020-21/goals", body))
    position: int = decision["position"]
    return position


async def test_the_report_is_written_as_text_into_a_file_or_for_machines(
    goal: int, kreislauf: Command, tmp_path: Path
) -> None:
    file = tmp_path / "bericht.txt"
    shown, written, for_machines = await asyncio.gather(
        kreislauf("report", YEAR),
        kreislauf("report", YEAR, "--out", str(file)),
        kreislauf("report", YEAR, "--json", "--position", str(goal)),
    )
    assert shown.code == 0, shown.err
    assert f"Ziel 1: {TEXT}" in shown.out
    assert "Dieses Ziel wurde noch nicht erreicht." in shown.out
    assert (written.code, written.out) == (0, "")
    assert file.read_text().partition("Stand:")[0] == shown.out.partition("Stand:")[0]
    report = msgspec.json.decode(for_machines.out, type=Report)
    assert (report.school_year, report.position, report.is_final) == (YEAR, goal, False)
    [figure] = report.sections[0].statements[-1].figures
    assert (figure.value, figure.required, figure.positions) == (0, 1, ())


@pytest.mark.usefixtures("goal")
async def test_the_ending_of_the_file_says_what_is_written(
    kreislauf: Command, tmp_path: Path
) -> None:
    names = ("bericht.pdf", "bericht.docx", "bericht.md", "bericht.json")
    written = await asyncio.gather(
        *(kreislauf("report", YEAR, "--out", str(tmp_path / name)) for name in names)
    )
    assert [(one.code, one.out) for one in written] == [(0, "")] * 4
    paper, document, markdown, for_machines = (tmp_path / name for name in names)
    assert paper.read_bytes().startswith(b"%PDF-")
    with ZipFile(document) as archive:
        assert TEXT in archive.read("word/document.xml").decode()
    assert f"\n## Ziel 1: {TEXT}\n" in markdown.read_text()
    assert msgspec.json.decode(for_machines.read_bytes(), type=Report).school_year == YEAR
    unknown, other = await asyncio.gather(
        kreislauf("report", YEAR, "--out", str(tmp_path / "bericht.odt")),
        kreislauf("report", YEAR, "--json", "--out", str(tmp_path / "anderer.pdf")),
    )
    assert (unknown.code, other.code) == (2, 2)
    assert "bericht.odt does not end in one of .pdf, .docx, .md, .txt, .json" in plain(unknown.err)
    assert "--json writes a .json file" in plain(other.err)


@pytest.mark.usefixtures("goal")
async def test_a_year_without_goals_or_none_at_all_is_said_in_a_sentence(
    kreislauf: Command, tmp_path: Path
) -> None:
    nothing, no_year, no_place = await asyncio.gather(
        kreislauf("report", "1999/00"),
        kreislauf("report", "2024-25"),
        kreislauf("report", YEAR, "--out", str(tmp_path / "missing" / "bericht.txt")),
    )
    assert [nothing.code, no_year.code, no_place.code] == [1, 1, 1]
    assert "No goals have been set for the school year 1999/00" in nothing.err
    assert "2024-25" in no_year.err
    for refused in (nothing, no_year, no_place):
        assert refused.out == ""
        assert "Traceback" not in refused.err


def plain(message: str) -> str:
    """Without the frame around it."""
    return " ".join(message.replace("│", " ").split())
