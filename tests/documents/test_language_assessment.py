"""The commands of both how-to pages of the language assessment, run against the service."""

import csv
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from domain.assessments.commands_class import RecordResults, Row, SubmitClass
from domain.assessments.results import PartScore, Result
from services.runtime import Runtime
from services.settings import Settings
from tests.support.assessing import RoundSteps, approve_instrument, coming_school_year
from tests.support.assessments import ask, in_school_year, staff
from tests.support.documents import Shell
from tests.support.own_class import OTHER, OWN, OwnClass, open_round
from tests.support.stack import serving

POINTS = range(0, 22, 2)


async def test_a_coordinator_runs_an_assessment_as_the_page_says(
    runtime: Runtime, settings: Settings, county: dict[str, str], tmp_path: Path
) -> None:
    year = coming_school_year(datetime.now(UTC))
    moments = {"OPENS": (9, 1), "REMINDER": (9, 8), "CLOSES": (9, 18), "LATER": (9, 20)}
    later = {"RETEST_OPENS": (5, 3), "RETEST_CLOSES": (5, 21)}
    async with serving(runtime, settings, county) as stack:
        told = {
            "K": f"{stack.address}/api/v1",
            "COORDINATOR": county["koordination"],
            "EXPERT": county["fachgruppe"],
            "YEAR": year,
            **{
                name: in_school_year(year, *day).isoformat()
                for name, day in (moments | later).items()
            },
        }
        page = Shell("howto/run-a-language-assessment.md", tmp_path, told)
        assert (await page.answer())["version"] == 1
        assert await page.step() == ""  # the file is written
        assert (await page.answer())["version"] == 2
        assert (await page.answer())["version"] == 3
        shown = await page.answer()
        assert (shown["state"], shown["maximum"]) == ("submitted", 22)
        assert (await page.answer(DIGEST=shown["digest"]))["version"] == 4

        announced = await page.answer()
        assert announced["version"] == 1
        await runtime.read_models.reached(announced["position"])
        progress = await page.answer(ROUND=announced["id"])
        assert {row["college"] for row in progress} == {OWN, OTHER}
        assert 'etag: "1"' in await page.step()
        assert (await page.answer())["version"] == 2
        assert len((await page.answer())["items"]) == 2

        await _submitted_and_released(runtime, UUID(announced["id"]), year)
        [published] = (await page.answer())["publications"]
        assert published["rows"][0]["people"] == 2 * len(POINTS)
        await page.step()
        assert (tmp_path / "figures.xlsx").read_bytes().startswith(b"PK")
        assert published["citation"] in await page.step()
        measured = (await page.answer())["measured"]
        assert "few-learners" in {concern["code"] for concern in measured["concerns"]}
        assert page.is_through


async def test_a_college_submits_results_as_the_page_says(
    runtime: Runtime, settings: Settings, county: dict[str, str], tmp_path: Path
) -> None:
    async with serving(runtime, settings, county) as stack:
        await approve_instrument(runtime)
        this_round = await open_round(stack)
        await runtime.read_models.reached(await stack.head())
        told = {"K": f"{stack.address}/api/v1", "COLLEGE": county["berufskolleg"]}
        page = Shell("howto/submit-results.md", tmp_path, told)
        [listed] = (await page.answer())["items"]
        assert listed["id"] == str(this_round)
        await page.step(ROUND=listed["id"], YEAR=listed["school_year"])
        key = (tmp_path / "pseudonym-key.txt").read_text().strip()

        await page.step(KEY=key)  # the list is written
        planned = await page.answer()
        assert (planned["recorded"], planned["classes"][0]["joining"]) == (False, 3)
        taken = await page.answer()
        assert (taken["recorded"], taken["classes"][0]["learners"]) == (True, 3)
        assert (await page.answer())["version"] == 1
        assert (await page.answer())["version"] == 2

        await runtime.read_models.reached(await stack.head())
        [found] = (await page.answer())["items"]
        this = OwnClass(stack, listed["school_year"], this_round, UUID(found["id"]))
        await page.step(CLASS=found["id"])
        assert (tmp_path / "results.xlsx").read_bytes().startswith(b"PK")
        await page.step()
        _fill_in(tmp_path / "results.csv", lambda line: {"R/F": "1", "WE": str(1 + line % 2)})
        await _imported_and_submitted(page)
        await _corrected(page, this, tmp_path / "results.csv")

        await this.release()
        meaning = await page.answer()
        assert meaning["assessed"] == 3
        assert len((await page.answer())["items"]) > 3
        assert page.is_through


async def _imported_and_submitted(page: Shell) -> None:
    previewed = await page.step()
    assert "3 neu, 0 geändert" in previewed, previewed
    assert (await page.answer())["recorded"] is True
    version = (await page.answer())["version"]
    submitted = await page.answer(VERSION=str(version))
    assert submitted["recorded"] is True, submitted


async def _corrected(page: Shell, this: OwnClass, file: Path) -> None:
    """A correction needs what was seen; the page's reason is in the record, decoded."""
    _fill_in(file, lambda _: {"R/F": "2", "WE": "2"})
    corrected = await page.answer(VERSION=str(await this.version()))
    assert "3 berichtigt" in corrected["message"]
    learner = next(iter((await this.learners()).values()))
    kept = await this.person.ask("GET", f"/learners/{learner}/export")
    assert "Text 2 falsch übertragen" in kept.text


def _fill_in(file: Path, scores: Callable[[int], Mapping[str, str]]) -> None:
    """Enter scores under every heading that ends so, as a person does in the spreadsheet."""
    rows = list(csv.reader(file.read_text("utf-8-sig").splitlines(), delimiter=";"))
    for number, row in enumerate(rows[1:]):
        for ending, value in scores(number).items():
            for column, heading in enumerate(rows[0]):
                if heading.endswith(ending):
                    row[column] = value
    with file.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target, delimiter=";").writerows(rows)


async def _submitted_and_released(runtime: Runtime, this_round: UUID, year: str) -> None:
    """What colleges and the process do meanwhile, each at its planned moment."""
    steps = RoundSteps(runtime, this_round, year)
    await steps.open()
    for college in (OWN, OTHER):
        this = await steps.register(college, "MB26A")
        rows = tuple(Row(pseudonym=f"p-{points}", result=_result(points)) for points in POINTS)
        for command in (
            RecordResults(training_class=this, round=this_round, rows=rows),
            SubmitClass(training_class=this, round=this_round),
        ):
            await ask(runtime, command, staff(college), steps.opens_at)
    await steps.close()
    await steps.release()


def _result(points: int) -> Result:
    """So many points in the two texts that count; the one on trial was left out."""
    shares = {"text-1": min(points, 2), "text-2": max(points - 2, 0)}
    scores = (PartScore(part=key, exact=n, recognition=n) for key, n in shares.items())
    return Result(scores=tuple(scores))
