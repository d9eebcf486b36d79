"""Reading: at which moment, with whose eyes, and not before the read models have come that far."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from uuid import UUID

import msgspec

from domain.concepts.concept import Concept, Unknown
from domain.concepts.decide import CONCEPT
from domain.concepts.errors import UnknownConcept
from domain.kernel import Erased
from services.api.access import SignedIn
from services.api.bounds import checked
from services.api.problems import EdgeProblem
from services.eventstore.database import Pool
from services.eventstore.record import LogEntry
from services.eventstore.store import EventStore, Moment
from services.history import names_of, names_of_people
from services.identity.authorisation import may_read_concept
from services.projections.read_models import ReadModels
from services.texts import Names


class ConceptAt(msgspec.Struct, frozen=True, kw_only=True):
    """A concept as it was at a moment, and the entries it follows from."""

    concept: Concept
    entries: Sequence[LogEntry]

    @property
    def version(self) -> int:
        return len(self.entries)


class Reader:
    """Loads what is asked for, if the person may read it."""

    def __init__(self, pool: Pool, store: EventStore, read_models: ReadModels) -> None:
        self._pool = pool
        self._store = store
        self._read_models = read_models

    async def concept(
        self,
        request: SignedIn,
        concept: UUID,
        *,
        position: int | None = None,
        as_of: datetime | None = None,
    ) -> ConceptAt:
        """The concept at a moment. Raises UnknownConcept, also if it was not there yet."""
        moment = Moment(position=position, recorded_by=checked(as_of, parameter="as_of"))
        entries = await self._store.load(concept, moment)
        state = CONCEPT.replay(entry.event for entry in entries)  # pyright: ignore[reportArgumentType]  (the stream has its own events)
        if isinstance(state, Unknown):
            raise UnknownConcept(str(concept))
        present = state
        if moment != Moment():
            whole = await self._store.load(concept)
            present = CONCEPT.replay(entry.event for entry in whole)  # pyright: ignore[reportArgumentType]
        if not may_read_concept(request.user, present, datetime.now(UTC)):
            raise EdgeProblem(HTTPStatus.FORBIDDEN, "concept.may-not-read")
        return ConceptAt(concept=state, entries=entries)

    async def caught_up(self, at_least: int | None) -> None:
        """Wait for the read models. Raises EdgeProblem if they or the log do not come that far."""
        if not at_least:
            return
        head = await self._store.head()
        if at_least > head:
            raise EdgeProblem(
                HTTPStatus.UNPROCESSABLE_ENTITY,
                "request.position-ahead",
                facts={"position": at_least, "head": head},
                parameter="at_least",
            )
        if not await self._read_models.reached(at_least):
            raise EdgeProblem(
                HTTPStatus.SERVICE_UNAVAILABLE,
                "service.behind",
                facts={"position": at_least},
                headers={"Retry-After": "2"},
            )

    async def people(self, accounts: Iterable[str]) -> Mapping[str, str | Erased]:
        """The names of those of the accounts that exist, by id."""
        return await names_of_people(self._pool, self._store, accounts)

    async def names(self, entries: Sequence[LogEntry]) -> Names:
        """What keys and ids are called, for sentences about these entries."""
        return await names_of(self._pool, self._store, entries)
