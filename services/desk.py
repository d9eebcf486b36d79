"""The one door for decisions: people, programs and workflows hand their commands in here."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from random import uniform
from typing import Any, ClassVar, get_args
from uuid import UUID
from weakref import WeakValueDictionary

import msgspec
import structlog
from eventsourcing.persistence import IntegrityError

from domain.assessments.commands_class import NoteLook
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
    GrantSubstitution,
    MunicipalityCommand,
    RecordAddress,
    RegisterAccount,
    RegisterOrganisation,
)
from domain.directory.events import AccountRegistered
from domain.directory.municipality import MUNICIPALITY
from domain.directory.organisation import ORGANISATION
from domain.kernel import Conflict, Context, DomainError, Erased, Event, Role
from domain.ledger.key import SIGNING_KEY, AdoptKey
from domain.privacy.commands import EraseSubject, SubjectCommand
from domain.retention.commands import RetentionCommand
from domain.retention.decide import FILE, FileContext
from services.assessment_contexts import AssessmentContexts
from services.contexts.asking import Asked, Contexts, plain
from services.contexts.streams import Streams
from services.eventstore.group_commit import Receipt
from services.eventstore.record import LogEntry
from services.eventstore.snapshots import Loaded, Long, Snapshots
from services.eventstore.store import NOW, EventStore, Moment
from services.identity.addresses import AddressBook
from services.identity.authorisation import authorise
from services.orders import Order, digest_of, recorded
from services.posts.employing import with_employer
from services.privacy.retention.files import RetainedFiles

ATTEMPTS = 6
"""With five attempts and a jittered pause, concurrent writers to one stream all got through."""

LONG = (Long(CONCEPT, Concept, ConceptEvent),)
"""Whose streams have snapshots."""

log = structlog.get_logger(__name__)


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


class Desk:
    """Loads, authorises, decides and records, once for each command id."""

    def __init__(
        self,
        store: EventStore,
        snapshots: Snapshots,
        files: RetainedFiles,
        assessments: AssessmentContexts,
        addresses: AddressBook,
        further: Sequence[Contexts] = (),
    ) -> None:
        self.assessments = assessments
        self._store = store
        self._snapshots = snapshots
        self._calendar = assessments.calendar
        self._files = files
        self._addresses = addresses
        self._classes = assessments.classes
        self._turns: WeakValueDictionary[UUID, asyncio.Lock] = WeakValueDictionary()
        self._streams = Streams(store)
        self._areas = {command: contexts for contexts in further for command in contexts.table()}
        self._aggregates = {
            **self._table(),
            **{command: asked for each in further for command, asked in each.table().items()},
        }

    async def handle(self, order: Order) -> Receipt:
        """Record what follows from the command; a command id seen before gives its receipt again.

        Raises a DomainError if a rule is against it, Contended if the stream is too busy.
        """
        digest = digest_of(order)
        # Those who are here at once take turns, instead of finding the stream changed.
        turn = self._turns.setdefault(order.command.subject, asyncio.Lock())
        for attempt in range(ATTEMPTS):
            try:
                async with turn:
                    receipt = await self._decide_and_record(order, digest)
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
        stream = order.command.subject
        closed = await self._classes.enough_for(order.command)
        if closed is not None:
            try:
                events, receipt = await self._record(order, digest, closed, as_kept=True)
            except (DomainError, IntegrityError):
                pass  # what is kept may be old, and it is not all there is
            else:
                self._classes.go_on(stream, closed, events, receipt)
                return receipt
        self._classes.forget(stream)
        if (known := await self._store.receipt(order.command_id)) is not None:
            return known
        aggregate, _ = self._aggregates[type(order.command)]
        loaded = await self._snapshots.load(aggregate, stream)
        _, receipt = await self._record(order, digest, loaded)
        await self._snapshots.keep(aggregate, stream, loaded)
        return receipt

    async def _record(
        self, order: Order, digest: bytes, loaded: Loaded, *, as_kept: bool = False
    ) -> tuple[Sequence[Event], Receipt]:
        command = order.command
        aggregate, further = self._aggregates[type(command)]
        state, version = loaded.state, loaded.version
        actor = authorise(order.principal, command, await self._area(order, state), order.at)
        if order.expected_version not in (None, version):
            raise VersionChanged(order.expected_version or 0, version)
        basis = Context(at=order.at, by=actor)
        kept = self.assessments.as_kept(command, basis) if as_kept else None
        context = kept.context if kept else await further(command, basis)
        events = aggregate.decide(command, state, context)
        receipt = await self._store.append(
            recorded(order, actor, events, version),
            command=order.command_id,
            digest=digest,
            stream=command.subject,
            version=version,
            still_so=kept.still_so if kept else None,
        )
        log.info(
            "recorded",
            command=type(command).__name__,
            topics=[event.TOPIC for event in events],
            position=receipt.last,
            correlation=order.correlation,
        )
        return events, receipt

    async def _area(self, order: Order, state: object) -> object:
        """What the command is about, for whoever may do this in their own area only."""
        match order.command:
            case NoteLook(training_class=training_class):
                return await self.assessments.known_class(training_class)
            case EraseSubject(person=person):
                grants = order.principal.grants_at(order.at)
                colleges = [grant.organisation for grant in grants if grant.role is Role.COLLEGE]
                return await self.assessments.colleges_with(person, colleges)
            case command if contexts := self._areas.get(type(command)):
                return await contexts.area(order, state)
            case _:
                return state

    def _table(self) -> Asked:
        return {
            **dict.fromkeys(get_args(MunicipalityCommand), (MUNICIPALITY, plain)),
            RegisterOrganisation: (ORGANISATION, plain),
            **dict.fromkeys(get_args(AccountCommand), (ACCOUNT, self._account_context)),
            PublishEdition: (FRAMEWORK, plain),
            **dict.fromkeys(get_args(ConceptCommand), (CONCEPT, self._concept_context)),
            **self.assessments.table(),
            DocumentEntry: (CHRONICLE, plain),
            **dict.fromkeys(get_args(SubjectCommand | RetentionCommand), (FILE, self.file_context)),
            AdoptKey: (SIGNING_KEY, plain),
        }

    async def _account_context(self, command: AccountCommand, context: Context) -> Context:
        basis = AccountContext(at=context.at, by=context.by)
        match command:
            case GrantRole():
                return msgspec.structs.replace(
                    basis,
                    organisation=await self._streams.organisation(command.organisation),
                    municipality=await self._streams.municipality(command.municipality or ""),
                )
            case (
                RecordAddress(account=account, address=address)
                | RegisterAccount(account=account, address=address)
            ) if address:
                is_taken = await self._addresses.is_taken(address, account)
                return msgspec.structs.replace(basis, address_is_taken=is_taken)
            case GrantSubstitution(substitute=substitute):
                is_known = any(
                    isinstance(event, AccountRegistered) and not isinstance(event.name, Erased)
                    for event in _events(await self._store.load(substitute))
                )
                return msgspec.structs.replace(basis, substitute_is_known=is_known)
            case _:
                return basis

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
                    municipality=await with_employer(
                        self._store,
                        await self._streams.municipality(command.municipality),
                        context.at.astimezone(self._calendar.zone).date(),
                    ),
                )
            case OpenConsultation():
                keys = [invite.organisation for invite in command.invited]
                return msgspec.structs.replace(
                    basis, organisations=await self._streams.organisations(keys)
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


def _events(entries: Sequence[LogEntry]) -> list[Any]:
    return [entry.event for entry in entries]
