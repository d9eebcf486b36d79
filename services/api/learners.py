"""A learner's rights: what is kept of them, and its erasure. Asked of their college, done there."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Response

from domain.assessments.class_assessment import Standing
from domain.assessments.errors_class import UnknownLearner
from domain.assessments.events_class import RowsSeen
from domain.kernel import Erased, stream_id
from domain.privacy.commands import EraseSubject
from services.api import bounds
from services.api.access import SignedIn
from services.api.class_access import ClassAt, Classes, own_colleges
from services.api.decisions import Clerk, Decision, IdempotencyKey, decided
from services.api.languages import language_of, spoken
from services.api.looks import Purpose, note_look
from services.api.problems import CHANGING, READING
from services.api.reading import Reader
from services.desk import Desk
from services.eventstore.database import Pool
from services.eventstore.record import LogEntry
from services.eventstore.store import EventStore
from services.history import HistoryEntry, history
from services.privacy.retention.learners import classes_of


class LearnerErasure(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The reason stays readable for ever, so it must not name the person."""

    reason: Annotated[
        bounds.Reason, msgspec.Meta(examples=["Antrag nach Art. 17 DSGVO vom 3. Mai 2027"])
    ]


class LearnerInRound(msgspec.Struct, frozen=True, kw_only=True):
    """What stands for the learner in a round."""

    round: UUID
    standing: Standing


class LearnerInClass(msgspec.Struct, frozen=True, kw_only=True):
    """The learner in one class: as it stands, how it came about, and who looked at it."""

    training_class: UUID
    college: str
    school_year: str
    name: str
    pseudonym: str | Erased
    rounds: list[LearnerInRound]
    entries: list[HistoryEntry]
    looks: list[HistoryEntry]


class LearnerExport(msgspec.Struct, frozen=True, kw_only=True):
    """All that is kept of a learner (Art. 15 GDPR). Who they are, their college alone knows."""

    learner: UUID
    classes: list[LearnerInClass]


class LearnerController(Controller):
    """What is kept of one learner, under the id that the class's list shows."""

    path = "/learners/{learner:uuid}"
    tags = ("Privacy",)

    @get("/export", operation_id="exportLearner", responses=READING)
    async def export_learner(
        self,
        request: SignedIn,
        learner: FromPath[UUID],
        pool: NamedDependency[Pool],
        store: NamedDependency[EventStore],
        desk: NamedDependency[Desk],
        classes: NamedDependency[Classes],
        reader: NamedDependency[Reader],
        clerk: NamedDependency[Clerk],
    ) -> Response[LearnerExport]:
        """Everything that is kept of a learner of the own college. The look is recorded.

        Correction is recording the result again, with a reason.
        """
        own = own_colleges(request, clerk.now())
        await desk.assessments.views.catch_up()
        found = await classes_of(pool, learner, sorted(own))
        if not found:
            raise UnknownLearner
        for this in found:
            await note_look(request, clerk, this, Purpose.EXPORT, learner=learner)
        language = language_of(request)
        told: list[LearnerInClass] = []
        for this in found:
            at = await classes.own(request, this, clerk.now())
            entries = [e for e in at.entries if getattr(e.event, "learner", None) == learner]
            looks = await _looks(store, this, learner)
            names = await reader.names([*entries, *looks])
            told.append(
                _in_class(
                    at,
                    learner,
                    history(entries, language, names, shows_learners=True),
                    history(looks, language, names),
                )
            )
        return spoken(LearnerExport(learner=learner, classes=told), language)

    @post("/erasure", operation_id="eraseLearner", status_code=200, responses=CHANGING)
    async def erase_learner(
        self,
        request: SignedIn,
        learner: FromPath[UUID],
        data: JSONBody[LearnerErasure],
        key: IdempotencyKey,
        reader: NamedDependency[Reader],
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Make everything personal about a learner of the own college unreadable for ever.

        The answer comes once it is. Published figures count them still; they name nobody.
        """
        own_colleges(request, clerk.now())
        command = EraseSubject(person=learner, reason=data.reason)
        receipt = await clerk.decide(request, command, key=key)
        await reader.caught_up(receipt.last)
        return decided(receipt)


async def _looks(store: EventStore, training_class: UUID, learner: UUID) -> list[LogEntry]:
    """Who looked at the learner's rows, alone or with those of the whole class."""
    entries = await store.load(stream_id("look", str(training_class)))
    return [
        entry
        for entry in entries
        if isinstance(entry.event, RowsSeen) and entry.event.learner in {None, learner}
    ]


def _in_class(
    found: ClassAt, learner: UUID, entries: list[HistoryEntry], looks: list[HistoryEntry]
) -> LearnerInClass:
    this = found.this
    return LearnerInClass(
        training_class=this.details.training_class,
        college=this.details.college,
        school_year=this.details.school_year,
        name=this.details.name,
        pseudonym=this.learners.get(learner, ""),
        rounds=[
            LearnerInRound(round=round_id, standing=sheet.standings[learner])
            for round_id, sheet in this.sheets.items()
            if learner in sheet.standings
        ],
        entries=entries,
        looks=looks,
    )
