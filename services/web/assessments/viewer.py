"""Who looks at the assessments, and in which school year."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import msgspec

from domain.kernel import Role
from services.api.assessment_access import colleges_of
from services.api.directory import OrganisationView
from services.identity.finding_readers import READS_THEMES
from services.web.forms import Wrong
from services.web.inside import Inside, Visit

ZONE = ZoneInfo("Europe/Berlin")
FIRST_MONTH = 8
COLLEGE = "college"


class Viewer(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody may find here; what they may do the API says. `colleges`: where they work."""

    colleges: frozenset[str]
    roles: frozenset[Role]

    @property
    def is_college(self) -> bool:
        return bool(self.colleges)

    @property
    def coordinates(self) -> bool:
        return Role.COORDINATOR in self.roles

    @property
    def follows_rounds(self) -> bool:
        """Sees how far all colleges are."""
        return not self.roles.isdisjoint(
            {
                Role.COORDINATOR,
                Role.EXPERT,
                Role.STEERING_MEMBER,
                Role.AUDITOR,
                Role.ADMINISTRATOR,
            }
        )

    @property
    def reads_figures(self) -> bool:
        return not self.roles.isdisjoint({Role.COORDINATOR, Role.STEERING_MEMBER, Role.AUDITOR})

    @property
    def reads_record(self) -> bool:
        return not self.roles.isdisjoint({Role.COORDINATOR, Role.AUDITOR, Role.ADMINISTRATOR})

    @property
    def reads_traces(self) -> bool:
        """Of what led to a round, who reads the themes of the steering."""
        return not self.roles.isdisjoint(READS_THEMES)

    @property
    def writes_instruments(self) -> bool:
        return not self.roles.isdisjoint({Role.COORDINATOR, Role.EXPERT})

    def works_at(self, college: str) -> bool:
        return college in self.colleges


def viewer_of(request: Visit) -> Viewer:
    now = datetime.now(UTC)
    grants = request.user.grants_at(now)
    return Viewer(
        colleges=colleges_of(request.user, now), roles=frozenset(grant.role for grant in grants)
    )


def school_year_on(day: date) -> str:
    """The one that a day lies in, as `2026/27`; it begins in August."""
    first = day.year - (day.month < FIRST_MONTH)
    return f"{first}/{(first + 1) % 100:02}"


def present_year() -> str:
    return school_year_on(datetime.now(ZONE).date())


def coming_years() -> list[str]:
    """This school year and the next."""
    today = datetime.now(ZONE).date()
    return [school_year_on(today), school_year_on(today.replace(year=today.year + 1, day=1))]


def years_to_choose(known: Iterable[str]) -> list[str]:
    """All there is something of, and the present one; the latest first."""
    return sorted({*known, present_year()}, reverse=True)


async def colleges(inside: Inside, request: Visit) -> Sequence[OrganisationView]:
    """The vocational colleges, by name."""
    found = await inside.read(request, "/organisations", list[OrganisationView])
    return [one for one in found if one.kind == COLLEGE]


def options(values: Iterable[str]) -> list[tuple[str, str]]:
    """For a field to choose from: each value under its own name."""
    return [(value, value) for value in values]


def under(wrong: Wrong, **names: str) -> Wrong:
    """The same, where fields have other names on the page than in the API."""
    fields = {names.get(name, name): detail for name, detail in wrong.fields.items()}
    return msgspec.structs.replace(wrong, fields=fields)
