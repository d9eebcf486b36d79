"""Dates, spans and numbers as people read them: filters of the templates."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from babel.dates import format_date, format_time
from babel.numbers import format_decimal, format_percent
from jinja2 import pass_context
from jinja2.runtime import Context

from domain.kernel import Erased
from services.calendar import HolidayCalendar
from services.texts.language import Language
from services.texts.words import day, erased, moment, number
from services.web.texts import say

IN_TABLES: Mapping[Language, tuple[str, str]] = {
    "de": ("dd.MM.y", "de"),
    "en": ("d MMM y", "en_GB"),
}
"""How a table writes a date, and whose custom that is."""


class Dates:
    """On the clock of the county; the language is that of the page."""

    def __init__(self, calendar: HolidayCalendar) -> None:
        self._calendar = calendar
        self._zone = calendar.zone

    def filters(self) -> Mapping[str, Callable[..., Any]]:
        """By name: `{{ at | moment }}`, `{{ at | due }}`, `{{ count | number }}`."""
        found: dict[str, Callable[..., Any]] = {
            "day": self.day,
            "moment": self.moment,
            "short": self.short,
            "clock": self.clock,
            "last_day": self.last_day,
            "due": self.due,
            "shown": self.shown,
        }
        return {**found, "number": _number, "decimal": _decimal, "percent": _percent}

    @pass_context
    def day(self, context: Context, on: date | datetime) -> str:
        """Freitag, 27. November 2026."""
        return day(self._local(on), _language(context))

    @pass_context
    def moment(self, context: Context, at: datetime) -> str:
        """Freitag, 27. November 2026, 18:00 Uhr."""
        return moment(at, _language(context), self._zone)

    @pass_context
    def short(self, context: Context, on: date | datetime) -> str:
        """27.11.2026, for tables."""
        pattern, custom = IN_TABLES[_language(context)]
        return format_date(self._local(on), pattern, custom)

    @pass_context
    def last_day(self, context: Context, until: datetime) -> str:
        """The last day of a span that excludes its end, for tables."""
        return self.short(context, until - timedelta(microseconds=1))

    @pass_context
    def clock(self, context: Context, at: datetime) -> str:
        """18:00, for tables."""
        return format_time(at.astimezone(self._zone), "HH:mm", locale=_language(context))

    @pass_context
    def due(self, context: Context, at: datetime) -> str:
        """A deadline and what is left: Freitag, 27. November 2026, 18:00 Uhr, in 3 Arbeitstagen."""
        language, now = _language(context), datetime.now(UTC)
        written = moment(at, language, self._zone)
        if at < now:
            return say("frame.due.over", language, {"at": written})
        today, last = self._local(now), self._local(at)
        if last == today:
            return say("frame.due.today", language, {"at": written})
        days = self._working_days(today, last)
        return say("frame.due.in_days", language, {"at": written, "days": days})

    @pass_context
    def shown(self, context: Context, value: object) -> object:
        """What may have been erased; then when and why."""
        if isinstance(value, Erased):
            return erased(value, _language(context), self._zone)
        return value

    def _local(self, on: date | datetime) -> date:
        return on.astimezone(self._zone).date() if isinstance(on, datetime) else on

    def _working_days(self, today: date, last: date) -> int:
        """How many working days come after today, the last one included."""
        days = (today + timedelta(days=n) for n in range(1, (last - today).days + 1))
        return sum(self._calendar.is_working_day(day) for day in days)


@pass_context
def _number(context: Context, value: int) -> str:
    return number(value, _language(context))


@pass_context
def _decimal(context: Context, value: float, places: int = 1) -> str:
    return format_decimal(value, "#,##0." + "0" * places, locale=_language(context))


@pass_context
def _percent(context: Context, share: float) -> str:
    return format_percent(share, "#,##0 %", locale=_language(context))


def _language(context: Context) -> Language:
    return context["language"]
