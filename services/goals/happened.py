"""What happened that counts for goals, and what is planned: a fold over the county's log."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TypeAlias, assert_never
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from domain.assessments.wording import year_of
from domain.concepts.events import ConceptAdopted, ConceptWithdrawn, FrameworkEditionPublished
from domain.directory.events import EmployerRecorded
from domain.findings.events_theme import ThemeDiscussed, ThemeHandedOver, ThemeTakenBack
from domain.steering.body_events import BodyEstablished, BodyRenamed
from domain.steering.need_review_events import (
    EvidenceMeetingCorrected,
    EvidenceMeetingHeld,
    EvidenceMeetingWithdrawn,
    NeedReviewClosed,
)
from domain.steering.resolution_events import ResolutionAnnulled, ResolutionPassed
from domain.steering.session_events import (
    SessionCancelled,
    SessionKind,
    SessionMoved,
    SessionScheduled,
)
from domain.steering.session_held_events import SessionClosed, SessionOpened
from domain.working_groups.events import (
    AgreementMade,
    MeetingCalled,
    MeetingCancelled,
    MeetingCorrected,
    MeetingHeld,
    MeetingMoved,
    MeetingWithdrawn,
    WorkingGroupEstablished,
)
from services.eventstore.record import LogEntry
from services.goals.kinds import Kind

OfSessions: TypeAlias = (
    SessionScheduled
    | SessionMoved
    | SessionCancelled
    | SessionOpened
    | SessionClosed
    | ThemeHandedOver
    | ThemeTakenBack
    | ThemeDiscussed
)
OfGroups: TypeAlias = (
    WorkingGroupEstablished
    | MeetingCalled
    | MeetingMoved
    | MeetingCancelled
    | MeetingHeld
    | MeetingCorrected
    | MeetingWithdrawn
    | AgreementMade
)
OfDecisions: TypeAlias = (
    ResolutionPassed
    | ResolutionAnnulled
    | EvidenceMeetingHeld
    | EvidenceMeetingCorrected
    | EvidenceMeetingWithdrawn
    | NeedReviewClosed
)
OfTheCounty: TypeAlias = (
    BodyEstablished
    | BodyRenamed
    | EmployerRecorded
    | ConceptAdopted
    | ConceptWithdrawn
    | FrameworkEditionPublished
)
Counting: TypeAlias = OfSessions | OfGroups | OfDecisions | OfTheCounty
Name: TypeAlias = tuple[Kind, str]
"""The kind of a thing, and what tells it from others of its kind."""


class Thing(msgspec.Struct, frozen=True, kw_only=True):
    """Something that counts. `about` is what it is about, `body` the body it belongs to, if any."""

    kind: Kind
    position: int
    on: date
    about: str
    body: str = ""


class _Session(msgspec.Struct, frozen=True, kw_only=True):
    body: str
    kind: SessionKind
    on: date
    is_opened: bool = False


class Happened:
    """The counted things by name, so that what is corrected or withdrawn later is found again."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self.things: dict[Name, Thing] = {}
        self.bodies: dict[str, str] = {}
        """Titles by key."""
        self.employed: set[str] = set()
        """Municipalities in which the county employs the case managers."""
        self._bodies: dict[UUID, str] = {}
        self._sessions: dict[UUID, _Session] = {}
        self._groups: dict[UUID, str] = {}
        self._planned: dict[Name, tuple[date, str]] = {}
        self._handed_over: dict[UUID, UUID] = {}

    def take(self, entry: LogEntry, municipalities: Mapping[UUID, str]) -> None:
        """Go on with this entry; `municipalities` are those of the concepts, by id."""
        event = entry.event
        if isinstance(event, OfSessions):
            self._session(event, entry)
        elif isinstance(event, OfGroups):
            self._group(event, entry)
        elif isinstance(event, OfDecisions):
            self._decision(event, entry)
        elif isinstance(event, OfTheCounty):
            self._county(event, entry, municipalities)

    def planned(self) -> list[tuple[Kind, date, str]]:
        """What is planned, on which day, and of which body."""
        plans = [(kind, on, body) for (kind, _), (on, body) in self._planned.items()]
        for session in self._handed_over.values():
            day = self._planned.get((Kind.SESSION, str(session)))
            if day is not None:
                plans.append((Kind.THEME, *day))
        return plans

    def _session(self, event: OfSessions, entry: LogEntry) -> None:
        stream = entry.originator_id
        name = (Kind.SESSION, str(stream))
        match event:
            case SessionScheduled(body=body, kind=kind, starts_at=at):
                self._sessions[stream] = _Session(body=body, kind=kind, on=self._day(at))
                self._plan_session(stream)
            case SessionMoved(starts_at=at):
                self._held_on(stream, at, is_opened=False)
                self._plan_session(stream)
            case SessionCancelled():
                self._planned.pop(name, None)
            case SessionOpened(at=at):
                self._held_on(stream, at, is_opened=True)
            case SessionClosed():
                self._planned.pop(name, None)
                session = self._sessions.get(stream)
                # A vote in writing is closed without ever having been opened.
                if session is not None and session.is_opened:
                    self._count(name, entry, session.on, body=session.body)
            case _:
                self._theme(event, entry)

    def _theme(
        self, event: ThemeHandedOver | ThemeTakenBack | ThemeDiscussed, entry: LogEntry
    ) -> None:
        theme = event.theme
        match event:
            case ThemeHandedOver(session=session, findings=findings):
                if findings:
                    self._handed_over[theme] = session
            case ThemeTakenBack():
                self._handed_over.pop(theme, None)
            case ThemeDiscussed(session=held, findings=findings):
                self._handed_over.pop(theme, None)
                session = self._sessions.get(held)
                if findings and session is not None:
                    name = (Kind.THEME, f"{theme}/{held}")
                    self._count(name, entry, session.on, about=str(theme), body=session.body)

    def _group(self, event: OfGroups, entry: LogEntry) -> None:
        body = self._groups.get(event.group, "")
        match event:
            case WorkingGroupEstablished(group=group, since=since, body=body):
                self._groups[group] = body
                self._count((Kind.GROUP, str(group)), entry, since, body=body)
            case AgreementMade(group=group, agreement=number):
                name = (Kind.AGREEMENT, f"{group}/{number}")
                self._count(name, entry, self._happened_on(entry), body=body)
            case _:
                self._meeting(event, entry, body)

    def _meeting(
        self,
        event: MeetingCalled
        | MeetingMoved
        | MeetingCancelled
        | MeetingHeld
        | MeetingCorrected
        | MeetingWithdrawn,
        entry: LogEntry,
        body: str,
    ) -> None:
        name = (Kind.MEETING, f"{event.group}/{event.meeting}")
        match event:
            case MeetingCalled(starts_at=at) | MeetingMoved(starts_at=at):
                self._planned[name] = (self._day(at), body)
            case MeetingCancelled():
                self._planned.pop(name, None)
            case MeetingHeld(held_at=at) | MeetingCorrected(held_at=at):
                self._planned.pop(name, None)
                self._count(name, entry, self._day(at), body=body)
            case MeetingWithdrawn():
                self.things.pop(name, None)
            case _:
                assert_never(event)

    def _decision(self, event: OfDecisions, entry: LogEntry) -> None:
        match event:
            case ResolutionPassed(resolution=resolution, decided_at=at, body=body):
                self._count((Kind.RESOLUTION, str(resolution)), entry, self._day(at), body=body)
            case ResolutionAnnulled(resolution=resolution):
                self.things.pop((Kind.RESOLUTION, str(resolution)), None)
            case EvidenceMeetingHeld(held_on=on) | EvidenceMeetingCorrected(held_on=on):
                name = (Kind.EVIDENCE, f"{event.review}/{event.meeting}")
                self._count(name, entry, on)
            case EvidenceMeetingWithdrawn(review=review, meeting=meeting):
                self.things.pop((Kind.EVIDENCE, f"{review}/{meeting}"), None)
            case NeedReviewClosed(review=review):
                self._count((Kind.REVIEW, str(review)), entry, self._happened_on(entry))
            case _:
                assert_never(event)

    def _county(
        self, event: OfTheCounty, entry: LogEntry, municipalities: Mapping[UUID, str]
    ) -> None:
        on = self._happened_on(entry)
        match event:
            case BodyEstablished(key=key, title=title):
                self._bodies[entry.originator_id] = key
                self.bodies[key] = title
            case BodyRenamed(title=title):
                if entry.originator_id in self._bodies:
                    self.bodies[self._bodies[entry.originator_id]] = title
            case EmployerRecorded(ags=ags, county_is_employer=is_employer):
                (self.employed.add if is_employer else self.employed.discard)(ags)
            case ConceptAdopted():
                concept = entry.originator_id
                about = municipalities.get(concept, str(concept))
                self._count((Kind.CONCEPT, str(concept)), entry, on, about=about)
            case ConceptWithdrawn():
                name = (Kind.CONCEPT, str(entry.originator_id))
                adopted = self.things.get(name)
                # In a later year it still was a concept of the year it was adopted in.
                if adopted and year_of(adopted.on) == year_of(on):
                    del self.things[name]
            case FrameworkEditionPublished(edition=edition):
                self._count((Kind.FRAMEWORK, edition), entry, on)
            case _:
                assert_never(event)

    def _count(
        self, name: Name, entry: LogEntry, on: date, *, about: str = "", body: str = ""
    ) -> None:
        kind, key = name
        self.things[name] = Thing(
            kind=kind, position=entry.position, on=on, about=about or key, body=body
        )

    def _plan_session(self, stream: UUID) -> None:
        session = self._sessions.get(stream)
        if session is not None and session.kind is SessionKind.MEETING:
            self._planned[Kind.SESSION, str(stream)] = (session.on, session.body)

    def _held_on(self, stream: UUID, at: datetime, *, is_opened: bool) -> None:
        session = self._sessions.get(stream)
        if session is not None:
            self._sessions[stream] = msgspec.structs.replace(
                session, on=self._day(at), is_opened=is_opened
            )

    def _happened_on(self, entry: LogEntry) -> date:
        return self._day(entry.metadata.occurred_at)

    def _day(self, at: datetime) -> date:
        return at.astimezone(self._zone).date()
