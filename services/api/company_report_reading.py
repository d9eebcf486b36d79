"""One report of a company as it follows from its entries, for the eyes of whoever asks."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from domain.kernel import Erased
from domain.language_needs.events import (
    CompanyAnswered,
    CompanyAsked,
    CourseFollowedUp,
    CourseStarted,
    Escalated,
    OfferProposed,
    Priority,
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
    ReportTriaged,
)
from domain.language_needs.events_end import (
    ReportClosed,
    ReportReopened,
    ReportWithdrawn,
    UnmetNeedNoted,
)
from domain.language_needs.holder import Holder
from services.api.company_report_views import (
    AnswerView,
    ClosingView,
    CompanyReportView,
    CourseView,
    FollowUpView,
    HolderView,
    ProposedOffer,
    QuestionView,
    ReferralView,
    UnmetView,
)
from services.eventstore.record import LogEntry
from services.identity.report_readers import ReportsSeen
from services.projections.company_reports import STAGES

OPEN, RECALLED = "open", "recalled"
WORKING = frozenset({OPEN, "accepted"})
"""A partner with a referral in one of these works on the report."""


def report_view(
    entries: Sequence[LogEntry], now: datetime, organisations: Mapping[str, str]
) -> CompanyReportView | None:
    """All of the report; nothing if these are no entries of one. `organisations`: names by key."""
    view: CompanyReportView | None = None
    for entry in entries:
        if isinstance(event := entry.event, ReportSubmitted):
            view = _submitted(entry, event)
        elif view is not None and isinstance(event, ReportEvent):
            view = _after(view, event, entry.metadata.occurred_at)
        if view is not None:
            view = _held(view, entry.event, now, organisations)
    if view is None:
        return None
    latest = entries[-1]
    return msgspec.structs.replace(
        view, version=len(entries), position=latest.position, changed_at=latest.recorded_at
    )


def referred_to(view: CompanyReportView) -> Collection[str]:
    """The organisations that were asked about it and not recalled."""
    return {one.organisation for one in view.referrals if one.stage != RECALLED}


def seen_by(
    view: CompanyReportView, seen: ReportsSeen, present: CompanyReportView
) -> CompanyReportView:
    """The report without what is not for these eyes, as it is at `present`."""
    if not seen.reads_contact(_passed_to(present)):
        return _without_texts(view)
    if seen.organisations is None:
        return view
    own = [one for one in view.referrals if one.organisation in seen.organisations]
    return msgspec.structs.replace(view, referrals=own, note=None)


def _passed_to(view: CompanyReportView) -> Collection[str]:
    """Those who work on it, as far as the company agreed that they have it."""
    working = {one.organisation for one in view.referrals if one.stage in WORKING}
    return working.intersection(view.need.consent)


def _without_texts(view: CompanyReportView) -> CompanyReportView:
    change = msgspec.structs.replace
    return change(
        view,
        company_name=None,
        contact=None,
        remark=None,
        note=None,
        referrals=[change(one, question=None, text=None) for one in view.referrals],
        questions=[change(one, question=None, reply=None) for one in view.questions],
        answers=[change(one, text=None) for one in view.answers],
        follow_ups=[change(one, text=None) for one in view.follow_ups],
        closing=change(view.closing, note=None) if view.closing else None,
        need=change(
            view.need,
            groups=tuple(change(group, apprenticeship="") for group in view.need.groups),
        ),
    )


def _submitted(entry: LogEntry, event: ReportSubmitted) -> CompanyReportView:
    return CompanyReportView(
        id=event.report,
        reference=event.reference,
        channel=event.channel,
        language=event.language,
        stage="received",
        priority=Priority.NORMAL,
        company=event.company,
        company_name=event.company_name,
        contact=event.contact,
        need=event.need,
        remark=event.remark,
        submitted_at=entry.metadata.occurred_at,
        confirmed_at=event.confirmed_at,
        changes=0,
        holder=None,
        contact_person="",
        routes=[],
        note="",
        referrals=[],
        questions=[],
        proposals=[],
        pool=None,
        answers=[],
        course=None,
        follow_ups=[],
        closing=None,
        withdrawn_because=None,
        unmet=[],
        version=1,
        position=entry.position,
        changed_at=entry.recorded_at,
    )


def _after(view: CompanyReportView, event: ReportEvent, at: datetime) -> CompanyReportView:  # noqa: C901, PLR0911, PLR0912 (one case for each event)
    change = msgspec.structs.replace
    match event:
        case ReportChanged():
            changed = change(
                view,
                company=event.company,
                company_name=event.company_name,
                contact=event.contact,
                need=event.need,
                remark=event.remark,
                changes=view.changes + 1,
            )
            return _ended(changed, event.called_off, RECALLED, None, at)
        case ReportAcknowledged():
            return change(view, contact_person=event.contact_person)
        case ReportTriaged():
            return change(view, priority=event.priority, routes=list(event.routes), note=event.note)
        case ReportReferred():
            referral = ReferralView(
                organisation=event.organisation,
                question=event.question,
                referred_at=at,
                due=event.holder.due,
                stage=OPEN,
            )
            return change(view, referrals=[*view.referrals, referral])
        case ReferralAnswered():
            return _ended(view, event.organisation, event.answer, event.text, at)
        case ReferralRecalled():
            return _ended(view, event.organisation, RECALLED, event.reason, at)
        case CompanyAsked():
            asked = QuestionView(question=event.question, asked_at=at, due=event.holder.due)
            return change(view, questions=[*view.questions, asked])
        case QuestionAnswered():
            return _replied(view, event.text, at)
        case OfferProposed():
            proposed = ProposedOffer(offer=event.offer, reasons=list(event.reasons), proposed_at=at)
            return change(view, proposals=[*view.proposals, proposed])
        case ReportPutIntoPool():
            return change(view, pool=event.pool)
        case ReportLeftPool():
            return change(view, pool=None)
        case CompanyAnswered():
            answer = AnswerView(
                kind=event.kind,
                text=event.text,
                answered_at=at,
                offer=event.offer,
                pool=event.pool,
            )
            return change(view, answers=[*view.answers, answer])
        case CourseStarted():
            course = CourseView(
                starts_on=event.starts_on,
                ends_on=event.ends_on,
                participants=event.participants,
            )
            return change(view, course=course)
        case CourseFollowedUp():
            noted = FollowUpView(
                moment=event.moment,
                participants=event.participants,
                passed=event.passed,
                text=event.text,
                noted_at=at,
            )
            return change(view, follow_ups=[*view.follow_ups, noted])
        case ReportWithdrawn():
            withdrawn = change(view, withdrawn_because=event.reason)
            return _ended(withdrawn, event.called_off, RECALLED, None, at)
        case ReportClosed():
            closing = ClosingView(
                outcome=event.outcome, learners=event.learners, note=event.note, closed_at=at
            )
            return change(view, closing=closing)
        case ReportReopened():
            return change(view, closing=None, withdrawn_because=None)
        case UnmetNeedNoted():
            unmet = UnmetView(
                municipality=event.municipality, theme=event.theme, finding=event.finding
            )
            return change(view, unmet=[*view.unmet, unmet])
        case _:
            return view


def _ended(
    view: CompanyReportView, organisation: str, stage: str, text: str | Erased | None, at: datetime
) -> CompanyReportView:
    """The referral that was open at the organisation has this stage now."""
    referrals = [
        msgspec.structs.replace(one, stage=stage, text=text, ended_at=at)
        if one.organisation == organisation and one.stage == OPEN
        else one
        for one in view.referrals
    ]
    return msgspec.structs.replace(view, referrals=referrals)


def _replied(view: CompanyReportView, text: str | Erased, at: datetime) -> CompanyReportView:
    """To what it was asked last."""
    *earlier, asked = view.questions
    replied = msgspec.structs.replace(asked, reply=text, replied_at=at)
    return msgspec.structs.replace(view, questions=[*earlier, replied])


def _held(
    view: CompanyReportView, event: object, now: datetime, organisations: Mapping[str, str]
) -> CompanyReportView:
    """Who holds it after this event."""
    if isinstance(event, ReportWithdrawn | ReportClosed):
        stage = "withdrawn" if isinstance(event, ReportWithdrawn) else "closed"
        return msgspec.structs.replace(view, stage=stage, holder=None)
    holder: Any = getattr(event, "holder", None)
    if not isinstance(holder, Holder):
        return view
    level = event.level if isinstance(event, Escalated) else _level_of(view, holder)
    shown = HolderView(
        kind=holder.kind,
        what=holder.what.value,
        since=holder.since,
        due=holder.due,
        is_overdue=holder.due <= now,
        level=level,
        organisation=holder.organisation,
        organisation_name=organisations.get(holder.organisation, holder.organisation),
        account=holder.account,
    )
    return msgspec.structs.replace(view, stage=STAGES[holder.what], holder=shown)


def _level_of(view: CompanyReportView, holder: Holder) -> int:
    """What was escalated stays so as long as nothing else is to be done."""
    before = view.holder
    same = before is not None and (before.what, before.since, before.due) == (
        holder.what,
        holder.since,
        holder.due,
    )
    return before.level if before is not None and same else 0
