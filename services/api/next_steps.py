"""What each process does next by itself, and when, from its course."""

from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from domain.assessments import course as assessments
from domain.assessments.course import RoundCourse
from domain.concepts import course as concepts
from domain.concepts.course import Course
from domain.goals.course import YearCourse
from domain.language_needs.course import ReportCourse
from domain.posts.course import PostCourse
from domain.steering import session_course as sessions
from domain.steering.resolution_course import ResolutionCourse
from domain.working_groups.course import GroupCourse


class NextStep(StrEnum):
    """What a process does by itself when its moment has come."""

    REMIND = "remind"
    ESCALATE = "escalate"
    CLOSE_CONSULTATION = "close-consultation"
    DECLARE_REVIEW_DUE = "declare-review-due"
    OPEN_WINDOW = "open-window"
    CLOSE_WINDOW = "close-window"
    RELEASE = "release"
    ANNOUNCE_RETEST = "announce-retest"
    COMPARE = "compare"
    CALL_FOR_ITEMS = "call-for-items"
    FREEZE_AGENDA = "freeze-agenda"
    INVITE = "invite"
    CLOSE_VOTING = "close-voting"
    COUNT_GOALS = "count-goals"
    CLOSE_YEAR = "close-year"
    LOOK_AT_FILES = "look-at-files"


Coming: TypeAlias = tuple[NextStep, datetime | None]


def coming_of_concept(course: Course, now: datetime) -> Coming | None:
    """What the process of a concept does next by itself; None if it waits for people."""
    match course.phase:
        case concepts.Phase.IN_CONSULTATION:
            assert course.due is not None, "a round in progress has a deadline"
            assert course.closes_at is not None, "and a moment at which it closes"
            for reminder in course.reminders:
                if now < reminder < course.due:
                    return NextStep.REMIND, reminder
            if now < course.due and course.due != course.closes_at:
                return NextStep.ESCALATE, course.due
            return NextStep.CLOSE_CONSULTATION, course.closes_at
        case concepts.Phase.VALID if course.review_at is not None:
            return NextStep.DECLARE_REVIEW_DUE, course.review_at
        case _:
            return None


def coming_of_round(course: RoundCourse, now: datetime) -> Coming | None:
    """What the process of an assessment round does next by itself."""
    match course.phase:
        case assessments.Phase.ANNOUNCED:
            return NextStep.OPEN_WINDOW, course.opens_at
        case assessments.Phase.OPEN:
            for reminder in course.reminders:
                if now < reminder < course.ends[0]:
                    return NextStep.REMIND, reminder
            for end in course.ends:
                if now < end and end != course.closes_at:
                    return NextStep.ESCALATE, end
            return NextStep.CLOSE_WINDOW, course.closes_at
        case assessments.Phase.CLOSED:
            return NextStep.RELEASE, None
        case assessments.Phase.RELEASED:
            step = NextStep.COMPARE if course.retest is None else NextStep.ANNOUNCE_RETEST
            return step, None
        case assessments.Phase.ENDED:
            return None


def coming_of_group(course: GroupCourse, now: datetime) -> Coming | None:
    """What the process of a working group does next by itself.

    A moment to call a meeting that has passed needed no reminder.
    """
    ahead = [(call.moment, NextStep.REMIND) for call in course.calls]
    for agreement in course.agreements:
        ahead += [(reminder, NextStep.REMIND) for reminder in agreement.reminders]
    ahead = [(moment, step) for moment, step in ahead if moment > now]
    ahead += [(one.due, NextStep.ESCALATE) for one in course.agreements if one.due]
    moment, step = min(ahead, default=(None, None))
    return None if step is None else (step, moment)


def coming_of_session(course: sessions.Course, now: datetime) -> Coming | None:
    """What the process of a session does next by itself.

    A reminder that was missed is over, and so is a call once no items would be taken any more.
    """
    match course.phase:
        case sessions.Phase.PLANNED if course.starts_at is not None and now < course.starts_at:
            reminders = (*course.call_reminders, *course.session_reminders)
            steps = [
                (course.call_at if _takes_items(course, now) else None, NextStep.CALL_FOR_ITEMS),
                (course.freeze_at, NextStep.FREEZE_AGENDA),
                (course.invite_at, NextStep.INVITE),
                *((reminder, NextStep.REMIND) for reminder in reminders if now < reminder),
            ]
        case sessions.Phase.IN_WRITING:
            reminders = (reminder for reminder in course.ballot_reminders if now < reminder)
            steps = [
                (course.closes_at, NextStep.CLOSE_VOTING),
                *((reminder, NextStep.REMIND) for reminder in reminders),
            ]
        case _:
            steps = [(course.minutes_due, NextStep.ESCALATE)]
    moment, step = min(((at, step) for at, step in steps if at), default=(None, None))
    return None if step is None else (step, moment)


def _takes_items(course: sessions.Course, now: datetime) -> bool:
    return course.items_until is not None and now < course.items_until


def coming_of_mandate(course: ResolutionCourse, now: datetime) -> Coming | None:
    """What the follow-up of a resolution does next by itself."""
    for reminder in course.reminders:
        if now < reminder:
            return NextStep.REMIND, reminder
    return None if course.due is None else (NextStep.ESCALATE, course.due)


def coming_of_year(course: YearCourse) -> Coming | None:
    """What the process of a school year does next by itself."""
    if course.counted_at is None:
        return None
    step = NextStep.CLOSE_YEAR if course.is_over else NextStep.COUNT_GOALS
    return step, course.counted_at


def coming_of_post(course: PostCourse) -> Coming | None:
    """What the process of a funded post does next by itself."""
    return None if course.remind_at is None else (NextStep.REMIND, course.remind_at)


def coming_of_report(course: ReportCourse, now: datetime) -> Coming | None:
    """What the process of a company's report does next by itself.

    A reminder of what is overdue by now is not sent any more.
    """
    if course.climbs_at is None:
        return None
    if course.remind_at is not None and now < course.climbs_at:
        return NextStep.REMIND, course.remind_at
    return NextStep.ESCALATE, course.climbs_at
