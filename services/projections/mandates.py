"""Resolutions with what has become of them, and need reviews with their proposals."""

from collections.abc import Mapping, Sequence
from typing import assert_never, get_args
from uuid import UUID

from domain.steering.mandate import (
    AdoptionMandate,
    Commission,
    DissolutionMandate,
    GroupMandate,
    Mandate,
    MinistryMandate,
    Notice,
    ReviewMandate,
    RevocationMandate,
    kind_of,
)
from domain.steering.need_review_events import (
    EvidenceMeetingHeld,
    EvidenceMeetingWithdrawn,
    NeedReviewAbandoned,
    NeedReviewClosed,
    NeedReviewEvent,
    NeedReviewOpened,
    ProposalDropped,
    ProposalPutForward,
    ProposalResolved,
    ProposalTakenBack,
    ProposalTurnedDown,
    ProposalWritten,
)
from domain.steering.need_review_proposal import (
    STAGES,
    Dropped,
    PutForward,
    Resolved,
    TurnedDown,
    Written,
)
from domain.steering.resolution_events import (
    MandateExtended,
    MandateFellOverdue,
    MandateFulfilled,
    MandateHandedOver,
    MandateReopened,
    ProgressShown,
    ResolutionAnnulled,
    ResolutionEvent,
    ResolutionPassed,
    ResolutionRevoked,
    Standing,
)
from services.eventstore.database import Connection
from services.eventstore.record import LogEntry

STANDING_AFTER: Mapping[type[ResolutionEvent], Standing] = {
    MandateFellOverdue: Standing.OVERDUE,
    MandateExtended: Standing.OPEN,
    MandateReopened: Standing.OPEN,
    MandateFulfilled: Standing.FULFILLED,
    ResolutionRevoked: Standing.REVOKED,
    ResolutionAnnulled: Standing.ANNULLED,
}
STAGE_AFTER = {
    ProposalTakenBack: STAGES[Written],
    ProposalDropped: STAGES[Dropped],
    ProposalTurnedDown: STAGES[TurnedDown],
}

LATEST = """
    set version = latest.version, position = latest.position, changed_at = latest.changed_at
    from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::timestamptz[])
        as latest (id, version, position, changed_at)
"""
MARKS = (
    f"update resolution {LATEST} where resolution.id = latest.id",
    f"update need_review {LATEST} where need_review.id = latest.id",
)


class Mandates:
    """One row for each resolution, need review and proposal; what they say is in the log."""

    name = "mandates"
    tables = ("resolution", "need_review", "need_review_proposal")
    topics = tuple(
        event.TOPIC for event in (*get_args(ResolutionEvent), *get_args(NeedReviewEvent))
    )

    async def apply(self, connection: Connection, entries: Sequence[LogEntry]) -> None:
        for entry in entries:
            match entry.event:
                case event if isinstance(event, ResolutionEvent):
                    await _follow_resolution(connection, entry, event)
                case event if isinstance(event, NeedReviewEvent):
                    await _follow_review(connection, entry, event)
                case _:
                    pass
        latest = {entry.originator_id: entry for entry in entries}
        rows = [
            (stream, entry.originator_version, entry.position, entry.recorded_at)
            for stream, entry in latest.items()
        ]
        for statement in MARKS:
            await connection.execute(statement, *zip(*rows, strict=True))


async def _follow_resolution(
    connection: Connection, entry: LogEntry, event: ResolutionEvent
) -> None:
    stream = event.resolution
    if isinstance(event, ResolutionPassed):
        await _pass(connection, event, entry.position)
        return
    if (standing := STANDING_AFTER.get(type(event))) is not None:
        await connection.execute(
            "update resolution set standing = $2 where id = $1", stream, standing
        )
    match event:
        case MandateExtended(due=due) | MandateReopened(due=due):
            await connection.execute("update resolution set due = $2 where id = $1", stream, due)
        case MandateHandedOver(owner=owner):
            await connection.execute(
                "update resolution set owner = $2 where id = $1", stream, owner
            )
        case MandateFulfilled(result=result):
            await connection.execute(
                "update resolution set result = $2 where id = $1", stream, result
            )
        case ProgressShown(standing=shown, session=session):
            await connection.execute(
                "update resolution set shown = $2, shown_to = array_append(shown_to, $3)"
                " where id = $1",
                stream,
                shown,
                session,
            )
        case _:
            pass


