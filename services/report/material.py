"""What a report is written from: a school year as it was counted, and what its events say."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

import msgspec

from domain.concepts.commands import edition_id
from domain.concepts.framework import FRAMEWORK, FrameworkEdition
from domain.directory.organisation import Organisation
from domain.findings.decide_theme import THEME
from domain.findings.theme import Theme
from domain.goals.counting import Occurrence
from domain.steering.need_review import NeedReview
from domain.steering.need_review_decide import NEED_REVIEW
from domain.steering.resolution import Resolution
from domain.steering.resolution_decide import RESOLUTION
from domain.steering.session import Session
from domain.steering.session_decide import SESSION
from domain.working_groups.decide import WORKING_GROUP
from domain.working_groups.group import WorkingGroup
from services.contexts.streams import Streams
from services.eventstore.record import LogEntry
from services.eventstore.store import EventStore, Moment
from services.goals.kinds import Kind, name_of
from services.goals.years import YearAt
from services.report.wording import Sentences
from services.texts import Names
from services.texts.catalogue import InBoth


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """What was counted of a kind, once for each thing, in the order of the log.

    `body` is the key of the body it was counted for alone, if it was. `required` is what a
    target asks for.
    """

    key: str
    kind: Kind
    body: str
    happened: Sequence[Occurrence]
    required: int | None = None

    @property
    def positions(self) -> tuple[int, ...]:
        return tuple(one.position for one in self.happened)

    @property
    def days(self) -> list[date]:
        return [one.on for one in self.happened if one.on is not None]


class Material:
    """Looks up what is told, as it was at the moment of the report."""

    def __init__(self, store: EventStore, year: YearAt, names: Names, until: Moment) -> None:
        self._store = store
        self._streams = Streams(store)
        self._names = names
        self._until = until
        self.year = year
        self.sentences = Sentences(names)

    @property
    def school_year(self) -> str:
        return self.year.year.plan.school_year

    @property
    def fields(self) -> Mapping[str, InBoth]:
        return self._names.fields

    def counted(
        self, key: str, counts: str, positions: Sequence[int], required: int | None = None
    ) -> Counted:
        """What of a kind is at these positions."""
        kind, _, body = counts.partition("/")
        happened = [
            one
            for one in self.year.found.occurrences
            if one.kind == counts and one.position in positions
        ]
        in_order = sorted(happened, key=lambda one: one.position)
        return Counted(key=key, kind=Kind(kind), body=body, happened=in_order, required=required)

    def all_of(self, kind: Kind) -> Counted:
        """Everything of a kind in the year, each thing once."""
        first: dict[str, Occurrence] = {}
        for one in sorted(self.year.found.occurrences, key=lambda one: one.position):
            if one.kind == kind and one.school_year == self.school_year:
                first.setdefault(one.about, one)
        return Counted(key=str(kind), kind=kind, body="", happened=[*first.values()])

    def called(self, counts: str) -> str:
        """What is counted, in words."""
        return name_of(counts, self.year.found.bodies, "de")

    def body(self, key: str) -> str:
        """With its article, to begin a sentence: the only body of the county is meant without."""
        title = self.year.found.bodies.get(key, key)
        if not key:
            return "Das Gremium"
        return f"Die {title}" if "gruppe" in title.casefold() else f"Das Gremium „{title}“"

    def municipality(self, ags: str) -> str:
        return self._names.municipalities.get(ags, ags)

    async def session(self, stream: UUID) -> tuple[Session, Sequence[LogEntry]]:
        """With the entries it follows from."""
        entries = await self._store.load(stream, self._until)
        return SESSION.replay(entry.event for entry in entries), entries  # pyright: ignore[reportArgumentType]  (the stream has its own events)

    async def theme(self, stream: UUID) -> Theme:
        return await self._streams.state(THEME, stream, self._until)

    async def resolution(self, stream: UUID) -> Resolution:
        return await self._streams.state(RESOLUTION, stream, self._until)

    async def review(self, stream: UUID) -> NeedReview:
        return await self._streams.state(NEED_REVIEW, stream, self._until)

    async def group(self, stream: UUID) -> WorkingGroup:
        return await self._streams.state(WORKING_GROUP, stream, self._until)

    async def framework(self, edition: str) -> FrameworkEdition:
        return await self._streams.state(FRAMEWORK, edition_id(edition), self._until)

    async def organisations(self, keys: Sequence[str]) -> Sequence[Organisation]:
        return [await self._streams.organisation(key) for key in keys]
