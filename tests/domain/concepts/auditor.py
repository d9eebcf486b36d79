"""An auditor who reads what was recorded, in order, and finds whatever cannot have happened.

Knows the rules of a concept but nothing of its stages or decisions: a second opinion.
"""

from datetime import datetime

from domain.concepts.events import (
    Answer,
    ConceptAdopted,
    ConceptEvent,
    ConceptOpened,
    ConceptPublished,
    ConceptReopened,
    ConceptSuperseded,
    ConceptWithdrawn,
    ConsultationClosed,
    ConsultationEscalated,
    ConsultationExtended,
    ConsultationOpened,
    DecidedBy,
    DraftReturned,
    DraftSubmitted,
    ObjectionEffect,
    OrganisationsReminded,
    Outcome,
    Position,
    ResponseGiven,
    ReviewFellDue,
    SectionDrafted,
)
from domain.concepts.texts import shown_digest, text_digest

AGREEMENTS = {Position.AGREE, Position.AGREE_WITH_REMARKS}


class Auditor:
    """`reads` every event with its moment, and asserts."""

    def __init__(self) -> None:
        self.events: list[ConceptEvent] = []
        self._versions: dict[str, list[SectionDrafted]] = {}
        self._answers: dict[tuple[str, str], Answer] = {}
        self._rounds: list[ConsultationOpened] = []
        self._round: _OpenRound | None = None
        self._next: type[ConceptEvent] | None = None
        self._published: ConceptPublished | None = None

    def reads(self, event: ConceptEvent, at: datetime) -> None:
        assert not any(isinstance(e, ConceptSuperseded) for e in self.events), "it has ended"
        match event:
            case ConceptOpened():
                assert not self.events
            case SectionDrafted():
                self._reads_text(event)
            case ConsultationOpened():
                self._reads_opening(event, at)
            case (
                ConsultationExtended()
                | ResponseGiven()
                | OrganisationsReminded()
                | ConsultationEscalated()
                | ConsultationClosed()
            ):
                assert self._round is not None, "no round is open"
                self._round.reads(event, at)
                self._reads_within_round(event)
            case DraftSubmitted() | DraftReturned() | ConceptWithdrawn() | ConceptReopened():
                self._reads_change_of_plan(event)
            case _:
                self._reads_decision(event, at)
        self.events.append(event)

    @property
    def texts(self) -> dict[str, str]:
        """The digest of every section that has text."""
        return {
            section: versions[-1].digest
            for section, versions in self._versions.items()
            if versions[-1].text.strip()
        }

    def _reads_text(self, event: SectionDrafted) -> None:
        assert self._round is None, "the text changes during a round"
        assert self._next is None, "the text changes after it was agreed"
        versions = self._versions.setdefault(event.section, [])
        versions.append(event)
        assert event.version == len(versions)
        assert event.digest == text_digest(event.text)

    def _reads_opening(self, event: ConsultationOpened, at: datetime) -> None:
        assert self._round is None, "two rounds at once"
        assert isinstance(self.events[-1], DraftSubmitted | ConsultationClosed)
        assert at < event.due <= event.closes_at
        assert event.digest == shown_digest(self.texts)
        for invitation in event.invitations:
            for section in invitation.asked:
                answer = self._answers.get((invitation.organisation, section))
                stands = answer is not None and answer.digest == self.texts[section]
                assert not (stands and answer and answer.position in AGREEMENTS), "asked again"
        self._rounds.append(event)
        self._round = _OpenRound(event, self.texts)
        assert event.round == len(self._rounds)

    def _reads_within_round(
        self,
        event: ConsultationExtended
        | ResponseGiven
        | OrganisationsReminded
        | ConsultationEscalated
        | ConsultationClosed,
    ) -> None:
        if isinstance(event, ResponseGiven):
            self._answers |= {(event.organisation, a.section): a for a in event.answers}
        if isinstance(event, ConsultationClosed):
            self._round = None
            self._next = ConceptAdopted if event.outcome is Outcome.AGREED else None

    def _reads_change_of_plan(
        self, event: DraftSubmitted | DraftReturned | ConceptWithdrawn | ConceptReopened
    ) -> None:
        if isinstance(event, ConceptWithdrawn):
            self._round = self._next = self._published = None
        assert self._round is None
        assert self._next is None
        if isinstance(event, ConceptReopened):
            assert isinstance(self.events[-1], ConceptWithdrawn)
        if isinstance(event, DraftSubmitted):
            assert event.digest == shown_digest(self.texts)

    def _reads_decision(
        self,
        event: ConceptAdopted | ConceptPublished | ReviewFellDue | ConceptSuperseded,
        at: datetime,
    ) -> None:
        match event:
            case ConceptAdopted():
                assert self._next is ConceptAdopted, "adopted without an agreement"
                writers = {v.author for versions in self._versions.values() for v in versions}
                assert event.adopter not in writers, "adopted by an author"
                assert event.digest == self._rounds[-1].digest == shown_digest(self.texts)
                by_resolution = self._rounds[-1].policy.decided_by is DecidedBy.STEERING_GROUP
                assert event.resolution or not by_resolution
                self._next = ConceptPublished
            case ConceptPublished():
                assert self._next is ConceptPublished, "published without an adoption"
                assert at < event.review_at
                self._published, self._next = event, ReviewFellDue
            case ReviewFellDue():
                assert self._next is ReviewFellDue
                assert self._published is not None
                assert at >= self._published.review_at
                self._next = ConceptSuperseded
            case ConceptSuperseded():
                assert self._published is not None


