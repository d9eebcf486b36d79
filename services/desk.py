"""The one door for decisions: people, programs and workflows hand their commands in here."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from random import uniform
from typing import Any, ClassVar, get_args
from uuid import UUID

import msgspec
import structlog
from eventsourcing.persistence import IntegrityError

from domain.calendar import Calendar
from domain.chronicle.entry import CHRONICLE, DocumentEntry
from domain.concepts.commands import (
    ConceptCommand,
    OpenConcept,
    OpenConsultation,
    PublishEdition,
    concept_id,
    edition_id,
)
from domain.concepts.concept import Concept, Unknown, Withdrawn
from domain.concepts.decide import CONCEPT, ConceptContext
from domain.concepts.events import ConceptEvent
from domain.concepts.framework import FRAMEWORK, FrameworkEdition
from domain.directory.account import ACCOUNT, AccountContext
from domain.directory.account import Command as AccountCommand
from domain.directory.commands import (
    GrantRole,
    MunicipalityCommand,
    RegisterOrganisation,
    municipality_id,
    organisation_id,
)
from domain.directory.municipality import MUNICIPALITY, Municipality
from domain.directory.organisation import ORGANISATION, Organisation
from domain.kernel import Actor, Aggregate, Command, Conflict, Context, DomainError, Event
from domain.ledger.key import SIGNING_KEY, AdoptKey
from domain.privacy.commands import SubjectCommand
from domain.retention.commands import RetentionCommand
from domain.retention.decide import FILE, FileContext
from services.eventstore.group_commit import Receipt
from services.eventstore.record import LogEntry, Metadata, Recorded
from services.eventstore.snapshots import Long, Snapshots
from services.eventstore.store import NOW, EventStore, Moment
from services.identity.authorisation import authorise
from services.identity.principal import Principal
from services.privacy.box import personal_fields
from services.privacy.retention.files import RetainedFiles

ATTEMPTS = 6
"""With five attempts and a jittered pause, concurrent writers to one stream all got through."""

LONG = (Long(CONCEPT, Concept, ConceptEvent),)
"""Whose streams have snapshots."""

log = structlog.get_logger(__name__)

AnyAggregate = Aggregate[Any, Any, Any, Any]
FurtherContext = Callable[[Any, Context], Awaitable[Context]]


@dataclass(eq=False)
class VersionChanged(Conflict):
    """What the person saw is not the present version of the thing."""

    code: ClassVar[str] = "request.version-changed"
    expected: int
    current: int


@dataclass(eq=False)
class CommandIdReused(Conflict):
    """The same command id came before with another command."""

    code: ClassVar[str] = "request.key-reused"


class Contended(Exception):
    """Too many writers at once on one stream. Technical: try again later."""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """A command with who asks, when, and what it came from.

    `expected_version` is the aggregate's version the person saw; None if it does not matter.
    `at` is when it happened, which for imports (`source`) is before now.
    """

    command: Command
    command_id: UUID
    principal: Principal
    at: datetime
    correlation: str
    causation: int | None = None
    expected_version: int | None = None
    source: str = ""


class Desk:
    """Loads, authorises, decides and records, once for each command id."""

    def __init__(
        self, store: EventStore, snapshots: Snapshots, calendar: Calendar, files: RetainedFiles
    ) -> None:
        self._store = store
        self._snapshots = snapshots
        self._calendar = calendar
        self._files = files
        self._aggregates = self._table()

    async def handle(self, order: Order) -> Receipt:
        """Record what follows from the command; a command id seen before gives its receipt again.

        Raises a DomainError if a rule is against it, Contended if the stream is too busy.
        """
        digest = _digest(order)
        for attempt in range(ATTEMPTS):
            receipt = await self._store.receipt(order.command_id)
            try:
                receipt = receipt or await self._decide_and_record(order, digest)
            except IntegrityError:
                await asyncio.sleep(uniform(0, 0.02) * 2**attempt)  # noqa: S311 (jitter)
                continue
            except DomainError:
                # Sent twice at once, a command may meet its twin's events before its receipt.
                receipt = await self._store.receipt(order.command_id)
                if receipt is None:
                    raise
            # The digest goes with the data of the person the command was about.
            if receipt.digest and receipt.digest != digest:
                raise CommandIdReused
            return receipt
        raise Contended(str(order.command.subject))

    async def concept(self, concept: UUID, until: Moment = NOW) -> tuple[Concept, int]:
        """The concept as it was at the moment, and its version."""
        if until == NOW:
            loaded = await self._snapshots.load(CONCEPT, concept)
            return loaded.state, loaded.version
        entries = await self._store.load(concept, until)
        return CONCEPT.replay(_events(entries)), len(entries)

    async def edition(self, edition: str) -> FrameworkEdition:
        return FRAMEWORK.replay(_events(await self._store.load(edition_id(edition))))

    async def _decide_and_record(self, order: Order, digest: bytes) -> Receipt:
        command = order.command
        aggregate, further = self._aggregates[type(command)]
        loaded = await self._snapshots.load(aggregate, command.subject)
        state, version = loaded.state, loaded.version
        actor = authorise(order.principal, command, state, order.at)
        if order.expected_version not in (None, version):
            raise VersionChanged(order.expected_version or 0, version)
        context = await further(command, Context(at=order.at, by=actor))
        events = aggregate.decide(command, state, context)
        receipt = await self._store.append(
            _recorded(order, actor, events, version),
            command=order.command_id,
            digest=digest,
            stream=command.subject,
            version=version,
        )
        await self._snapshots.keep(aggregate, command.subject, loaded)
        log.info(
            "recorded",
            command=type(command).__name__,
            topics=[event.TOPIC for event in events],
            position=receipt.last,
            correlation=order.correlation,
        )
        return receipt

    def _table(self) -> Mapping[type[Command], tuple[AnyAggregate, FurtherContext]]:
        return {
            **dict.fromkeys(get_args(MunicipalityCommand), (MUNICIPALITY, _plain)),
            RegisterOrganisation: (ORGANISATION, _plain),
            **dict.fromkeys(get_args(AccountCommand), (ACCOUNT, self._account_context)),
            PublishEdition: (FRAMEWORK, _plain),
            **dict.fromkeys(get_args(ConceptCommand), (CONCEPT, self._concept_context)),
            DocumentEntry: (CHRONICLE, _plain),
            **dict.fromkeys(get_args(SubjectCommand | RetentionCommand), (FILE, self.file_context)),
            AdoptKey: (SIGNING_KEY, _plain),
        }

    async def _account_context(self, command: AccountCommand, context: Context) -> Context:
        if not isinstance(command, GrantRole):
            return AccountContext(at=context.at, by=context.by)
        return AccountContext(
            at=context.at,
            by=context.by,
            organisation=await self._organisation(command.organisation),
            municipality=await self._municipality(command.municipality or ""),
        )

    async def file_context(
        self, command: SubjectCommand | RetentionCommand, context: Context
    ) -> FileContext:
        """What is known of a person's file at this moment, beside its own stream."""
        kept, retained = await self._files.kept_of(command.person) or (None, None)
        return FileContext(
            at=context.at,
            by=context.by,
            is_known=await self._store.knows(command.person),
            zone=self._calendar.zone,
            kept=kept,
            retained=retained,
        )

    async def _concept_context(self, command: ConceptCommand, context: Context) -> Context:
        basis = ConceptContext(at=context.at, by=context.by, calendar=self._calendar)
        match command:
            case OpenConcept():
                edition = await self.edition(command.edition)
                return msgspec.structs.replace(
                    basis,
                    edition=edition,
                    predecessor=await self._predecessor(command.municipality, edition),
                    municipality=await self._municipality(command.municipality),
                )
            case OpenConsultation():
                keys = [invite.organisation for invite in command.invited]
                return msgspec.structs.replace(
                    basis, organisations={key: await self._organisation(key) for key in keys}
                )
            case _:
                return basis

    async def _predecessor(self, municipality: str, edition: FrameworkEdition) -> UUID | None:
        """The municipality's concept in the nearest earlier edition: it may have left one out."""
        seen = {edition.edition}
        while edition.replaces and edition.replaces not in seen:
            seen.add(edition.replaces)
            earlier = concept_id(municipality, edition.replaces)
            concept, _ = await self.concept(earlier)
            if not isinstance(concept, Unknown | Withdrawn):
                return earlier
            edition = await self.edition(edition.replaces)
        return None

    async def _municipality(self, ags: str) -> Municipality:
        return MUNICIPALITY.replay(_events(await self._store.load(municipality_id(ags))))

    async def _organisation(self, key: str) -> Organisation:
        return ORGANISATION.replay(_events(await self._store.load(organisation_id(key))))


