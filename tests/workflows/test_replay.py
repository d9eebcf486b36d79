"""Processes under way survive a change of the code: their recorded histories replay."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import msgspec
import pytest
from temporalio import workflow
from temporalio.api.common.v1 import Payload
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer, UnsandboxedWorkflowRunner, WorkflowRunner
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions
from temporalio.workflow import NondeterminismError

from domain.concepts.course import Course, Phase
from services.relay.routes import CONCEPT_TOPICS
from services.temporal import PASSED_THROUGH, WORKFLOWS
from tests.workflows.record import HISTORIES, missing
from workflows.concept_activities import CourseAt, Step
from workflows.concept_agreement import Start
from workflows.converter import DATA_CONVERTER
from workflows.notes import Note
from workflows.retention_activities import Look, Looked

RECORDED = sorted(HISTORIES.glob("*.json"))
each_history = pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)

SANDBOX = SandboxedWorkflowRunner(
    restrictions=SandboxRestrictions.default.with_passthrough_modules(*PASSED_THROUGH)
)

FIELDS = {
    field.name
    for struct in (Start, Note, Step, Course, CourseAt, Look, Looked)
    for field in msgspec.structs.fields(struct)
}
WORDS = {*CONCEPT_TOPICS, *Phase, ""}


@workflow.defn(name="ConceptAgreement")
class Hasty:
    """A version whose first step is another one."""

    @workflow.run
    async def run(self, _: Start) -> None:
        await workflow.sleep(1)

    @workflow.signal
    def note(self, _: Note) -> None:
        pass


async def replay(
    path: Path, workflows: Sequence[type[Any]] = WORKFLOWS, runner: WorkflowRunner = SANDBOX
) -> None:
    replayer = Replayer(workflows=workflows, data_converter=DATA_CONVERTER, workflow_runner=runner)
    await replayer.replay_workflow(history_in(path))


def history_in(path: Path) -> WorkflowHistory:
    return WorkflowHistory.from_json(path.stem, path.read_text())


def payloads(message: Any) -> Iterator[Payload]:
    """All payloads of a history, wherever they are."""
    if isinstance(message, Payload):
        yield message
        return
    for field, value in message.ListFields():
        if field.message_type is None:
            continue
        is_map = field.message_type.GetOptions().map_entry
        values = value.values() if is_map else value if field.is_repeated else (value,)
        for each in values:
            if hasattr(each, "ListFields"):
                yield from payloads(each)


def is_harmless(value: Any) -> bool:
    """An id, a moment, a number, a topic or a phase, or fields of our own with nothing else."""
    match value:
        case dict():
            fields = cast("dict[str, Any]", value)
            return fields.keys() <= FIELDS and all(map(is_harmless, fields.values()))
        case list():
            return all(map(is_harmless, cast("list[Any]", value)))
        case str():
            return value in WORDS or is_a(UUID, value) or is_a(datetime, value)
        case _:
            return value is None or isinstance(value, int)


def is_a(kind: type[Any], text: str) -> bool:
    try:
        msgspec.convert(text, kind)
    except msgspec.ValidationError:
        return False
    return True


@each_history
async def test_the_present_code_replays_the_history(path: Path) -> None:
    await replay(path)


def test_every_path_has_a_history() -> None:
    assert not missing(), "run `uv run python -m tests.workflows.record`"


async def test_another_order_of_steps_is_noticed() -> None:
    with pytest.raises(NondeterminismError):
        await replay(RECORDED[0], [Hasty], UnsandboxedWorkflowRunner())


@each_history
def test_a_history_holds_ids_moments_and_topics_only(path: Path) -> None:
    history = history_in(path)
    found = [payload for event in history.events for payload in payloads(event)]

    assert found
    values = [
        msgspec.json.decode(payload.data)
        for payload in found
        if payload.metadata["encoding"] == b"json/plain"
    ]
    assert [value for value in values if not is_harmless(value)] == []
    others = [payload for payload in found if payload.metadata["encoding"] != b"json/plain"]
    assert [payload for payload in others if payload.data] == []


@each_history
def test_a_refusal_in_a_history_names_the_rule_and_nothing_else(path: Path) -> None:
    for event in history_in(path).events:
        failure = event.activity_task_failed_event_attributes.failure
        assert failure.message in {"", "refused in escalate_consultation"}
        assert failure.application_failure_info.type in {"", "concept.too-early"}
        assert not failure.HasField("cause")


@pytest.mark.parametrize("value", ["Karin Koordination", {"name": 1}, {"at": "morgen"}, 0.5])
def test_a_text_in_a_payload_would_be_found(value: Any) -> None:
    assert not is_harmless(value)
