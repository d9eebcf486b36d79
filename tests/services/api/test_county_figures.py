"""What the county sees: figures published with the release, frozen, protected, to be cited."""

import csv
import re
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO, StringIO
from uuid import UUID

import pytest
import python_calamine

from domain.assessments.commands import class_id, learner_id
from domain.assessments.commands_class import RecordResults, ReopenClass, Row, SubmitClass
from domain.kernel import Role
from domain.privacy.commands import EraseSubject
from services.identity.principal import CONSOLE
from tests.support.appointing import appoint
from tests.support.assessing import (
    RoundSteps,
    announcement,
    approve_instrument,
    coming_school_year,
    learners,
    result,
)
from tests.support.assessments import ask, in_school_year, staff
from tests.support.http import Json, recorded, refused
from tests.support.stack import Stack

EDITH, HELENE = "edith-stein-berufskolleg", "helene-weber-berufskolleg"
KIM = "kim-koordinierung"
YEAR = coming_school_year(datetime.now(UTC))
MB, IK = "10-10104", "10-10100"


@pytest.fixture
async def steps(stack: Stack) -> RoundSteps:
    """An open round of two colleges with three classes; 14 learners took the test."""
    await approve_instrument(stack.runtime)
    decision = recorded(
        await stack.koordination.post("/rounds", announcement(YEAR, (HELENE, EDITH)))
    )
    steps = RoundSteps(stack.runtime, UUID(decision["id"]), YEAR)
    await steps.open()
    await steps.register(EDITH, "MB26A", trade=MB)
    await steps.register(EDITH, "IK26", trade=IK)
    await steps.register(HELENE, "MB26", trade=MB)
    await steps.submit(EDITH, "MB26A", learners("a", [0, 1, 0, 1, 1, 2, -1]))
    await steps.submit(EDITH, "IK26", learners("b", [4, 4]))
    await steps.submit(HELENE, "MB26", learners("c", [3, 3, 4, 4, 4, 0]))
    return steps


async def released(steps: RoundSteps) -> None:
    await steps.close()
    await steps.release()


async def test_figures_come_with_the_release_and_name_where_they_are_in_the_log(
    stack: Stack, steps: RoundSteps
) -> None:
    path = f"/rounds/{steps.round}/figures"
    assert (await stack.koordination.read(path))["publications"] == []
    refused(
        await stack.koordination.ask("GET", f"{path}.xlsx"),
        HTTPStatus.NOT_FOUND,
        "figures.nothing-published",
    )
    await released(steps)
    [published] = (await stack.koordination.read(path))["publications"]
    county = published["rows"][0]
    assert (county["kind"], county["people"], county["part_of"]) == ("county", 14, None)
    assert published["position"] == await stack.head()
    assert published["computed_at"] == published["position"] - 1
    assert f"Eintrag {published['position']}" in published["citation"]
    [entry] = await stack.runtime.store.at([published["position"]])
    assert entry.topic == "county-figures.published"


async def test_no_number_is_small_and_parts_add_up(stack: Stack, steps: RoundSteps) -> None:
    await released(steps)
    view = await stack.koordination.read(f"/rounds/{steps.round}/figures")
    rows = view["publications"][0]["rows"]
    assert "mindestens 5 Personen" in view["rule"]
    assert len(rows) > 1
    for row in rows:
        assert row["people"] == sum(block["people"] for block in row["blocks"])
        assert all(block["people"] >= 5 for block in row["blocks"])
        parts = [other for other in rows if other["part_of"] == row["number"]]
        assert not parts or sum(part["people"] for part in parts) == row["people"]


async def test_erasures_and_corrections_change_no_figure_and_few_newcomers_add_none(
    stack: Stack, steps: RoundSteps
) -> None:
    await released(steps)
    path = f"/rounds/{steps.round}/figures"
    before = await stack.koordination.read(path)
    await ask(
        stack.runtime, EraseSubject(person=learner_id(EDITH, "a-0"), reason="Antrag."), CONSOLE
    )
    correction = RecordResults(
        training_class=class_id(HELENE, YEAR, "MB26"),
        round=steps.round,
        rows=(Row(pseudonym="c-0", result=result(0)),),
        reason="Verwechselt.",
    )
    await ask(stack.runtime, correction, staff(HELENE), steps.closes_at)
    await stack.runtime.read_models.catch_up()
    await stack.runtime.read_models.rebuild()
    again = await stack.koordination.post(path)
    problem = refused(again, HTTPStatus.CONFLICT, "figures.too-few-people")
    assert "5" in problem["detail"]
    assert await stack.koordination.read(path) == before