class _OpenRound:
    """What may happen until the round closes."""

    def __init__(self, opened: ConsultationOpened, texts: dict[str, str]) -> None:
        self._opened = opened
        self._texts = texts
        self._asked = {i.organisation: i.asked for i in opened.invitations if i.asked}
        self._due, self._closes_at = opened.due, opened.closes_at
        self._reminders = set(opened.reminders)
        self._sent: set[datetime] = set()
        self._answered: set[str] = set()
        self._is_escalated = False
        assert self._asked, "nobody is asked"

    def reads(
        self,
        event: ConsultationExtended
        | ResponseGiven
        | OrganisationsReminded
        | ConsultationEscalated
        | ConsultationClosed,
        at: datetime,
    ) -> None:
        missing = set(self._asked) - self._answered
        assert event.round == self._opened.round
        match event:
            case ConsultationExtended():
                assert at < self._closes_at <= event.closes_at
                assert self._due < event.due <= event.closes_at
                self._due, self._closes_at = event.due, event.closes_at
                self._reminders = set(event.reminders)
                self._is_escalated = False
            case ResponseGiven():
                self._reads_response(event, at)
            case OrganisationsReminded():
                assert set(event.organisations) == missing != set()
                assert at < self._closes_at
                self._reads_moment(event.moment, at)
            case ConsultationEscalated():
                assert set(event.missing) == missing != set()
                assert not self._is_escalated
                assert at >= self._due
                self._is_escalated = True
            case ConsultationClosed():
                assert at >= self._closes_at or not missing, "closed before its end"
                if event.outcome is Outcome.AGREED:
                    is_noted = self._opened.policy.objection is ObjectionEffect.NOTED
                    assert is_noted or not event.positions[Position.OBJECT]

    def _reads_response(self, event: ResponseGiven, at: datetime) -> None:
        assert at < self._closes_at, "answered too late"
        asked = self._asked[event.organisation]
        assert tuple(answer.section for answer in event.answers) == asked
        assert {a.section: a.digest for a in event.answers} == {s: self._texts[s] for s in asked}
        assert event.shown == shown_digest({section: self._texts[section] for section in asked})
        self._answered.add(event.organisation)

    def _reads_moment(self, moment: datetime | None, at: datetime) -> None:
        if moment is not None:
            assert moment in self._reminders
            assert moment not in self._sent, "reminded twice"
            assert moment <= at
            self._sent.add(moment)
