"""What the pages of the administration have in common: going on after a decision, and spans."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Annotated
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from litestar.params import QueryParameter
from litestar.response import Redirect

from services.api.decisions import Decision
from services.api.directory import MunicipalityView, OrganisationView
from services.identity.areas import Area
from services.identity.principal import Principal
from services.web.door import for_area
from services.web.forms import Form
from services.web.inside import Inside, Visit

HOME = "/verwaltung"


class Deed(StrEnum):
    """What was done on the page before; each has its text under `administration.done`."""

    REGISTERED = "registered"
    RENAMED = "renamed"
    ADDRESS = "address"
    INVITED = "invited"
    GRANTED = "granted"
    REVOKED = "revoked"
    SUBSTITUTED = "substituted"
    ENDED = "ended"
    PROPOSED = "proposed"
    OFFERED = "offered"
    ANSWERED = "answered"
    POSTPONED = "postponed"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"
    HELD = "held"
    LIFTED = "lifted"
    RETRIED = "retried"
    DISCARDED = "discarded"


Done = Annotated[Deed | None, QueryParameter(name="getan", required=False)]
Cursor = Annotated[str | None, QueryParameter(name="weiter", max_length=300, required=False)]

ADMINISTRATION = for_area(Area.ADMINISTRATION)


def go_on(path: str, decision: Decision, done: Deed) -> Redirect:
    """To the page that shows what was recorded, and says so."""
    return see(f"{path}?{urlencode({'ab': decision.position, 'getan': done})}")


def see(address: str) -> Redirect:
    """To another page, which is read anew."""
    return Redirect(address, status_code=303)


async def organisation_names(inside: Inside, request: Visit) -> Mapping[str, str]:
    """What the organisations are called, in the order of their names."""
    organisations = await inside.read(request, "/organisations", list[OrganisationView])
    return {organisation.key: organisation.name for organisation in organisations}


async def municipality_names(inside: Inside, request: Visit) -> Mapping[str, str]:
    """What the municipalities are called, by their keys."""
    municipalities = await inside.read(request, "/municipalities", list[MunicipalityView])
    return {municipality.ags: municipality.name for municipality in municipalities}


def begins(form: Form, field: str, zone: ZoneInfo) -> str | None:
    """The midnight at which the day of a date field begins; None if it is empty.

    What is no date is handed on, for the API to refuse.
    """
    return _midnight(form.text(field), 0, zone)


def ends(form: Form, field: str, zone: ZoneInfo) -> str | None:
    """The midnight after the day of a date field, which is thereby included."""
    return _midnight(form.text(field), 1, zone)


def has_role(principal: Principal, role: str, at: datetime) -> bool:
    """Whether the person has the role now, be it in somebody's absence."""
    return any(grant.role == role for grant in principal.grants_at(at))


def _midnight(text: str, days: int, zone: ZoneInfo) -> str | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text) + timedelta(days=days)
    except (ValueError, OverflowError):
        return text
    return datetime.combine(day, time(), zone).isoformat()
