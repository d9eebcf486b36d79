"""Reads what is recorded of a resolution and knows the rules a second time, written by hand."""

from datetime import datetime

from domain.steering.mandate import GroupMandate, MinistryMandate, Notice, RevocationMandate
from domain.steering.minutes import Decided
from domain.steering.resolution_context import Voted
from domain.steering.resolution_events import (
    LetterSent,
    MandateExtended,
    MandateFellOverdue,
    MandateFulfilled,
    MandateHandedOver,
    MandateReminded,
    MandateReopened,
    ProgressReported,
    ProgressShown,
    ResolutionAnnulled,
    ResolutionEvent,
    ResolutionPassed,
    ResolutionRevoked,
)


class ResolutionAuditor:
    """Keeps all events of one resolution, and refuses in the middle what must not be."""

    def __init__(self) -> None:
        self.events: list[ResolutionEvent] = []
        self.due: datetime | None = None
        self.is_open = False
        self.is_fulfilled = False
        self.used: set[object] = set()
        self.reports = 0
        self.letters = 0

    @property
    def passed(self) -> ResolutionPassed | None:
        return (
            self.events[0] if self.events and isinstance(self.events[0], ResolutionPassed) else None
        )

    def ended_by(self, kind: type[ResolutionEvent]) -> bool:
        return any(isinstance(event, kind) for event in self.events)

    def reads(
        self,
        event: ResolutionEvent,
        at: datetime,
        *,
        voted: Voted | None,
        was_annulled: bool,
        group_works: bool,
        others: "dict[object, ResolutionAuditor]",
    ) -> None:
        assert not self.ended_by(ResolutionAnnulled), "something happened after the end"
        if self.ended_by(ResolutionRevoked):
            assert isinstance(event, ResolutionAnnulled | ProgressShown)
        match event:
            case ResolutionPassed():
                assert not was_annulled
                self.is_passed(event, voted)
            case ResolutionAnnulled():
                assert was_annulled
                self.is_open = False
            case ResolutionRevoked():
                self.is_revoked(others[event.revoking])
            case ProgressShown():
                assert event.reports == self.reports
            case MandateFulfilled():
                self.is_done(group_works=group_works)
            case MandateReopened():
                assert self.is_fulfilled
                self.is_open, self.is_fulfilled = True, False
                self.lasts_until(event.due, at)
            case _:
                self.is_followed_up(event, at)
        self.events.append(event)

    def is_passed(self, event: ResolutionPassed, voted: Voted | None) -> None:
        """No valid vote without a quorum, and without a valid vote no resolution."""
        assert not self.events
        assert voted is not None
        assert voted.decided is Decided.ADOPTED
        assert voted.vote.counted >= voted.vote.needed
        assert (event.edition, event.tally) == (voted.vote.edition, voted.vote.tally)
        asks_for_nothing = isinstance(event.mandate, Notice | RevocationMandate)
        assert asks_for_nothing == (event.due is None) == (not event.owner)
        self.due, self.is_open = event.due, not asks_for_nothing

    def is_revoked(self, revoking: "ResolutionAuditor") -> None:
        mine, other = self.passed, revoking.passed
        assert mine is not None
        assert other is not None
        assert other.mandate == RevocationMandate(resolution=mine.resolution)
        assert (mine.decided_at, mine.number) < (other.decided_at, other.number)
        assert not revoking.ended_by(ResolutionAnnulled)
        assert not revoking.ended_by(ResolutionRevoked)
        self.is_open = False

    def is_done(self, *, group_works: bool) -> None:
        assert self.is_open
        assert self.passed is not None
        if isinstance(self.passed.mandate, GroupMandate):
            assert group_works
        if isinstance(self.passed.mandate, MinistryMandate):
            assert self.letters
        self.is_open, self.is_fulfilled = False, True

    def is_followed_up(self, event: ResolutionEvent, at: datetime) -> None:
        assert self.is_open
        match event:
            case MandateReminded(moment=datetime() as moment):
                assert moment <= at
                self.uses(moment)
            case MandateFellOverdue(due=due):
                assert at >= due == self.due
                self.uses("overdue")
            case MandateExtended(due=due):
                assert self.due is not None
                assert due > self.due
                self.lasts_until(due, at)
            case ProgressReported(report=report):
                assert report == self.reports + 1
                self.reports += 1
            case LetterSent():
                self.letters += 1
            case MandateReminded() | MandateHandedOver():
                pass
            case _:
                raise AssertionError(event)

    def lasts_until(self, due: datetime, at: datetime) -> None:
        assert due > at
        self.due = due
        self.used = set()

    def uses(self, what: object) -> None:
        assert what not in self.used, "twice"
        self.used.add(what)
