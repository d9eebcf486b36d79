"""An answer is refused if it is late, foreign, not asked for, or to another text."""

import asyncio
from http import HTTPStatus

import pytest

from tests.services.api.conftest import Scene
from tests.support.http import Json, pointers, recorded, refused
from tests.support.stack import Stack
from tests.support.writing import invite, submit_draft

AGREE = {"position": "agree"}
DIGEST = "0" * 64


async def test_nobody_answers_for_another_organisation(scene: Scene) -> None:
    before = await scene.stack.head()
    path = f"{scene.round}/responses/jobcenter"
    response = await scene.stack.agentur.put(path, {"shown": DIGEST, **AGREE})
    problem = refused(response, HTTPStatus.FORBIDDEN, "identity.outside-own-area")
    assert "agentur" in problem["detail"]
    reading = await scene.stack.agentur.ask("GET", path)
    refused(reading, HTTPStatus.FORBIDDEN, "concept.may-not-read")
    assert await scene.stack.head() == before


async def test_an_organisation_that_is_not_invited_is_refused(scene: Scene) -> None:
    before = await scene.stack.head()
    path = f"{scene.round}/responses/auslaenderbehoerde-kreis"
    response = await scene.stack.auslaenderbehoerde.put(path, {"shown": DIGEST, **AGREE})
    refused(response, HTTPStatus.FORBIDDEN, "concept.not-invited")
    assert await scene.stack.head() == before


async def test_an_answer_to_another_text_than_the_one_in_consultation_is_refused(
    scene: Scene,
) -> None:
    before = await scene.stack.head()
    path = f"{scene.round}/responses/agentur"
    response = await scene.stack.agentur.put(path, {"shown": DIGEST, **AGREE})
    problem = refused(response, HTTPStatus.CONFLICT, "concept.other-text-shown")
    assert pointers(problem) == ["/shown"]
    assert await scene.stack.head() == before


@pytest.mark.parametrize(
    ("answer", "status", "code"),
    [
        ({}, HTTPStatus.UNPROCESSABLE_ENTITY, "concept.position-missing"),
        ({"position": "object"}, HTTPStatus.UNPROCESSABLE_ENTITY, "concept.remark-missing"),
        ({"position": "perhaps"}, HTTPStatus.UNPROCESSABLE_ENTITY, "request.invalid"),
        (
            {"position": "agree", "sections": [{"section": "unfug", "position": "agree"}]},
            HTTPStatus.CONFLICT,
            "concept.section-not-asked",
        ),
    ],
)
async def test_an_incomplete_answer_is_refused(
    scene: Scene, answer: Json, status: HTTPStatus, code: str
) -> None:
    before = await scene.stack.head()
    response = await scene.stack.agentur.answer(scene.consulting, 1, "agentur", answer)
    refused(response, status, code)
    assert await scene.stack.head() == before


async def test_an_answer_after_the_end_is_refused_even_before_the_round_was_closed(
    stack: Stack,
) -> None:
    """Without Temporal nobody closes the round; the rule holds all the same."""
    opening = {"municipality": "05774020", "edition": "2025"}
    concept = recorded(await stack.koordination.post("/concepts", opening))["id"]
    await submit_draft(stack.fallmanagement, concept)
    await invite(stack.koordination, concept, [{"organisation": "jobcenter"}], seconds=2)
    await asyncio.sleep(2.1)
    before = await stack.head()
    response = await stack.jobcenter.answer(concept, 1, "jobcenter", AGREE)
    refused(response, HTTPStatus.CONFLICT, "concept.answer-too-late")
    assert await stack.head() == before