async def test_five_newcomers_are_published_for_themselves(stack: Stack, steps: RoundSteps) -> None:
    await steps.register(HELENE, "IK26", trade=IK)
    await steps.submit(HELENE, "IK26", learners("d", [-1, -1, -1, -1, -1]))
    await released(steps)
    path = f"/rounds/{steps.round}/figures"
    [first] = (await stack.koordination.read(path))["publications"]
    correction = RecordResults(
        training_class=class_id(HELENE, YEAR, "IK26"),
        round=steps.round,
        rows=tuple(Row(pseudonym=f"d-{n}", result=result(4)) for n in range(5)),
        reason="Doch dabei gewesen.",
    )
    await ask(stack.runtime, correction, staff(HELENE), steps.closes_at)
    recorded(await stack.koordination.post(path))
    view = await stack.koordination.read(path)
    assert view["publications"][0] == first
    assert view["publications"][1]["release"] == 2
    assert view["publications"][1]["rows"][0]["people"] == 5


async def test_who_is_found_absent_before_the_release_is_published_is_not_counted(
    stack: Stack, steps: RoundSteps
) -> None:
    """And who is in two classes of a college is counted once."""
    await steps.register(HELENE, "IK26", trade=IK)
    await steps.submit(HELENE, "IK26", {"c-0": 3, "c-1": 3})
    this = class_id(HELENE, YEAR, "MB26")
    for command in (
        ReopenClass(training_class=this, round=steps.round, reason="Fehler."),
        RecordResults(
            training_class=this,
            round=steps.round,
            rows=(Row(pseudonym="c-5", result=result(-1)),),
            reason="War krank.",
        ),
        SubmitClass(training_class=this, round=steps.round),
    ):
        await ask(stack.runtime, command, staff(HELENE), steps.opens_at)
    await released(steps)
    [published] = (await stack.koordination.read(f"/rounds/{steps.round}/figures"))["publications"]
    assert published["rows"][0]["people"] == 13


async def test_a_retest_shows_the_change_over_blocks_that_both_have(
    stack: Stack, steps: RoundSteps
) -> None:
    await released(steps)
    body = announcement(
        YEAR,
        (EDITH, HELENE),
        key="eingang-retest",
        sitting="retest",
        first=str(steps.round),
        opens_at=in_school_year(YEAR, 5, 1).isoformat(),
        closes_at=in_school_year(YEAR, 5, 20).isoformat(),
        reminders=[],
    )
    decision = recorded(await stack.koordination.post("/rounds", body))
    again = RoundSteps(stack.runtime, UUID(decision["id"]), YEAR, month=5)
    await again.open()
    await again.submit(EDITH, "MB26A", learners("a", [4, 4, 4, 0, 0, 4, 4]))
    await again.submit(HELENE, "MB26", learners("c", [4, 4, 4, 4, 0, 0]))
    await released(again)
    view = await stack.koordination.read(f"/rounds/{again.round}/figures")
    assert view["first"] == str(steps.round)
    county = view["change"][0]
    assert county["kind"] == "county"
    assert sum(block["first"] for block in county["blocks"]) == 14
    assert sum(block["retest"] for block in county["blocks"]) == 13
    for row in view["change"]:
        for block in row["blocks"]:
            assert block["first"] >= 5
            assert block["retest"] >= 5
    statistics = f"/instruments/c-test/versions/1/statistics?round={again.round}"
    assert (await stack.koordination.ask("GET", statistics)).json()["measured"]["learners"] == 10


async def test_too_few_people_in_a_round_give_no_figures(stack: Stack) -> None:
    await approve_instrument(stack.runtime)
    decision = recorded(await stack.koordination.post("/rounds", announcement(YEAR, (EDITH,))))
    steps = RoundSteps(stack.runtime, UUID(decision["id"]), YEAR)
    await steps.open()
    await steps.register(EDITH, "MB26A")
    await steps.submit(EDITH, "MB26A", learners("a", [0, 1, 2, 4, -1, -1]))
    await released(steps)
    view = await stack.koordination.read(f"/rounds/{steps.round}/figures")
    assert view["publications"] == []


async def test_figures_are_exported_with_their_source(stack: Stack, steps: RoundSteps) -> None:
    await released(steps)
    path = f"/rounds/{steps.round}/figures"
    steering = await appoint(stack, Role.STEERING_MEMBER, KIM)
    [published] = (await steering.read(path))["publications"]
    plain = await steering.ask("GET", f"{path}.csv?form=plain")
    assert plain.headers["content-type"].startswith("text/csv")
    assert "attachment" in plain.headers["content-disposition"]
    table = list(csv.DictReader(StringIO(plain.text)))
    assert sum(len(row["blocks"]) for row in published["rows"]) == len(table)
    assert {line["Quelle"] for line in table} == {published["citation"]}
    assert table[0]["Ebene"] == "Kreis"
    german = await steering.ask("GET", f"{path}.csv")
    assert german.content.startswith(b"\xef\xbb\xbfQuelle;")
    workbook = await steering.ask("GET", f"{path}.xlsx", headers={"Accept-Language": "en"})
    book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(workbook.content))
    assert book.sheet_names == ["Table", "About"]
    assert len(book.get_sheet_by_name("Table").to_python()) == len(table) + 1
    about = {row[0]: row[1] for row in book.get_sheet_by_name("About").to_python()}
    assert about["Position in the log"] == published["computed_at"]


