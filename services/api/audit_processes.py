"""Any process of the county as it stood at a moment, and what people had before them."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.params import FromPath, PathParameter
from litestar.response import Response

from domain.assessments.events import RoundAnnounced
from domain.assessments.events_class import ClassRegistered
from services.api import bounds
from services.api.access import SignedIn
from services.api.bounds import checked
from services.api.decisions import Clerk
from services.api.languages import language_of, spoken
from services.api.problems import READING, EdgeProblem
from services.api.reading import Reader
from services.audit.process import Fact, standing
from services.audit.shown import ShownText, shown_by
from services.eventstore.database import Pool
from services.eventstore.record import LogEntry
from services.eventstore.store import EventStore, Moment
from services.identity.authorisation import require_record_reader

EntryPosition = Annotated[int, PathParameter(ge=1, le=bounds.LARGEST_POSITION)]


class ProcessAt(msgspec.Struct, frozen=True, kw_only=True):
    """A process at a moment, after the entry at `position`, which is its `step`-th.

    `positions` are those of all its entries, later ones too. Nothing is said of learners.
    """

    id: UUID
    kind: str
    kind_name: str
    title: str
    stage: str
    facts: list[Fact]
    step: int
    position: int
    recorded_at: datetime
    positions: list[int]


class ShownView(msgspec.Struct, frozen=True, kw_only=True):
    """What a person had before them when they decided.

    `digest` is recorded in the entry, `computed` follows from the texts: the same, or else what
    is here is not what was shown. Without texts, the entry names the version it is about.
    """

    position: int
    process: UUID
    digest: str
    computed: str
    texts: list[ShownText]


class ProcessController(Controller):
    """The processes by the ids of their streams."""

    path = "/audit"
    tags = ("Audit",)

    @get("/processes/{process:uuid}", operation_id="readProcess", responses=READING)
    async def read_process(
        self,
        request: SignedIn,
        process: FromPath[UUID],
        pool: NamedDependency[Pool],
        store: NamedDependency[EventStore],
        reader: NamedDependency[Reader],
        clerk: NamedDependency[Clerk],
        position: bounds.Position = None,
        as_of: bounds.AsOf = None,
    ) -> Response[ProcessAt]:
        """How a process stands, or stood at a log position or a moment."""
        require_record_reader(request.user, clerk.now())
        moment = Moment(position=position, recorded_by=checked(as_of, parameter="as_of"))
        rows = await pool.fetch(
            "select position from event where originator_id = $1 order by originator_version",
            process,
        )
        entries = await store.load(process, moment) if rows else []
        if not entries:
            raise EdgeProblem(HTTPStatus.NOT_FOUND, "audit.unknown-process")
        language = language_of(request)
        names = await reader.names(entries)
        found = standing(entries, language, names, await _titles(store, entries))
        view = ProcessAt(
            id=process,
            kind=found.kind,
            kind_name=found.kind_name,
            title=found.title,
            stage=found.stage,
            facts=found.facts,
            step=len(entries),
            position=entries[-1].position,
            recorded_at=entries[-1].recorded_at,
            positions=[row["position"] for row in rows],
        )
        return spoken(view, language)

    @get("/shown/{position:int}", operation_id="readShown", responses=READING)
    async def read_shown(
        self,
        request: SignedIn,
        position: EntryPosition,
        store: NamedDependency[EventStore],
        clerk: NamedDependency[Clerk],
    ) -> ShownView:
        """What the person had before them whose decision is at this log position."""
        require_record_reader(request.user, clerk.now())
        entries = await store.at([position])
        if not entries:
            facts = {"position": position, "head": await store.head()}
            raise EdgeProblem(HTTPStatus.NOT_FOUND, "ledger.unknown-position", facts=facts)
        process = entries[0].originator_id
        stream = await store.load(process, Moment(position=position))
        found = shown_by(entries[0], stream)
        if found is None:
            raise EdgeProblem(
                HTTPStatus.NOT_FOUND, "audit.nothing-shown", facts={"position": position}
            )
        return ShownView(
            position=position,
            process=process,
            digest=found.digest,
            computed=found.computed,
            texts=found.texts,
        )


async def _titles(store: EventStore, entries: list[LogEntry]) -> dict[UUID, str]:
    """What the assessment rounds and classes are called that these entries speak of."""
    named: set[object] = set()
    for entry in entries:
        named |= {getattr(entry.event, name, None) for name in ("round", "training_class")}
    streams = [one for one in named if isinstance(one, UUID)]
    topics = [RoundAnnounced.TOPIC, ClassRegistered.TOPIC]
    titles: dict[UUID, str] = {}
    for entry in await store.of_topics(streams, topics) if streams else []:
        match entry.event:
            case RoundAnnounced() as announced:
                titles[entry.originator_id] = announced.title
            case ClassRegistered() as registered:
                titles[entry.originator_id] = registered.name
            case _:
                pass
    return titles
