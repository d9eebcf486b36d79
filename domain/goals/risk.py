"""Whether a target can still be reached: by the day, by what is planned, by the time it takes."""

from collections.abc import Iterable
from datetime import date, timedelta

from domain.goals.events import Figure, Standing, Target
from domain.goals.year import first_day, last_day


def standing(
    target: Target, figure: Figure, school_year: str, *, planned: Iterable[date], today: date
) -> Standing:
    """How the target stands on this day; `planned` are the days on which more are planned.

    What is behind the share of the year gone is no risk as long as the plan covers it, and what
    the plan does not cover is none as long as it is not behind.
    """
    if figure.is_reached:
        return Standing.REACHED
    due = target.due or last_day(school_year)
    if today > due:
        return Standing.MISSED
    to_come = figure.actual + still_planned(target, school_year, planned, today)
    if to_come >= figure.required:
        return Standing.ON_COURSE
    earliest = max(today, first_day(school_year)) + timedelta(days=target.lead_days)
    if earliest > due:
        return Standing.OUT_OF_REACH
    is_behind = to_come < expected(figure.required, school_year, due, today)
    return Standing.AT_RISK if is_behind else Standing.ON_COURSE


def still_planned(target: Target, school_year: str, planned: Iterable[date], today: date) -> int:
    """How many of these days are from today up to the target's last day."""
    due = target.due or last_day(school_year)
    return sum(max(today, first_day(school_year)) <= day <= due for day in planned)


def expected(required: int, school_year: str, due: date, today: date) -> int:
    """How many there are by this day at an even pace, rounded half up. Nought before the year."""
    begins = first_day(school_year)
    days = (due - begins).days + 1
    gone = min(max((today - begins).days, 0), days)
    return (2 * required * gone + days) // (2 * days)