async def _plain(_: Command, context: Context) -> Context:
    return context


def _events(entries: Sequence[LogEntry]) -> list[Any]:
    return [entry.event for entry in entries]


def _digest(order: Order) -> bytes:
    """What makes two orders the same: the command and who asks, not when."""
    command = msgspec.json.encode(order.command, order="deterministic")
    name = type(order.command).__name__
    return sha256(f"{name} {order.principal.account} ".encode() + command).digest()


def _recorded(order: Order, actor: Actor, events: Sequence[Event], version: int) -> list[Recorded]:
    # Metadata are in the clear: a reason that is personal is in the event alone.
    is_personal = any("reason" in personal_fields(type(event)) for event in events)
    metadata = Metadata(
        command=order.command_id,
        correlation=order.correlation,
        causation=order.causation,
        account=actor.account,
        organisation=actor.organisation,
        role=actor.role,
        signed_in=actor.signed_in,
        occurred_at=order.at,
        reason="" if is_personal else getattr(order.command, "reason", ""),
        shown=getattr(order.command, "shown", ""),
        source=order.source,
    )
    return [
        Recorded(
            originator_id=order.command.subject,
            originator_version=version + index,
            event=event,
            metadata=metadata,
        )
        for index, event in enumerate(events, start=1)
    ]
