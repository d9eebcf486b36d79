"""The county the tests take place in: its people, its organisations, its working days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from domain.directory.municipality import Municipality
from domain.directory.organisation import Organisation
from domain.kernel import Actor, Role

BERLIN = ZoneInfo("Europe/Berlin")
SATURDAY = 5

ADA = Actor(account="ada", role=Role.COORDINATOR, organisation="kreis")
"""The coordinator."""

BEN = Actor(account="ben", role=Role.CASE_MANAGER, organisation="kreis")
CEM = Actor(account="cem", role=Role.CASE_MANAGER, organisation="kreis")
"""The case managers, who write."""

DORA = Actor(account="dora", role=Role.ORGANISATION_MEMBER, organisation="jobcenter")
EMIL = Actor(account="emil", role=Role.ORGANISATION_MEMBER, organisation="jobcenter")
FADI = Actor(account="fadi", role=Role.ORGANISATION_MEMBER, organisation="caritas")

CLOCK = Actor(account="concept/salzkotten", role=Role.PROCESS)
"""The workflow of a concept."""

SALZKOTTEN = Municipality(ags="05774036", name="Salzkotten", county_is_employer=True)

JOBCENTER, CARITAS, CHAMBER = "jobcenter", "caritas", "chamber"
STRANGERS = "strangers"
"""No organisation has this key."""

ORGANISATIONS = {
    **{key: Organisation(key=key, name=key.title()) for key in (JOBCENTER, CARITAS, CHAMBER)},
    STRANGERS: Organisation(),
}


@dataclass(frozen=True)
class WorkingDays:
    """Monday to Friday without these holidays."""

    holidays: frozenset[date]
    zone: ZoneInfo = BERLIN

    def is_working_day(self, day: date) -> bool:
        return day.weekday() < SATURDAY and day not in self.holidays


def _days(year: int, *days: tuple[int, int]) -> Iterable[date]:
    return (date(year, month, day) for month, day in days)


NRW = WorkingDays(
    holidays=frozenset(
        (
            *_days(2025, (4, 18), (4, 21), (5, 1), (5, 29), (6, 9), (6, 19), (10, 3), (11, 1)),
            *_days(2025, (12, 25), (12, 26)),
            *_days(2026, (1, 1), (4, 3), (4, 6), (5, 1), (5, 14), (5, 25), (6, 4)),
            *_days(2026, (10, 3), (11, 1), (12, 25), (12, 26)),
        )
    )
)
"""The holidays of North Rhine-Westphalia in 2025 and 2026."""


def berlin(*when: int) -> datetime:
    """A moment in local time: year, month, day, hour, minute, second."""
    year, month, day, *time = when
    hour, minute, second = (*time, 0, 0, 0)[:3]
    return datetime(year, month, day, hour, minute, second, tzinfo=BERLIN)


MONDAY = berlin(2026, 3, 2, 10)
