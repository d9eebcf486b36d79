"""Results of a class over HTTP: typed, sent by a program, corrected, submitted."""

from http import HTTPStatus

import pytest

from tests.support.http import pointers, recorded, refused
from tests.support.own_class import OwnClass, own_class, row
from tests.support.stack import Stack


@pytest.fixture
async def this(stack: Stack) -> OwnClass:
    return await own_class(stack)


async def test_rows_are_recorded_and_the_same_again_change_nothing(this: OwnClass) -> None:
    first = await this.record(row("p-anna", 2, 1), row("p-ben", 0, 0, attendance="aborted"))
    assert first["recorded"]
    again = await this.record(row("p-anna", 2, 1))
    assert not again["recorded"]
    sheet = await this.person.read(f"{this.in_round}/results")
    assert [(r["pseudonym"], r["exact"]) for r in sheet["rows"]] == [
        ("p-anna", 3),
        ("p-ben", 0),
        ("p-cem", None),
    ]
    assert sheet["stage"] == "collecting"


async def test_every_row_that_is_wrong_is_named_and_none_is_recorded(this: OwnClass) -> None:
    rows = [row("p-anna", 2, 1), row("p-ben", 3, 1), row("p-cem", 1)]
    before = await this.stack.head()
    response = await this.person.post(f"{this.in_round}/results", {"rows": rows})
    problem = refused(response, HTTPStatus.UNPROCESSABLE_ENTITY, "class.rows-faulty")
    assert pointers(problem) == ["/rows/1/scores/0", "/rows/2"]
    assert "höchstens 2" in problem["errors"][0]["detail"] or problem["errors"][0]["detail"]
    assert await this.stack.head() == before


async def test_a_correction_needs_a_reason(this: OwnClass) -> None:
    await this.record(row("p-anna", 2, 1))
    body = {"rows": [row("p-anna", 2, 2)]}
    response = await this.person.post(f"{this.in_round}/results", body)
    refused(response, HTTPStatus.UNPROCESSABLE_ENTITY, "assessment.reason-missing")
    corrected = await this.record(row("p-anna", 2, 2), reason="Falsch übertragen.")
    assert corrected["recorded"]


async def test_one_learner_is_typed_by_hand(this: OwnClass) -> None:
    learners = await this.learners()
    path = f"{this.in_round}/results/{learners['p-cem']}"
    body = {"scores": row("p-cem", 1, 1)["scores"], "form": "A"}
    seen = await this.version()
    decision = recorded(await this.person.put(path, body, seen=seen))
    assert decision["recorded"]
    stale = await this.person.put(path, {**body, "reason": "Zahlendreher"}, seen=seen)
    refused(stale, HTTPStatus.PRECONDITION_FAILED, "request.version-changed")
    wrong = await this.person.put(path, {"scores": row("p-cem", 9, 1)["scores"]})
    problem = refused(wrong, HTTPStatus.UNPROCESSABLE_ENTITY, "class.rows-faulty")
    assert pointers(problem) == ["/scores/0"]


async def test_a_class_is_complete_when_everybody_has_a_row(this: OwnClass) -> None:
    await this.record(row("p-anna", 2, 1), row("p-ben", 0, 1))
    seen = await this.version()
    early = await this.person.post(f"{this.in_round}/submission", seen=seen)
    refused(early, HTTPStatus.CONFLICT, "class.learners-without-result")
    await this.record({"pseudonym": "p-cem", "attendance": "absent"})
    assert (await this.submit())["recorded"]
    seen = await this.version()
    unfounded = await this.person.post(f"{this.in_round}/reopening", {"reason": " "}, seen=seen)
    refused(unfounded, HTTPStatus.UNPROCESSABLE_ENTITY, "assessment.reason-missing")
    because = {"reason": "Eine Nachschreiberin kam dazu."}
    recorded(await this.person.post(f"{this.in_round}/reopening", because, seen=seen))
    sheet = await this.person.read(f"{this.in_round}/results")
    assert sheet["stage"] == "collecting"
