"""What goes to the engine and back: the same structs as everywhere, as JSON."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
from temporalio.api.common.v1 import Payload, WorkflowExecution

from domain.concepts.course import Course, Phase
from workflows.concept_activities import CourseAt, Step
from workflows.concept_agreement import Start
from workflows.converter import DATA_CONVERTER
from workflows.notes import Note

CONCEPT = UUID("6f1c7f0e-52a5-5d0b-9d8b-0b6d0f7d5c11")
MOMENT = datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=UTC)
IN_BERLIN = datetime(2026, 3, 29, 9, tzinfo=timezone(timedelta(hours=2)))

COURSE = Course(
    phase=Phase.IN_CONSULTATION,
    round=2,
    reminders=(MOMENT, IN_BERLIN),
    due=IN_BERLIN,
    closes_at=IN_BERLIN,
    predecessor=CONCEPT,
)


async def there_and_back(value: Any, kind: type[Any] | None = None) -> Any:
    payloads = await DATA_CONVERTER.encode([value])
    return (await DATA_CONVERTER.decode(payloads, [kind or type(value)]))[0]


@pytest.mark.parametrize(
    "value",
    [
        CONCEPT,
        MOMENT,
        IN_BERLIN,
        Phase.VALID,
        Start(concept=CONCEPT),
        Start(concept=CONCEPT, noted=7, correlation="c"),
        Note(position=3, topic="concept.opened", correlation="c"),
        CourseAt(course=COURSE, position=12),
        CourseAt(course=Course(phase=Phase.ENDED), position=12),
        Step(concept=CONCEPT, at=MOMENT, correlation="c", causation=3, round=1, moment=IN_BERLIN),
        ("a", 1, None),
    ],
)
async def test_a_value_comes_back_as_it_was(value: Any) -> None:
    back = await there_and_back(value)

    assert back == value
    assert type(back) is type(value)


@pytest.mark.parametrize("value", [None, b"\x00\xff", WorkflowExecution(workflow_id="w")])
async def test_what_the_engine_itself_sends_is_left_to_its_own_converters(value: Any) -> None:
    (payload,) = await DATA_CONVERTER.encode([value])

    assert payload.metadata["encoding"] != b"json/plain"
    assert await there_and_back(value) == value


async def test_a_payload_is_plain_json_that_the_engines_pages_can_show() -> None:
    (payload,) = await DATA_CONVERTER.encode([Start(concept=CONCEPT)])

    assert payload.metadata["encoding"] == b"json/plain"
    assert payload.data == b'{"concept":"%s","noted":0,"correlation":""}' % str(CONCEPT).encode()


async def test_fields_that_came_later_have_their_defaults_in_older_payloads() -> None:
    older = Payload(
        metadata={"encoding": b"json/plain"}, data=b'{"concept":"%s"}' % str(CONCEPT).encode()
    )

    assert await DATA_CONVERTER.decode([older], [Start]) == [Start(concept=CONCEPT)]
