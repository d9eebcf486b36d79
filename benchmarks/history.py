"""A concept with a long history: a thousand events, as its rounds of consultation bring them."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID, uuid4

from benchmarks.material import AT, AUTHOR, DIGEST, TEXT
from domain.concepts.events import (
    Answer,
    ConceptEvent,
    ConceptOpened,
    ConsultationClosed,
    ConsultationOpened,
    DraftSubmitted,
    Invitation,
    Outcome,
    Policy,
    Position,
    ResponseGiven,
    Section,
    SectionDrafted,
)
from domain.kernel import Role
from services.eventstore.record import Metadata, Recorded
from services.eventstore.store import EventStore

SECTIONS = tuple(f"abschnitt-{number}" for number in range(1, 11))
ORGANISATIONS = tuple(f"organisation-{number}" for number in range(1, 13))
DRAFTS = 5
"""So often each section is saved before a round."""


def history(concept: UUID, length: int) -> Sequence[ConceptEvent]:
    """So many events, from the opening through as many rounds as it takes."""
    sections = tuple(Section(key=key, title=key.title()) for key in SECTIONS)
    events: list[ConceptEvent] = [
        ConceptOpened(concept=concept, municipality="05774016", edition="2025", sections=sections)
    ]
    number = 0
    while len(events) < length:
        number += 1
        events += _round(number)
    return events[:length]


async def record(store: EventStore, concept: UUID, events: Sequence[ConceptEvent]) -> None:
    """Append the history as one command."""
    command = uuid4()
    metadata = Metadata(
        command=command,
        correlation=str(command),
        account=AUTHOR,
        role=Role.CASE_MANAGER,
        occurred_at=AT,
        organisation="stadt-delbrueck",
        signed_in="token",
    )
    placed = [
        Recorded(originator_id=concept, originator_version=n, event=event, metadata=metadata)
        for n, event in enumerate(events, start=1)
    ]
    await store.append(placed, command=command, digest=b"history", stream=concept, version=0)


def _round(number: int) -> Sequence[ConceptEvent]:
    """The sections are written, the organisations asked; they object."""
    drafts = [
        SectionDrafted(
            section=section,
            version=(number - 1) * DRAFTS + again,
            text=TEXT,
            digest=DIGEST,
            author=AUTHOR,
        )
        for again in range(1, DRAFTS + 1)
        for section in SECTIONS
    ]
    opened = ConsultationOpened(
        round=number,
        invitations=tuple(
            Invitation(organisation=key, scope=SECTIONS, asked=SECTIONS) for key in ORGANISATIONS
        ),
        policy=Policy(),
        due=AT + timedelta(days=28),
        closes_at=AT + timedelta(days=35),
        reminders=(),
        digest=DIGEST,
    )
    closed = ConsultationClosed(
        round=number,
        outcome=Outcome.OBJECTED,
        positions={Position.OBJECT: len(ORGANISATIONS)},
        missing=(),
    )
    responses = [_response(number, key) for key in ORGANISATIONS]
    return [*drafts, DraftSubmitted(digest=DIGEST), opened, *responses, closed]


def _response(number: int, organisation: str) -> ResponseGiven:
    answers = tuple(
        Answer(section=key, position=Position.OBJECT, digest=DIGEST) for key in SECTIONS[:3]
    )
    return ResponseGiven(
        round=number, organisation=organisation, respondent=AUTHOR, answers=answers, shown=DIGEST
    )
