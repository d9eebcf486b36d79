"""An auditor of reports: each is held by somebody until a moment, or it has ended.

Knows the rules but nothing of stages or decisions: a second opinion, told by the events alone.
"""

from datetime import datetime

from domain.kernel import Erased
from domain.language_needs.events import (
    CompanyAnswered,
    CompanyAsked,
    CourseFollowedUp,
    CourseMoment,
    Escalated,
    HolderReminded,
    OfferProposed,
    QuestionAnswered,
    ReferralAnswered,
    ReferralRecalled,
    ReportAcknowledged,
    ReportChanged,
    ReportEvent,
    ReportLeftPool,
    ReportPutIntoPool,
    ReportReferred,
    ReportSubmitted,
)
from domain.language_needs.events_end import (
    Outcome,
    ReportClosed,
    ReportReopened,
    ReportWithdrawn,
    UnmetNeedNoted,
)
from domain.language_needs.holder import Holder, HolderKind, Task
from domain.language_needs.persons import persons_in

CHANGES_NOBODY = (OfferProposed, ReportPutIntoPool, ReportLeftPool, UnmetNeedNoted)


class Auditor:
    """`reads` every event, and asserts; `holder` is who has to act now, None once it ended."""

    def __init__(self) -> None:
        self.holder: Holder | None = None
        self.is_there = False
        self._consent: tuple[str, ...] = ()
        self._pool: object = None
        self._level = 0
        self._reminded: set[datetime] = set()
        self._is_acknowledged = False
        self._is_answered = False
        self._was_asked_after_the_end = False

    def reads(self, event: ReportEvent) -> None:
        self._check_named_nobody(event)
        if isinstance(event, ReportSubmitted):
            assert not self.is_there, "a report is submitted once"
            self.is_there = True
        assert self.is_there
        match event:
            case ReportWithdrawn() | ReportClosed():
                self._ends(event)
            case HolderReminded() | Escalated():
                self._climbs(event)
            case _ if isinstance(event, CHANGES_NOBODY):
                self._pools(event)
            case _:
                self._hands_on(event)

    def _hands_on(self, event: ReportEvent) -> None:
        holder: Holder = event.holder  # type: ignore[union-attr] (all that are left have one)
        assert (self.holder is None) == isinstance(event, ReportSubmitted | ReportReopened)
        assert holder.since < holder.due, "who holds it has time"
        match event:
            case ReportSubmitted(need=need) | ReportChanged(need=need):
                self._consent = need.consent
            case ReportAcknowledged():
                self._is_acknowledged = True
            case ReportReferred(organisation=organisation):
                assert organisation in self._consent, "it is passed on with consent only"
                assert (holder.kind, holder.organisation) == (HolderKind.PARTNER, organisation)
            case ReferralAnswered(organisation=key) | ReferralRecalled(organisation=key):
                assert self.holder is not None
                assert self.holder.organisation == key, "who answers is who was asked"
            case CompanyAsked():
                assert holder.kind is HolderKind.COMPANY
            case QuestionAnswered():
                assert self.holder is not None
                assert self.holder.kind is HolderKind.COMPANY
            case CompanyAnswered():
                self._is_answered = True
            case CourseFollowedUp(moment=moment):
                self._was_asked_after_the_end = moment is CourseMoment.END
            case _:
                pass
        assert self._is_acknowledged or holder.what is Task.ACKNOWLEDGE, (
            "the company knows who sees to it before anything else happens"
        )
        if holder != self.holder:
            self._level, self._reminded = 0, set()
        self.holder = holder

    def _ends(self, event: ReportWithdrawn | ReportClosed) -> None:
        assert self.holder is not None, "what has ended does not end again"
        if isinstance(event, ReportClosed):
            assert self._is_acknowledged
            assert self.holder.kind is not HolderKind.PARTNER, "a partner is not left alone"
            if event.outcome is Outcome.COURSE_HELD:
                assert self._was_asked_after_the_end
                assert event.learners > 0
        self.holder = None

    def _climbs(self, event: HolderReminded | Escalated) -> None:
        assert event.holder == self.holder, "who is told is who holds it"
        assert event.due == event.holder.due
        match event:
            case HolderReminded():
                assert event.due not in self._reminded, "nobody is reminded twice"
                assert self._level == 0
                self._reminded.add(event.due)
            case Escalated():
                assert event.level == self._level + 1, "one level after the other"
                assert event.at >= event.due
                self._level = event.level

    def _pools(self, event: ReportEvent) -> None:
        match event:
            case ReportPutIntoPool(pool=pool):
                assert self._pool is None, "one pool at a time"
                self._pool = pool
            case ReportLeftPool(pool=pool):
                assert self._pool == pool
                self._pool = None
            case _:
                pass

    def _check_named_nobody(self, event: ReportEvent) -> None:
        for name in ("remark", "note", "reason"):
            text = getattr(event, name, "")
            if isinstance(text, str) and not isinstance(text, Erased):
                assert not persons_in(text), "nobody who learns is named"
