"""What is known of a report at every stage, and how each event adds to it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TypeAlias, assert_never
from uuid import UUID

import msgspec

from domain.kernel import Erased
from domain.language_needs.events import (
    AnswerKind,
    Channel,
    CompanyAnswered,
    CompanyAsked,
    CourseFollowedUp,
    CourseMoment,
    CourseStarted,
    OfferProposed,
    Priority,
    QuestionAnswered,
    ReferralAnswered,
    ReferralOutcome,
    ReferralRecalled,
    ReportAcknowledged,
    ReportChanged,
    ReportLeftPool,
    ReportPutIntoPool,
    ReportReferred,
    ReportSubmitted,
    ReportTriaged,
)
from domain.language_needs.events_end import UnmetNeedNoted
from domain.language_needs.need import Contact, Firm, Need

Sealed: TypeAlias = str | Erased


class Referral(msgspec.Struct, frozen=True, kw_only=True):
    """No `answer`: it waits for one, or was called off (`is_recalled`)."""

    organisation: str
    question: Sealed
    since: datetime
    due: datetime
    answer: ReferralOutcome | None = None
    text: Sealed = ""
    is_recalled: bool = False

    @property
    def is_open(self) -> bool:
        return self.answer is None and not self.is_recalled


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What the company was asked; no `answer` if there is none yet."""

    question: Sealed
    since: datetime
    answer: Sealed | None = None


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What the company was told."""

    kind: AnswerKind
    text: Sealed
    offer: UUID | None = None
    pool: UUID | None = None


class Course(msgspec.Struct, frozen=True, kw_only=True):
    """The course that learners of this company are in."""

    starts_on: date
    ends_on: date
    participants: int


class FollowUp(msgspec.Struct, frozen=True, kw_only=True):
    moment: CourseMoment
    participants: int
    passed: int | None
    text: Sealed


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """`answers` are in order, the last one holds; `pool` is the one the report is in, if any.

    `unmet` are the themes and findings by which an unmet need was noted.
    """

    report: UUID
    reference: str
    channel: Channel
    company: Firm
    company_name: Sealed
    contact: Contact | Erased
    need: Need
    remark: Sealed
    language: str
    confirmed_at: datetime | None
    submitted_at: datetime
    contact_person: str = ""
    message: Sealed = ""
    priority: Priority | None = None
    routes: tuple[str, ...] = ()
    note: Sealed = ""
    referrals: tuple[Referral, ...] = ()
    questions: tuple[Question, ...] = ()
    offers: tuple[UUID, ...] = ()
    pool: UUID | None = None
    answers: tuple[Answer, ...] = ()
    course: Course | None = None
    follow_ups: tuple[FollowUp, ...] = ()
    unmet: tuple[UUID, ...] = ()


Adding: TypeAlias = (
    ReportChanged
    | ReportAcknowledged
    | ReportTriaged
    | ReportReferred
    | ReferralAnswered
    | ReferralRecalled
    | CompanyAsked
    | QuestionAnswered
    | OfferProposed
    | ReportPutIntoPool
    | ReportLeftPool
    | CompanyAnswered
    | CourseStarted
    | CourseFollowedUp
    | UnmetNeedNoted
)


def begun(event: ReportSubmitted) -> Record:
    """The record as a report begins."""
    return Record(
        report=event.report,
        reference=event.reference,
        channel=event.channel,
        company=event.company,
        company_name=event.company_name,
        contact=event.contact,
        need=event.need,
        remark=event.remark,
        language=event.language,
        confirmed_at=event.confirmed_at,
        submitted_at=event.holder.since,
    )


def added(record: Record, event: Adding) -> Record:  # noqa: C901, PLR0911 (one case an event)
    """The record with what the event says."""
    match event:
        case ReportChanged():
            return msgspec.structs.replace(
                record,
                company=event.company,
                company_name=event.company_name,
                contact=event.contact,
                need=event.need,
                remark=event.remark,
                referrals=called_off(record.referrals),
            )
        case ReportAcknowledged(contact_person=contact_person, message=message):
            return msgspec.structs.replace(record, contact_person=contact_person, message=message)
        case ReportTriaged(priority=priority, routes=routes, note=note):
            return msgspec.structs.replace(record, priority=priority, routes=routes, note=note)
        case ReportReferred() | ReferralAnswered() | ReferralRecalled():
            return msgspec.structs.replace(record, referrals=_referrals(record.referrals, event))
        case CompanyAsked() | QuestionAnswered():
            return msgspec.structs.replace(record, questions=_questions(record.questions, event))
        case OfferProposed(offer=offer):
            return msgspec.structs.replace(record, offers=(*record.offers, offer))
        case ReportPutIntoPool(pool=pool):
            return msgspec.structs.replace(record, pool=pool)
        case ReportLeftPool():
            return msgspec.structs.replace(record, pool=None)
        case CompanyAnswered():
            answer = Answer(kind=event.kind, text=event.text, offer=event.offer, pool=event.pool)
            return msgspec.structs.replace(record, answers=(*record.answers, answer))
        case CourseStarted() | CourseFollowedUp():
            return _with_course(record, event)
        case UnmetNeedNoted(theme=theme, finding=finding):
            named = tuple(key for key in (theme, finding) if key is not None)
            return msgspec.structs.replace(record, unmet=(*record.unmet, *named))
        case _:
            assert_never(event)


def called_off(referrals: Sequence[Referral]) -> tuple[Referral, ...]:
    """With none of them waiting any more."""
    return tuple(
        msgspec.structs.replace(referral, is_recalled=True) if referral.is_open else referral
        for referral in referrals
    )


def _referrals(
    referrals: tuple[Referral, ...], event: ReportReferred | ReferralAnswered | ReferralRecalled
) -> tuple[Referral, ...]:
    match event:
        case ReportReferred(organisation=organisation, question=question, holder=holder):
            new = Referral(
                organisation=organisation, question=question, since=holder.since, due=holder.due
            )
            return (*referrals, new)
        case ReferralAnswered(answer=answer, text=text):
            return tuple(
                msgspec.structs.replace(referral, answer=answer, text=text)
                if referral.is_open
                else referral
                for referral in referrals
            )
        case ReferralRecalled():
            return called_off(referrals)
        case _:
            assert_never(event)


def _questions(
    questions: tuple[Question, ...], event: CompanyAsked | QuestionAnswered
) -> tuple[Question, ...]:
    match event:
        case CompanyAsked(question=question, holder=holder):
            return (*questions, Question(question=question, since=holder.since))
        case QuestionAnswered(text=text):
            return (
                *questions[:-1],
                *(msgspec.structs.replace(each, answer=text) for each in questions[-1:]),
            )
        case _:
            assert_never(event)


def _with_course(record: Record, event: CourseStarted | CourseFollowedUp) -> Record:
    match event:
        case CourseStarted():
            course = Course(
                starts_on=event.starts_on, ends_on=event.ends_on, participants=event.participants
            )
            return msgspec.structs.replace(record, course=course)
        case CourseFollowedUp():
            follow_up = FollowUp(
                moment=event.moment,
                participants=event.participants,
                passed=event.passed,
                text=event.text,
            )
            return msgspec.structs.replace(record, follow_ups=(*record.follow_ups, follow_up))
        case _:
            assert_never(event)