async def test_filters_are_answered_from_what_was_published(
    stack: Stack, steps: RoundSteps
) -> None:
    path = f"/rounds/{steps.round}/figures/total"
    assert (await stack.koordination.read(path))["people"] is None
    await released(steps)
    everybody = await stack.koordination.read(path)
    assert (everybody["people"], everybody["whole"]) == (14, True)
    for wanted in ({"college": EDITH}, {"trade": MB}, {"college": EDITH, "trade": IK}):
        total = await stack.koordination.read(path, **wanted)
        assert all(block["people"] >= 5 for block in total["blocks"])
        assert total["people"] is None or total["people"] >= 5
    assert (await stack.koordination.read(path, college=EDITH))["people"] == 8
    assert (await stack.koordination.read(path, college=EDITH, trade=IK))["people"] is None
    assert (await stack.koordination.read(path, trade="99-99999"))["people"] is None
    college = await appoint(stack, Role.COLLEGE, EDITH)
    refused(await college.ask("GET", path), HTTPStatus.FORBIDDEN, "identity.role-missing")


async def test_figures_are_for_coordination_steering_group_and_audit(
    stack: Stack, steps: RoundSteps
) -> None:
    await released(steps)
    path = f"/rounds/{steps.round}/figures"
    expert = await appoint(stack, Role.EXPERT, KIM)
    college = await appoint(stack, Role.COLLEGE, EDITH)
    for person in (stack.koordination, stack.revision):
        assert (await person.read(path))["publications"]
    for person in (expert, college, stack.verwaltung, stack.jobcenter):
        for end in ("", ".csv", ".xlsx"):
            response = await person.ask("GET", path + end)
            refused(response, HTTPStatus.FORBIDDEN, "identity.role-missing")
    for person in (expert, college, stack.revision):
        refused(await person.post(path), HTTPStatus.FORBIDDEN, "identity.role-missing")


async def test_nothing_the_county_reads_names_a_learner(stack: Stack, steps: RoundSteps) -> None:
    await released(steps)
    learner = str(learner_id(EDITH, "b-0"))
    for path in (
        f"/rounds/{steps.round}",
        f"/rounds/{steps.round}/colleges",
        f"/rounds/{steps.round}/history",
        f"/rounds/{steps.round}/figures",
        f"/rounds/{steps.round}/figures.csv",
        f"/instruments/c-test/versions/1/statistics?round={steps.round}",
    ):
        response = await stack.koordination.ask("GET", path)
        assert response.status_code == HTTPStatus.OK, path
        assert learner not in response.text
        # As a whole word: ids have such parts by chance.
        assert "b-0" not in re.findall(r"[\w-]+", response.text)


async def test_statistics_are_frozen_with_the_figures_and_warn_of_few_learners(
    stack: Stack, steps: RoundSteps
) -> None:
    statistics = "/instruments/c-test/versions/1/statistics"
    path = f"{statistics}?round={steps.round}"
    expert = await appoint(stack, Role.EXPERT, KIM)
    refused(await expert.ask("GET", path), HTTPStatus.NOT_FOUND, "figures.nothing-published")
    await released(steps)
    found: Json = await expert.read(statistics, round=steps.round)
    measured = found["measured"]
    assert (measured["learners"], measured["classes"]) == (10, 3), "14 of them, in fives"
    assert [text["part"] for text in measured["texts"]] == ["t1", "t2"]
    # The first text: 0 1 0 1 1 2, 2 2, 2 2 2 2 2 0 of two points each.
    assert measured["texts"][0]["exact"]["difficulty"] == round(1000 * 19 / 28)
    assert {c["code"] for c in measured["concerns"]} >= {"few-learners", "few-classes"}
    for person in (stack.revision, await appoint(stack, Role.COLLEGE, EDITH)):
        response = await person.ask("GET", path)
        refused(response, HTTPStatus.FORBIDDEN, "identity.role-missing")
    other = f"/instruments/c-test/versions/2/statistics?round={steps.round}"
    refused(await expert.ask("GET", other), HTTPStatus.NOT_FOUND, "assessment.unknown-round")
