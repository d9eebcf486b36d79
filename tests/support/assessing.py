"""A round of the language assessment without Temporal: its process's steps, taken by the test."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import msgspec

from domain.assessments.commands import (
    ApproveVersion,
    CloseWindow,
    DraftVersion,
    OpenWindow,
    RegisterInstrument,
    ReleaseRound,
    SubmitVersion,
    class_id,
)
from domain.assessments.commands_class import (
    RecordResults,
    RegisterClass,
    ReleaseClass,
    Row,
    SubmitClass,
)
from domain.assessments.definition import Definition, Kind
from domain.assessments.figures import PublishFigures
from domain.assessments.instrument import definition_digest
from domain.assessments.results import Attendance, PartScore, Result
from domain.kernel import Command
from services.identity.principal import process
from services.orders import Order
from services.runtime import Runtime
from tests.support.assessments import (
    APPROVER,
    AUTHOR,
    ask,
    in_school_year,
    school_year_after,
    staff,
)
from tests.support.http import Json

PROCESS = process("assessment-round/test")
PARTS = ("t1", "t2")
DEFINITION: Json = {
    "kind": "c-test",
    "parts": [
        {
            "key": "t1",
            "title": "Text 1",
            "maximum": 2,
            "text": "In der Werk{1} wird gear{2}.",
            "gaps": [
                {"accepted": ["statt"], "recognised": ["stat"]},
                {"accepted": ["beitet"]},
            ],
        },
        {"key": "t2", "title": "Im Büro", "maximum": 2},
    ],
    "cut_scores": {
        "version": "2026-1",
        "author": "Fachgruppe",
        "method": "Bookmark",
        "set_on": "2026-01-15",
        "cuts": [
            {"level": "A1", "at_least": 0},
            {"level": "A2", "at_least": 2},
            {"level": "B1", "at_least": 3},
        ],
    },
    "norms": {"reliability": 840, "deviation": 90, "people": 120, "source": "Erprobung"},
    "rules": [
        {"key": "lesen", "lowest": "A1", "highest": "A2", "measures": ["reading-vocabulary"]}
    ],
}
"""A C-test of two texts, four points: from 2 on A2, from 3 on B1."""


def announcement(year: str, colleges: Sequence[str], **other: Json) -> Json:
    """A round in September of this school year, on version 1 of `c-test`."""
    return {
        "key": "eingang",
        "title": "Sprachstandserhebung",
        "school_year": year,
        "instrument": "c-test",
        "version": 1,
        "opens_at": in_school_year(year, 9, 1).isoformat(),
        "closes_at": in_school_year(year, 9, 20).isoformat(),
        "reminders": [in_school_year(year, 9, 15).isoformat()],
        "colleges": list(colleges),
        "basis": "SchulG NRW § 120",
        **other,
    }


def coming_school_year(now: datetime) -> str:
    return school_year_after(now)


async def approve_instrument(runtime: Runtime) -> None:
    """`c-test` with an approved version 1."""
    definition = msgspec.convert(DEFINITION, Definition)
    digest = definition_digest(definition)
    registering = RegisterInstrument(instrument="c-test", title="C-Test", kind=Kind.C_TEST)
    for command, by in (
        (registering, AUTHOR),
        (DraftVersion(instrument="c-test", version=1, definition=definition), AUTHOR),
        (SubmitVersion(instrument="c-test", version=1), AUTHOR),
        (ApproveVersion(instrument="c-test", version=1, digest=digest), APPROVER),
    ):
        await ask(runtime, command, by)


class RoundSteps:
    """What colleges and the process do in a round, each at its planned moment."""

    def __init__(self, runtime: Runtime, assessment_round: UUID, year: str, month: int = 9) -> None:
        self._runtime = runtime
        self.round = assessment_round
        self._year = year
        self.opens_at = in_school_year(year, month, 1)
        self.closes_at = in_school_year(year, month, 20)

    async def open(self) -> None:
        await self._step(OpenWindow(round=self.round), self.opens_at)

    async def register(
        self, college: str, name: str, *, programme: str = "A01", trade: str = "10-10104"
    ) -> UUID:
        command = RegisterClass(
            college=college,
            school_year=self._year,
            name=name,
            programme=programme,
            trade=trade,
            size=30,
        )
        await ask(self._runtime, command, staff(college), self.opens_at)
        return command.subject

    async def submit(
        self, college: str, name: str, points: Mapping[str, int], *, at: datetime | None = None
    ) -> None:
        """The class's learners with their points (0 to 4; -1: absent), complete."""
        at = at or self.opens_at + timedelta(days=1)
        this = class_id(college, self._year, name)
        rows = tuple(Row(pseudonym=who, result=result(n)) for who, n in points.items())
        recording = RecordResults(training_class=this, round=self.round, rows=rows)
        await ask(self._runtime, recording, staff(college), at)
        submitting = SubmitClass(training_class=this, round=self.round)
        await ask(self._runtime, submitting, staff(college), at)

    async def close(self) -> None:
        await self._step(CloseWindow(round=self.round), self.closes_at)

    async def release(self) -> None:
        """Score and release what was submitted, and publish what may be."""
        views = self._runtime.desk.assessments.views
        await views.catch_up()
        for college in await views.pending_colleges(self.round):
            for this in await views.pending_classes(self.round, college, None, 1000):
                await self._step(
                    ReleaseClass(training_class=this, round=self.round), self.closes_at
                )
        await views.catch_up()
        classes = await views.released_classes(self.round)
        await self._step(ReleaseRound(round=self.round, classes=classes), self.closes_at)
        await self.publish()

    async def publish(self) -> None:
        await self._step(PublishFigures(round=self.round), self.closes_at)
        await self._runtime.read_models.catch_up()

    async def _step(self, command: Command, at: datetime) -> None:
        await self._runtime.desk.handle(
            Order(
                command=command,
                command_id=uuid4(),
                principal=PROCESS,
                at=at,
                correlation=str(uuid4()),
            )
        )


def result(points: int) -> Result:
    """So many of four points, the first text first."""
    if points < 0:
        return Result(attendance=Attendance.ABSENT)
    shares = (min(points, 2), max(points - 2, 0))
    return Result(
        scores=tuple(
            PartScore(part=part, exact=share, recognition=share)
            for part, share in zip(PARTS, shares, strict=True)
        )
    )


def learners(name: str, points: Sequence[int]) -> dict[str, int]:
    """Pseudonyms with their points."""
    return {f"{name}-{number}": n for number, n in enumerate(points)}
