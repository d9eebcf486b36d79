"""How a concept looks from outside: the whole, its rounds, a request to an organisation."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec

from domain.concepts.concept import (
    Adopted,
    Concept,
    Consulting,
    Draft,
    Existing,
    Published,
    Superseded,
    Unknown,
    Withdrawn,
    stage_of,
)
from domain.concepts.events import (
    Answer,
    ConceptAdopted,
    ConsultationClosed,
    ConsultationEscalated,
    ConsultationExtended,
    ConsultationOpened,
    Invitation,
    OrganisationsReminded,
    Outcome,
    Policy,
    Position,
    ResponseGiven,
)
from domain.concepts.standing import standing_objections
from domain.concepts.texts import shown_digest
from services.eventstore.record import LogEntry


class SectionView(msgspec.Struct, frozen=True, kw_only=True):
    """`version` is 0 and `text` empty while nothing is written."""

    key: str
    title: str
    guidance: str
    required: bool
    version: int
    text: str
    digest: str | None
    author: str | None


class ObjectionView(msgspec.Struct, frozen=True, kw_only=True):
    """An objection to the present text that nobody has replied to."""

    organisation: str
    section: str
    remark: str


class AdoptionView(msgspec.Struct, frozen=True, kw_only=True):
    """When the concept was adopted, at which log position, and with which text (`digest`)."""

    adopted_at: datetime
    position: int
    digest: str
    resolution: str | None


class ConceptView(msgspec.Struct, frozen=True, kw_only=True):
    """A concept at a moment. `digest` is that of all its texts together.

    `policy` is that of the latest round.
    """

    id: UUID
    municipality: str
    edition: str
    stage: str
    version: int
    position: int
    changed_at: datetime
    sections: list[SectionView]
    digest: str
    rounds: int
    round_open: bool
    due: datetime | None = None
    closes_at: datetime | None = None
    missing: list[str] = []
    resolution: str | None = None
    valid_from: date | None = None
    review_at: datetime | None = None
    predecessor: UUID | None = None
    successor: UUID | None = None
    withdrawn_because: str | None = None
    objections: list[ObjectionView] = []
    adoption: AdoptionView | None = None
    policy: Policy | None = None


class ResponseView(msgspec.Struct, frozen=True, kw_only=True):
    """An answer with the digest of exactly the text it is to."""

    organisation: str
    respondent: str
    answers: list[Answer]
    shown: str
    given_at: datetime
    position: int


class RoundView(msgspec.Struct, frozen=True, kw_only=True):
    """A consultation round from its opening to its end."""

    number: int
    opened_at: datetime
    due: datetime
    closes_at: datetime
    reminders: list[datetime]
    policy: Policy
    invitations: list[Invitation]
    responses: list[ResponseView]
    reminded: list[datetime]
    extensions: list[str]
    escalated_at: datetime | None = None
    closed_at: datetime | None = None
    outcome: Outcome | None = None
    positions: Mapping[Position, int] | None = None
    missing: list[str]


def concept_view(
    concept: Concept, entries: Sequence[LogEntry], only: frozenset[str] | None = None
) -> ConceptView:
    """The concept as it follows from these entries.

    `only`: the organisations of which the reader may see whether they answered; None for all.
    """
    assert not isinstance(concept, Unknown), "the reader refuses what is unknown"
    draft = concept.draft
    this = concept.round if isinstance(concept, Consulting) else None
    resolutions = [getattr(e.event, "resolution", None) for e in entries]
    published = concept if isinstance(concept, Published) else None
    return ConceptView(
        id=draft.concept,
        municipality=draft.municipality,
        edition=draft.edition,
        stage=stage_of(concept),
        version=len(entries),
        position=entries[-1].position,
        changed_at=entries[-1].recorded_at,
        sections=section_views(draft),
        digest=shown_digest(draft.digests),
        rounds=draft.rounds,
        round_open=this is not None,
        due=this.due if this else None,
        closes_at=this.closes_at if this else None,
        missing=[m for m in this.missing if only is None or m in only] if this else [],
        resolution=next((r for r in reversed(resolutions) if r), None),
        valid_from=published.valid_from if published else None,
        review_at=published.review_at if published else None,
        predecessor=draft.predecessor,
        successor=concept.successor if isinstance(concept, Superseded) else None,
        withdrawn_because=concept.reason if isinstance(concept, Withdrawn) else None,
        objections=_objections(draft, only),
        adoption=_adoption(concept, entries),
        policy=draft.policy if draft.rounds else None,
    )


def _objections(draft: Draft, only: frozenset[str] | None) -> list[ObjectionView]:
    return [
        ObjectionView(
            organisation=organisation,
            section=section,
            remark=draft.answers[organisation][section].remark,
        )
        for organisation, section in standing_objections(draft)
        if only is None or organisation in only
    ]


def _adoption(concept: Existing, entries: Sequence[LogEntry]) -> AdoptionView | None:
    """The adoption that holds. A withdrawn concept has none."""
    if not isinstance(concept, Adopted | Published | Superseded):
        return None
    entry, event = next(
        (entry, entry.event)
        for entry in reversed(entries)
        if isinstance(entry.event, ConceptAdopted)
    )
    return AdoptionView(
        adopted_at=entry.metadata.occurred_at,
        position=entry.position,
        digest=event.digest,
        resolution=event.resolution,
    )


def section_views(draft: Draft) -> list[SectionView]:
    """The sections in the order of the framework."""
    views: list[SectionView] = []
    for section in draft.sections:
        versions = draft.texts.get(section.key, ())
        latest = versions[-1] if versions else None
        views.append(
            SectionView(
                key=section.key,
                title=section.title,
                guidance=section.guidance,
                required=section.required,
                version=len(versions),
                text=latest.text if latest else "",
                digest=latest.digest if latest else None,
                author=latest.author if latest else None,
            )
        )
    return views


def round_view(
    entries: Sequence[LogEntry], number: int, only: frozenset[str] | None = None
) -> RoundView | None:
    """The round as it follows from these entries; None if it has not been opened.

    `only`: the organisations whose answers the reader may see; None for all.
    """
    view: RoundView | None = None
    for entry in entries:
        event = entry.event
        if getattr(event, "round", None) != number:
            continue
        if isinstance(event, ConsultationOpened):
            view = _opened(entry, event)
        elif view is not None:
            view = _go_on(view, entry)
    if view is None or only is None:
        return view
    return msgspec.structs.replace(
        view,
        responses=[r for r in view.responses if r.organisation in only],
        invitations=[i for i in view.invitations if i.organisation in only],
        missing=[organisation for organisation in view.missing if organisation in only],
    )


def _opened(entry: LogEntry, event: ConsultationOpened) -> RoundView:
    return RoundView(
        number=event.round,
        opened_at=entry.metadata.occurred_at,
        due=event.due,
        closes_at=event.closes_at,
        reminders=list(event.reminders),
        policy=event.policy,
        invitations=list(event.invitations),
        responses=[],
        reminded=[],
        extensions=[],
        missing=[i.organisation for i in event.invitations if i.asked],
    )


def _go_on(view: RoundView, entry: LogEntry) -> RoundView:
    at = entry.metadata.occurred_at
    match entry.event:
        case ConsultationExtended() as event:
            return msgspec.structs.replace(
                view,
                due=event.due,
                closes_at=event.closes_at,
                reminders=list(event.reminders),
                extensions=[*view.extensions, event.reason],
            )
        case ResponseGiven() as event:
            others = [r for r in view.responses if r.organisation != event.organisation]
            return msgspec.structs.replace(
                view,
                responses=[*others, response_view(entry, event)],
                missing=[m for m in view.missing if m != event.organisation],
            )
        case OrganisationsReminded():
            return msgspec.structs.replace(view, reminded=[*view.reminded, at])
        case ConsultationEscalated():
            return msgspec.structs.replace(view, escalated_at=at)
        case ConsultationClosed() as event:
            return msgspec.structs.replace(
                view,
                closed_at=at,
                outcome=event.outcome,
                positions=event.positions,
                missing=list(event.missing),
            )
        case _:
            return view


def response_view(entry: LogEntry, event: ResponseGiven) -> ResponseView:
    return ResponseView(
        organisation=event.organisation,
        respondent=event.respondent,
        answers=list(event.answers),
        shown=event.shown,
        given_at=entry.metadata.occurred_at,
        position=entry.position,
    )
