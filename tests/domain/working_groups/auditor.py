"""Reads what is recorded of a group and knows the rules a second time, written by hand."""

from datetime import date, datetime, timedelta

import msgspec

from domain.working_groups.events import (
    AgreementDropped,
    AgreementExtended,
    AgreementFellOverdue,
    AgreementFulfilled,
    AgreementMade,
    AgreementReminded,
    AgreementReopened,
    CallingReminded,
    LeadHandedOver,
    MeetingCalled,
    MeetingCorrected,
    MeetingHeld,
    MeetingWithdrawn,
    OrganisationJoined,
    OrganisationLeft,
    Part,
    WorkingGroupDissolved,
    WorkingGroupEstablished,
    WorkingGroupEvent,
)
from domain.working_groups.events_publication import GroupPublicationWithdrawn, GroupPublished
from tests.domain.county import BERLIN


class Span(msgspec.Struct):
    """What an organisation was from a day on, to a day if one is known."""

    organisation: str
    part: Part
    since: date
    until: date | None = None

    def covers(self, day: date) -> bool:
        return self.since <= day <= (self.until or date.max)


class GroupAuditor:
    """Keeps all events, and refuses in the middle what must not be."""

    def __init__(self) -> None:
        self.events: list[WorkingGroupEvent] = []
        self.spans: list[Span] = []
        self.held: dict[int, MeetingHeld | MeetingCorrected] = {}
        self.meetings: list[int] = []
        self.leads: set[str] = set()
        self.owners: dict[int, AgreementMade] = {}
        self.due: dict[int, datetime] = {}
        self.used: set[tuple[object, ...]] = set()
        self.ended: set[int] = set()
        self.is_dissolved = False
        self.is_public = False

    def reads(self, event: WorkingGroupEvent, at: datetime) -> None:
        self.events.append(event)
        if isinstance(event, GroupPublished | GroupPublicationWithdrawn):
            assert self.is_public is isinstance(event, GroupPublicationWithdrawn)
            self.is_public = not self.is_public
            return
        assert not self.is_dissolved, "something happened after the end"
        self.reads_of_organisations(event)
        self.reads_of_meetings(event, at)
        self.reads_of_agreements(event, at)
        if isinstance(event, WorkingGroupDissolved):
            self.is_dissolved = True
            assert set(event.lapsed) == self.owners.keys() - self.ended
        self.checks_what_was()

    def reads_of_organisations(self, event: WorkingGroupEvent) -> None:
        match event:
            case WorkingGroupEstablished():
                assert len(self.events) == 1
                self.leads.add(event.lead)
                for part, named in ((Part.MEMBER, event.members), (Part.GUEST, event.guests)):
                    self.spans += [Span(one, part, event.since) for one in named]
            case OrganisationJoined():
                self.spans.append(Span(event.organisation, event.part, event.since))
            case OrganisationLeft():
                [*_, span] = [s for s in self.spans if s.organisation == event.organisation]
                span.until = event.until
            case LeadHandedOver():
                self.leads.add(event.lead)
            case _:
                pass

    def reads_of_meetings(self, event: WorkingGroupEvent, at: datetime) -> None:
        match event:
            case MeetingCalled():
                assert event.starts_at > at
                self.meetings.append(event.meeting)
            case MeetingHeld():
                assert event.held_at <= at
                assert event.meeting not in self.held
                if event.meeting not in self.meetings:
                    self.meetings.append(event.meeting)
                self.held[event.meeting] = event
            case MeetingCorrected():
                assert event.held_at <= at
                assert event.meeting in self.held
                self.held[event.meeting] = event
            case MeetingWithdrawn():
                del self.held[event.meeting]
            case CallingReminded():
                assert event.moment <= at
                assert event.meetings < event.planned
            case _:
                pass
        assert self.meetings == list(range(1, len(self.meetings) + 1))

    def reads_of_agreements(self, event: WorkingGroupEvent, at: datetime) -> None:
        match event:
            case AgreementMade():
                assert event.agreement == len(self.owners) + 1
                self.owners[event.agreement] = event
                self.due[event.agreement] = event.due
            case AgreementReminded(moment=datetime() as moment):
                assert moment <= at
                assert event.agreement not in self.ended
                self.uses(event.agreement, "reminded", moment)
            case AgreementFellOverdue():
                assert at >= event.due == self.due[event.agreement]
                assert event.agreement not in self.ended
                self.uses(event.agreement, "overdue", event.due)
            case AgreementExtended():
                assert event.due > self.due[event.agreement]
                self.renews(event.agreement, event.due)
            case AgreementReopened():
                assert event.agreement in self.ended
                self.ended.remove(event.agreement)
                self.renews(event.agreement, event.due)
            case AgreementFulfilled() | AgreementDropped():
                assert event.agreement not in self.ended
                self.ended.add(event.agreement)
            case _:
                pass

    def uses(self, agreement: int, *what: object) -> None:
        assert (agreement, *what) not in self.used, "twice"
        self.used.add((agreement, *what))

    def renews(self, agreement: int, due: datetime) -> None:
        self.due[agreement] = due
        self.used = {one for one in self.used if one[0] != agreement}

    def checks_what_was(self) -> None:
        """What somebody took part in stays true, whoever joins and leaves afterwards."""
        for one in self.spans:
            others = [s for s in self.spans if s.organisation == one.organisation]
            days = [d for d in (one.since, one.until) if d is not None]
            assert all(sum(s.covers(day) for s in others) <= 1 for day in days), "twice in it"
        for meeting in self.held.values():
            parts = {self.part_on(p.organisation, meeting.held_at): p for p in meeting.attended}
            assert all(
                self.part_on(p.organisation, meeting.held_at) is p.part for p in meeting.attended
            )
            assert Part.MEMBER in parts
        for agreement in self.owners.values():
            meeting = self.held[agreement.meeting]
            is_in_it = self.part_on(agreement.owner, meeting.held_at) is not None
            assert is_in_it or agreement.owner in self.leads
        self.checks_members()

    def checks_members(self) -> None:
        """Somebody is a member on the first day, and on the day after each last one."""
        members = [s for s in self.spans if s.part is Part.MEMBER]
        ends = [s.until + timedelta(days=1) for s in members if s.until is not None]
        first = min(s.since for s in self.spans)
        for day in (first, *(end for end in ends if end >= first)):
            assert any(s.covers(day) for s in members), "a group without a member"

    def part_on(self, organisation: str, moment: datetime) -> Part | None:
        day = moment.astimezone(BERLIN).date()
        parts = [s.part for s in self.spans if s.organisation == organisation and s.covers(day)]
        return parts[0] if parts else None
