"""The concepts of the county at a glance, and what each organisation is asked."""

from collections.abc import Mapping, Sequence
from typing import get_args
from uuid import UUID

from domain.concepts.concept import (
    Adopted,
    Agreed,
    Drafting,
    Existing,
    Published,
    Revising,
    Submitted,
    Superseded,
    Withdrawn,
)
from domain.concepts.events import (
    ConceptAdopted,
    ConceptEvent,
    ConceptOpened,
    ConceptPublished,
    ConceptReopened,
    ConceptSuperseded,
    ConceptWithdrawn,
    ConsultationClosed,
    ConsultationExtended,
    ConsultationOpened,
    DraftReturned,
    DraftSubmitted,
    FrameworkEditionPublished,
    Outcome,
    ResponseGiven,
)
from services.eventstore.database import Connection
from services.eventstore.record import LogEntry

STAGE_AFTER: Mapping[type[ConceptEvent], type[Existing]] = {
    DraftSubmitted: Submitted,
    DraftReturned: Drafting,
    ConceptReopened: Drafting,
    ConceptAdopted: Adopted,
    ConceptSuperseded: Superseded,
    ConceptWithdrawn: Withdrawn,
}
STAGE_AFTER_ROUND: Mapping[Outcome, type[Existing]] = {
    Outcome.AGREED: Agreed,
    Outcome.OBJECTED: Revising,
    Outcome.LAPSED: Submitted,
}


class Concepts:
    """One row for each concept, edition and request."""

    name = "concepts"
    tables = ("concept", "request", "framework_edition")

    topics = (FrameworkEditionPublished.TOPIC, *(event.TOPIC for event in get_args(ConceptEvent)))

    async def apply(self, connection: Connection, entries: Sequence[LogEntry]) -> None:
        for entry in entries:
            await _apply(connection, entry)
        latest = {entry.originator_id: entry for entry in entries}
        await connection.executemany(
            "update concept set version = $2, position = $3, changed_at = $4 where id = $1",
            [
                (stream, entry.originator_version, entry.position, entry.recorded_at)
                for stream, entry in latest.items()
            ],
        )


async def _apply(connection: Connection, entry: LogEntry) -> None:
    match entry.event:
        case FrameworkEditionPublished() as event:
            await connection.execute(
                "insert into framework_edition (edition, title, replaces, published_at)"
                " values ($1, $2, $3, $4)",
                event.edition,
                event.title,
                event.replaces,
                entry.metadata.occurred_at,
            )
        case ConceptOpened() as event:
            await connection.execute(
                "insert into concept"
                " (id, municipality, edition, stage, version, position, changed_at)"
                " values ($1, $2, $3, 'drafting', 0, 0, $4)",
                event.concept,
                event.municipality,
                event.edition,
                entry.recorded_at,
            )
        case event if isinstance(event, ConceptEvent):
            await _apply_to_concept(connection, entry, event)
        case _:
            pass


async def _apply_to_concept(connection: Connection, entry: LogEntry, event: ConceptEvent) -> None:
    concept = entry.originator_id
    match event:
        case ConsultationOpened():
            await _open_round(connection, concept, event)
        case ConsultationExtended():
            await _move_deadline(connection, concept, event)
        case ResponseGiven():
            await connection.execute(
                "update request set answered_at = $4"
                " where concept = $1 and round = $2 and organisation = $3",
                concept,
                event.round,
                event.organisation,
                entry.recorded_at,
            )
        case ConsultationClosed():
            await _enter(connection, concept, STAGE_AFTER_ROUND[event.outcome])
        case ConceptPublished():
            await _enter(connection, concept, Published)
            await connection.execute(
                "update concept set review_at = $2 where id = $1", concept, event.review_at
            )
        case _ if type(event) in STAGE_AFTER:
            await _enter(connection, concept, STAGE_AFTER[type(event)])
        case _:
            pass


async def _enter(connection: Connection, concept: UUID, stage: type[Existing]) -> None:
    """A new stage: no round is open any more."""
    await connection.execute(
        "update concept set stage = $2, due = null, closes_at = null where id = $1",
        concept,
        stage.__name__.lower(),
    )
    await connection.execute(
        "update request set is_open = false where concept = $1 and is_open", concept
    )


async def _open_round(connection: Connection, concept: UUID, event: ConsultationOpened) -> None:
    await connection.execute(
        "update concept set stage = 'consulting', round = $2, due = $3, closes_at = $4,"
        " decided_by = $5 where id = $1",
        concept,
        event.round,
        event.due,
        event.closes_at,
        event.policy.decided_by,
    )
    await connection.executemany(
        "insert into request (concept, round, organisation, sections, due, closes_at)"
        " values ($1, $2, $3, $4, $5, $6)",
        [
            (
                concept,
                event.round,
                invitation.organisation,
                list(invitation.asked),
                event.due,
                event.closes_at,
            )
            for invitation in event.invitations
            if invitation.asked
        ],
    )


async def _move_deadline(
    connection: Connection, concept: UUID, event: ConsultationExtended
) -> None:
    await connection.execute(
        "update concept set due = $2, closes_at = $3 where id = $1",
        concept,
        event.due,
        event.closes_at,
    )
    await connection.execute(
        "update request set due = $3, closes_at = $4 where concept = $1 and round = $2",
        concept,
        event.round,
        event.due,
        event.closes_at,
    )
