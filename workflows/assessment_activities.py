"""What an assessment round's process does to the world: it reads the course and issues commands."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

import msgspec
from temporalio import activity

from domain.assessments.commands import (
    AnnounceRound,
    CloseWindow,
    CompareRounds,
    EscalateRound,
    OpenWindow,
    ReleaseRound,
    RemindColleges,
    RoundCommand,
    ScheduleRetest,
)
from domain.assessments.commands_class import ReleaseClass
from domain.assessments.course import RoundCourse
from domain.assessments.figures import PublishFigures
from domain.kernel import Command, DomainError
from workflows.commissions import Commission, command_id, own_id

CLASSES_AT_A_TIME = 20
"""So many classes are released by one activity: with 25 learners each, a second or two."""


class RoundRecord(Protocol):
    """What the process needs from the service: where a round stands, and commands.

    Classes are read from the views, which catch up first.
    """

    async def course(self, assessment_round: UUID) -> tuple[RoundCourse, int]:
        """The course, and the log position up to which it is true."""
        ...

    async def pending_colleges(self, assessment_round: UUID) -> Sequence[str]:
        """Colleges with submitted classes that are not released yet, by key, in order."""
        ...

    async def pending_classes(
        self, assessment_round: UUID, college: str, after: UUID | None, limit: int
    ) -> Sequence[UUID]:
        """Such classes of one college after this one, so many at most, in order."""
        ...

    async def released_classes(self, assessment_round: UUID) -> int:
        """How many classes are released."""
        ...

    async def compared_classes(self, assessment_round: UUID) -> int:
        """How many classes are released both in this retest and in its first test."""
        ...

    async def retest(self, assessment_round: UUID, at: datetime) -> AnnounceRound | None:
        """The retest as planned, with the colleges that have released classes.

        None without any, and if its window has passed at that time or its key was taken by
        another round: then people have to announce it as it is possible now.
        """
        ...

    async def is_announced(self, retest: UUID, assessment_round: UUID) -> bool:
        """Whether there is this retest of the round."""
        ...

    async def commission(self, commission: Commission) -> None:
        """Handle the command. Raises DomainError if a rule is against it."""
        ...


class RoundAt(msgspec.Struct, frozen=True, kw_only=True):
    """The course as it was at a log position."""

    course: RoundCourse
    position: int


class RoundStep(msgspec.Struct, frozen=True, kw_only=True):
    """A step the process takes. `moment` is the planned one; `at` is the workflow's time."""

    round: UUID
    at: datetime
    correlation: str
    causation: int
    moment: datetime | None = None
    retest: UUID | None = None


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """The next classes of a college, those after `after`, to be released at the workflow's time."""

    round: UUID
    college: str
    at: datetime
    correlation: str
    causation: int
    after: UUID | None = None


class Released(msgspec.Struct, frozen=True, kw_only=True):
    """How many were released, how many refused; `after`: where to go on, None at the end."""

    released: int
    refused: int
    after: UUID | None = None


class RoundActivities:
    """Every method may run more than once: the command id follows from workflow and step."""

    def __init__(self, record: RoundRecord) -> None:
        self._record = record

    @activity.defn
    async def read_round(self, assessment_round: UUID) -> RoundAt:
        course, position = await self._record.course(assessment_round)
        return RoundAt(course=course, position=position)

    @activity.defn
    async def open_window(self, step: RoundStep) -> None:
        await self._issue(OpenWindow(round=step.round), step, f"open/{step.moment}")

    @activity.defn
    async def remind_colleges(self, step: RoundStep) -> None:
        assert step.moment is not None, "a planned reminder has its moment"
        command = RemindColleges(round=step.round, moment=step.moment)
        await self._issue(command, step, f"remind/{step.moment.isoformat()}")

    @activity.defn
    async def escalate_round(self, step: RoundStep) -> None:
        await self._issue(EscalateRound(round=step.round), step, f"escalate/{step.moment}")

    @activity.defn
    async def close_window(self, step: RoundStep) -> None:
        await self._issue(CloseWindow(round=step.round), step, f"close/{step.moment}")

    @activity.defn
    async def pending_colleges(self, assessment_round: UUID) -> Sequence[str]:
        return await self._record.pending_colleges(assessment_round)

    @activity.defn
    async def release_classes(self, batch: Batch) -> Released:
        """Release the next classes, one after the other. What is refused is left for later."""
        classes = await self._record.pending_classes(
            batch.round, batch.college, batch.after, CLASSES_AT_A_TIME + 1
        )
        now = classes[:CLASSES_AT_A_TIME]
        refused = 0
        for training_class in now:
            # A worker that was stopped is missed soon, and a process that ended stops this one.
            activity.heartbeat()
            refused += not await self._release(training_class, batch)
        return Released(
            released=len(now) - refused,
            refused=refused,
            after=now[-1] if len(classes) > len(now) else None,
        )

    @activity.defn
    async def release_round(self, step: RoundStep) -> None:
        classes = await self._record.released_classes(step.round)
        command = ReleaseRound(round=step.round, classes=classes)
        await self._issue(command, step, f"release/{classes}")

    @activity.defn
    async def publish_figures(self, step: RoundStep) -> None:
        """Publish what the county sees, which is nothing where there are too few people."""
        await self._hand_in(PublishFigures(round=step.round), step, "figures")

    @activity.defn
    async def announce_retest(self, step: RoundStep) -> None:
        """Announce the retest if it can be held as planned, and note that in the first round."""
        assert step.retest is not None, "a planned retest has its id"
        if not await self._record.is_announced(step.retest, step.round):
            announcing = await self._record.retest(step.round, step.at)
            if announcing is None:
                return
            await self._issue(announcing, step, f"announce/{step.retest}")
        scheduling = ScheduleRetest(round=step.round, retest=step.retest)
        await self._issue(scheduling, step, f"schedule/{step.retest}")

    @activity.defn
    async def compare_rounds(self, step: RoundStep) -> None:
        classes = await self._record.compared_classes(step.round)
        command = CompareRounds(round=step.round, classes=classes)
        await self._issue(command, step, f"compare/{classes}")

    async def _release(self, training_class: UUID, batch: Batch) -> bool:
        """False if the domain refused."""
        command = ReleaseClass(training_class=training_class, round=batch.round)
        try:
            await self._hand_in(command, batch, f"release/{training_class}")
        except DomainError as error:
            activity.logger.warning("class %s not released: %s", training_class, error.code)
            return False
        return True

    async def _issue(self, command: RoundCommand, step: RoundStep, key: str) -> None:
        await self._hand_in(command, step, key)

    async def _hand_in(self, command: Command, step: RoundStep | Batch, key: str) -> None:
        workflow_id = own_id()
        await self._record.commission(
            Commission(
                command=command,
                command_id=command_id(workflow_id, key),
                workflow_id=workflow_id,
                at=step.at,
                correlation=step.correlation,
                causation=step.causation,
            )
        )
