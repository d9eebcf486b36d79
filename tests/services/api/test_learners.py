"""A learner's rights over HTTP: information, erasure, and what is left of the record."""

from http import HTTPStatus
from uuid import uuid4

import pytest

from tests.support.http import Json, recorded, refused
from tests.support.own_class import OwnClass, own_class, row
from tests.support.stack import Stack

REASON = "Antrag nach Art. 17 DSGVO vom 3. Mai"


@pytest.fixture
async def this(stack: Stack) -> OwnClass:
    this = await own_class(stack)
    await this.record(row("p-anna", 2, 1), row("p-ben", 1, 1))
    await this.record(row("p-anna", 2, 2), reason="Übertragungsfehler bei Anna.")
    return this


async def erased(this: OwnClass, pseudonym: str) -> str:
    learner = (await this.learners())[pseudonym]
    path = f"/learners/{learner}/erasure"
    recorded(await this.person.post(path, {"reason": REASON}))
    return learner


async def test_a_learner_is_told_everything_that_is_kept(this: OwnClass) -> None:
    learner = (await this.learners())["p-anna"]
    export = await this.person.read(f"/learners/{learner}/export")
    (found,) = export["classes"]
    assert (found["name"], found["pseudonym"]) == ("MB26A", "p-anna")
    assert [entry["topic"].partition(".")[2] for entry in found["entries"]] == [
        "learner-enrolled",
        "result-recorded",
        "result-corrected",
    ]
    corrected = found["entries"][-1]
    assert corrected["reason"] == "Übertragungsfehler bei Anna."
    assert corrected["event"]["result"]["scores"][1]["exact"] == 2
    assert [entry["event"]["purpose"] for entry in found["looks"]] == [
        "list-learners",
        "answer-learner",
    ]
    assert all("p-ben" not in str(entry) for entry in found["entries"])


async def test_a_learner_of_another_college_is_unknown_here(this: OwnClass) -> None:
    learner = (await this.learners())["p-anna"]
    other = this.stack.nachbarkolleg
    response = await other.ask("GET", f"/learners/{learner}/export")
    refused(response, HTTPStatus.NOT_FOUND, "class.unknown-learner")
    response = await other.post(f"/learners/{learner}/erasure", {"reason": REASON})
    refused(response, HTTPStatus.FORBIDDEN, "identity.outside-own-area")
    response = await this.person.post(f"/learners/{uuid4()}/erasure", {"reason": REASON})
    refused(response, HTTPStatus.FORBIDDEN, "identity.outside-own-area")


async def test_after_the_erasure_nothing_personal_can_be_read_any_more(this: OwnClass) -> None:
    learner = await erased(this, "p-anna")
    sheet = await this.person.read(f"{this.in_round}/results")
    gone = next(r for r in sheet["rows"] if r["learner"] == learner)
    assert gone["pseudonym"]["type"] == "erased"
    assert gone["result"]["type"] == "erased"
    assert gone["exact"] is None
    export: Json = await this.person.read(f"/learners/{learner}/export")
    assert "Anna" not in str(export)
    assert "p-anna" not in str(export)
    response = await this.person.ask("GET", f"{this.in_round}/template.csv")
    assert "p-anna" not in response.text
    assert "p-ben" in response.text


async def test_nothing_is_recorded_about_somebody_whose_data_were_erased(this: OwnClass) -> None:
    learner = await erased(this, "p-anna")
    typed = await this.person.put(f"{this.in_round}/results/{learner}", {"attendance": "absent"})
    refused(typed, HTTPStatus.CONFLICT, "class.learner-erased")
    body = {"rows": [row("p-anna", 1, 1)], "reason": "Nachtrag"}
    response = await this.person.post(f"{this.in_round}/results", body)
    problem = refused(response, HTTPStatus.UNPROCESSABLE_ENTITY, "class.rows-faulty")
    assert [error["code"] for error in problem["errors"]] == ["class.learner-erased"]


async def test_a_hold_keeps_everything(this: OwnClass) -> None:
    learner = (await this.learners())["p-anna"]
    hold = {"reason": "Klageverfahren 12 K 3/31"}
    recorded(await this.stack.verwaltung.post(f"/subjects/{learner}/holds", hold))
    response = await this.person.post(f"/learners/{learner}/erasure", {"reason": REASON})
    refused(response, HTTPStatus.CONFLICT, "privacy.legal-hold")