async def _pass(connection: Connection, event: ResolutionPassed, position: int) -> None:
    mandate = event.mandate
    standing = Standing.SETTLED if event.due is None else Standing.OPEN
    named = (*mandate.members, *mandate.guests) if isinstance(mandate, GroupMandate) else ()
    await connection.execute(
        "insert into resolution (id, body, session, number, item, themes, title, reference,"
        " decided_at, kind, about, named, owner, due, standing, place, version, position,"
        " changed_at)"
        " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 0, 0, $9)",
        event.resolution,
        event.body,
        event.session,
        event.number,
        event.item,
        event.themes,
        event.title,
        event.reference,
        event.decided_at,
        kind_of(mandate),
        _about(mandate),
        named,
        event.owner,
        event.due,
        standing,
        position,
    )


def _about(mandate: Mandate) -> UUID | None:
    """What is there already and the mandate is about."""
    match mandate:
        case AdoptionMandate(concept=about):
            return about
        case DissolutionMandate(group=about):
            return about
        case RevocationMandate(resolution=about):
            return about
        case GroupMandate() | ReviewMandate() | MinistryMandate() | Commission() | Notice():
            return None
        case _:
            assert_never(mandate)


async def _follow_review(connection: Connection, entry: LogEntry, event: NeedReviewEvent) -> None:
    review = event.review
    match event:
        case NeedReviewOpened():
            await connection.execute(
                "insert into need_review (id, question, fields, resolution, school_year, key,"
                " stage, opened_at, place, version, position, changed_at)"
                " values ($1, $2, $3, $4, $5, $6, 'open', $7, $8, 0, 0, $9)",
                review,
                event.question,
                event.fields,
                event.resolution,
                event.school_year,
                event.key,
                entry.metadata.occurred_at,
                entry.position,
                entry.recorded_at,
            )
        case EvidenceMeetingHeld():
            await _count_meeting(connection, review, 1)
        case EvidenceMeetingWithdrawn():
            await _count_meeting(connection, review, -1)
        case NeedReviewClosed(outcome=outcome):
            await connection.execute(
                "update need_review set stage = 'closed', outcome = $2 where id = $1",
                review,
                outcome,
            )
        case NeedReviewAbandoned():
            await connection.execute(
                "update need_review set stage = 'abandoned' where id = $1", review
            )
        case _:
            await _follow_proposal(connection, event)


async def _count_meeting(connection: Connection, review: UUID, change: int) -> None:
    await connection.execute(
        "update need_review set meetings = meetings + $2 where id = $1", review, change
    )


async def _follow_proposal(connection: Connection, event: NeedReviewEvent) -> None:
    match event:
        case ProposalWritten():
            await connection.execute(
                "insert into need_review_proposal (review, proposal, version, title, stage)"
                " values ($1, $2, $3, $4, $5) on conflict (review, proposal)"
                " do update set version = excluded.version, title = excluded.title",
                event.review,
                event.proposal,
                event.version,
                event.title,
                STAGES[Written],
            )
        case ProposalPutForward():
            await connection.execute(
                "update need_review_proposal set stage = $3, session = $4, item = $5"
                " where review = $1 and proposal = $2",
                event.review,
                event.proposal,
                STAGES[PutForward],
                event.session,
                event.item,
            )
        case ProposalResolved():
            await connection.execute(
                "update need_review_proposal set stage = $3, resolution = $4"
                " where review = $1 and proposal = $2",
                event.review,
                event.proposal,
                STAGES[Resolved],
                event.resolution,
            )
        case ProposalTakenBack() | ProposalDropped() | ProposalTurnedDown():
            await connection.execute(
                "update need_review_proposal set stage = $3, resolution = null"
                " where review = $1 and proposal = $2",
                event.review,
                event.proposal,
                STAGE_AFTER[type(event)],
            )
        case _:
            pass
