"""Opens the rows of a round's learners, class by class, for figures: they leave here as counts.

Nothing of it is kept. The counts are themselves confidential (a class can be small): they go to
the decision about a publication, which lets out only what gives nobody away.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from uuid import UUID

import msgspec

from domain.assessments.definition import Level
from domain.assessments.events_class import ResultAssessed, ResultCorrected, ResultRecorded
from domain.assessments.results import Meaning, Result
from domain.assessments.suppression import Counts, Path
from services.eventstore.database import Pool
from services.eventstore.record import LogEntry
from services.eventstore.store import EventStore

CLASSES = """
    select id, college, programme, trade from class_sitting join training_class on id = class
    where round = $1 and released and (college, id) > ($2, $3) order by college, id limit $4
"""
OF_CLASSES = """
    select position, originator_id, originator_version, topic, state, recorded_at from event
    where originator_id = any($1) and topic = any($2) and position <= $3 order by position
"""
MEANINGS = (ResultAssessed.TOPIC, ResultCorrected.TOPIC)
RESULTS = (ResultRecorded.TOPIC, ResultCorrected.TOPIC)
AT_ONCE = 20
"""Classes: at 25 learners each, some 500 rows are open at a time, for a twentieth of a second."""

NO_CLASS = UUID(int=0)


class TrainingClass(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    college: str
    programme: str
    trade: str


class _Learner(msgspec.Struct):
    """Where a learner was assessed first, and what stands last; no level if there is none."""

    first: int
    path: Path
    level: Level | None = None


class Rows:
    """The rows of a round's released classes up to a log position. The views must be as far."""

    def __init__(self, pool: Pool, store: EventStore, assessment_round: UUID, until: int) -> None:
        self._pool = pool
        self._store = store
        self._round = assessment_round
        self._until = until

    async def uncounted(self, after: int) -> Mapping[Path, Counts]:
        """The people who were assessed first after this log position, on each level.

        By college, programme and trade. Their level is that of the score: teachers take second
        looks later, each in their own time. Who was erased is not counted, who is in two classes
        of a college once.
        """
        counts: dict[Path, list[int]] = {}
        college: dict[UUID, _Learner] = {}
        name = ""
        async for classes, entries in self._batches(MEANINGS):
            for training_class in classes:
                if training_class.college != name:
                    _add(college, counts, after)
                    college, name = {}, training_class.college
                for entry in entries.get(training_class.id, ()):
                    self._note(entry, training_class, college)
        _add(college, counts, after)
        return {path: tuple(levels) for path, levels in counts.items()}

    async def sittings(self) -> AsyncIterator[Sequence[tuple[str, Result]]]:
        """The results as they stand at the end, with the class of each; those of some classes."""
        async for classes, entries in self._batches(RESULTS):
            found: list[tuple[str, Result]] = []
            for training_class in classes:
                standing: dict[UUID, Result] = {}
                for entry in entries.get(training_class.id, ()):
                    event = entry.event
                    assert isinstance(event, ResultRecorded | ResultCorrected), (
                        "these are asked for"
                    )
                    if event.round == self._round and isinstance(event.result, Result):
                        standing[event.learner] = event.result
                found += [(str(training_class.id), result) for result in standing.values()]
            yield found

    async def _batches(
        self, topics: Sequence[str]
    ) -> AsyncIterator[tuple[Sequence[TrainingClass], Mapping[UUID, Sequence[LogEntry]]]]:
        """Some classes at a time, by college, with their entries of these topics in order."""
        after = ("", NO_CLASS)
        while True:
            rows = await self._pool.fetch(CLASSES, self._round, *after, AT_ONCE)
            if not rows:
                return
            classes = [TrainingClass(**dict(row)) for row in rows]
            after = (classes[-1].college, classes[-1].id)
            asked = [one.id for one in classes]
            found = await self._pool.fetch(OF_CLASSES, asked, topics, self._until)
            entries: dict[UUID, list[LogEntry]] = {}
            for entry in await self._store.entries(found):
                entries.setdefault(entry.originator_id, []).append(entry)
            yield classes, entries

    def _note(
        self, entry: LogEntry, training_class: TrainingClass, college: dict[UUID, _Learner]
    ) -> None:
        match event := entry.event:
            case ResultAssessed() if event.round == self._round:
                path = (training_class.college, training_class.programme, training_class.trade)
                known = college.setdefault(event.learner, _Learner(entry.position, path))
                known.first = min(known.first, entry.position)
                meaning = event.meaning
                known.level = meaning.level if isinstance(meaning, Meaning) else None
            case ResultCorrected() if event.round == self._round and event.learner in college:
                # What it means follows at once, unless it means nothing any more.
                college[event.learner].level = None
            case _:
                pass


def _add(college: Mapping[UUID, _Learner], counts: dict[Path, list[int]], after: int) -> None:
    for learner in college.values():
        if learner.level is not None and learner.first > after:
            levels = counts.setdefault(learner.path, [0] * len(Level))
            levels[learner.level.rank] += 1
