"""Processes under way survive a change of the code: their recorded histories replay."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
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

from domain.assessments.course import Phase as RoundPhase
from domain.assessments.course import RoundCourse
from domain.concepts.course import Course, Phase
from domain.course_pools.following import Move, MoveKind, Parting
from domain.goals.course import Phase as YearPhase
from domain.goals.course import YearCourse
from domain.language_needs.course import Phase as ReportPhase
from domain.language_needs.course import ReportCourse
from domain.posts.course import Phase as PostPhase
from domain.posts.course import PostCourse
from domain.posts.terms import Lead, Matter
from domain.steering.resolution_course import Phase as MandatePhase
from domain.steering.resolution_course import ResolutionCourse
from domain.steering.session_course import Course as SessionCourse
from domain.steering.session_course import Phase as SessionPhase
from domain.steering.session_events import Occasion, SessionKind
from domain.working_groups.course import AgreementCourse, Call, GroupCourse
from domain.working_groups.course import Phase as GroupPhase
from services.relay.routes import TOPICS
from services.temporal import PASSED_THROUGH, WORKFLOWS
from tests.support.assessments import COLLEGES
from tests.workflows.record import HISTORIES, missing
from tests.workflows.record_groups import YEAR
from tests.workflows.record_years import SCHOOL_YEARS
from workflows.assessment_activities import Batch, Released, RoundAt, RoundStep
from workflows.assessment_round import RoundStart
from workflows.college_release import CollegeStart
from workflows.concept_activities import CourseAt, Step
from workflows.concept_agreement import Start
from workflows.converter import DATA_CONVERTER
from workflows.funded_post import PostStart
from workflows.funded_post_activities import PostLook, PostReminding, PostSeen
from workflows.group_activities import GroupAt, GroupStep
from workflows.language_need import ReportStart
from workflows.language_need_activities import PoolStep, ReportAt, ReportStep
from workflows.mandate_activities import MandateCourseAt, MandateStep
from workflows.mandate_follow_up import MandateStart
from workflows.notes import Note
from workflows.retention_activities import Look, Looked
from workflows.school_year import YearStart
from workflows.school_year_activities import YearAt, YearLook, YearStep
from workflows.session_activities import AskForSession, SessionCourseAt, SessionStep
from workflows.steering_session import SessionStart
from workflows.working_group_cycle import GroupStart

RECORDED = sorted(HISTORIES.glob("*.json"))
each_history = pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)

SANDBOX = SandboxedWorkflowRunner(
    restrictions=SandboxRestrictions.default.with_passthrough_modules(*PASSED_THROUGH)
)

STRUCTS: tuple[type[msgspec.Struct], ...] = (
    *(Start, Note, Step, Course, CourseAt, Look, Looked),
    *(RoundStart, RoundStep, RoundCourse, RoundAt, CollegeStart, Batch, Released),
    *(PostStart, PostLook, PostSeen, PostCourse, PostReminding),
    *(ReportStart, ReportStep, ReportCourse, ReportAt, PoolStep, Move),
    *(YearStart, YearLook, YearStep, YearCourse, YearAt),
    *(SessionStart, AskForSession, SessionStep, SessionCourse, SessionCourseAt),
    *(MandateStart, MandateStep, ResolutionCourse, MandateCourseAt),
    *(GroupStart, GroupStep, GroupCourse, GroupAt, Call, AgreementCourse),
)
FIELDS = {field.name for struct in STRUCTS for field in msgspec.structs.fields(struct)}
WORDS = {
    *TOPICS,
    *Phase,
    *RoundPhase,
    *COLLEGES,
    *YearPhase,
    *(*PostPhase, *Matter, *Lead),
    *ReportPhase,
    *(*MoveKind, *Parting),
    *SCHOOL_YEARS.values(),
    *GroupPhase,
    *(*SessionPhase, *SessionKind, *Occasion, *MandatePhase),
    YEAR,
    "",
}

REFUSED = {
    "escalate_consultation": "concept.too-early",
    "close_window": "assessment.too-early",
    "close_school_year": "school-year.not-over",
    "freeze_agenda": "session.agenda-is-empty",
    "declare_mandate_overdue": "follow-up.too-early",
    "declare_agreement_overdue": "follow-up.too-early",
    "escalate_report": "company-report.due-changed",
}
"""The steps that are refused on a recorded path, and by which rule."""

FAILED = {"publish_figures": "UnsafeFigures"}
"""Those that fail, and with what kind of error."""


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
            return value in WORDS or any(is_a(kind, value) for kind in (UUID, datetime, date))
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
def test_a_failure_in_a_history_names_the_rule_or_its_kind_and_nothing_else(path: Path) -> None:
    refused = {f"refused in {step}": rule for step, rule in REFUSED.items()}
    failed = {f"failed in {step}": kind for step, kind in FAILED.items()}
    for event in history_in(path).events:
        failure = event.activity_task_failed_event_attributes.failure
        assert failure.message in {"", *refused, *failed}
        assert failure.application_failure_info.type in {"", *refused.values(), *failed.values()}
        assert not failure.HasField("cause")


@pytest.mark.parametrize("value", ["Karin Koordination", {"name": 1}, {"at": "morgen"}, 0.5])
def test_a_text_in_a_payload_would_be_found(value: Any) -> None:
    assert not is_harmless(value)
