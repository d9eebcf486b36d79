"""How many meetings a group is to have in a school year, and reminding to call the next."""

from collections.abc import Sequence
from datetime import datetime

from domain.steering.follow_up_errors import TooEarly
from domain.working_groups.commands import PlanMeetings, RemindToCall
from domain.working_groups.context import WorkingGroupContext
from domain.working_groups.errors import OutsideSchoolYear, PlannedInThePast, TooFewMeetings
from domain.working_groups.events import CallingReminded, MeetingsPlanned, WorkingGroupEvent
from domain.working_groups.group import Record
from domain.working_groups.plan import first_day, last_day, meetings_in, mornings, spread


def plan_meetings(
    command: PlanMeetings, record: Record, context: WorkingGroupContext
) -> Sequence[WorkingGroupEvent]:
    """A plan for a school year that is not over; a later one takes its place."""
    if last_day(command.school_year) < context.today:
        raise OutsideSchoolYear(command.school_year, context.today.isoformat())
    if command.meetings < 1 or len(command.call_by or ()) > command.meetings:
        raise TooFewMeetings(command.meetings)
    call_by = _moments(command, record, context)
    before = record.plans.get(command.school_year)
    if before is not None and before.meetings == command.meetings:
        is_the_same = command.call_by is None or before.call_by == call_by
        if is_the_same:
            return []
    return [
        MeetingsPlanned(
            group=record.group,
            school_year=command.school_year,
            meetings=command.meetings,
            call_by=call_by,
        )
    ]


def _moments(
    command: PlanMeetings, record: Record, context: WorkingGroupContext
) -> tuple[datetime, ...]:
    calendar = context.calendar
    if command.call_by is None:
        there = meetings_in(record.meetings.values(), command.school_year, calendar.zone)
        remaining = max(0, command.meetings - there)
        days = spread(command.school_year, remaining, context.today)
        return tuple(m for m in mornings(calendar, days) if m > context.at)
    for day in command.call_by:
        if not first_day(command.school_year) <= day <= last_day(command.school_year):
            raise OutsideSchoolYear(command.school_year, day.isoformat())
        if day <= context.today:
            raise PlannedInThePast(day.isoformat())
    return mornings(calendar, command.call_by)


def remind_to_call(
    command: RemindToCall, record: Record, context: WorkingGroupContext
) -> Sequence[WorkingGroupEvent]:
    """Once for each moment of the plan, unless as many meetings were held or called by then."""
    plan = record.plans.get(command.school_year)
    if plan is None or command.moment not in plan.reminders_to_come:
        return []
    if context.at < command.moment:
        raise TooEarly(command.moment.isoformat())
    zone = context.calendar.zone
    there = meetings_in(record.meetings.values(), command.school_year, zone)
    if there >= plan.needed_by(command.moment):
        return []
    return [
        CallingReminded(
            group=record.group,
            school_year=command.school_year,
            moment=command.moment,
            meetings=there,
            planned=plan.meetings,
        )
    ]
