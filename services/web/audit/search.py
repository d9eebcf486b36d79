"""Revision: search over who, what and when, and who looked at learners' rows and at contacts."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from litestar import get
from litestar.di import NamedDependency
from litestar.params import QueryParameter
from litestar.response import Response

from domain.assessments.events_class import RowsSeen
from domain.kernel import Erased
from domain.language_needs.look import ContactSeen
from services.api.accounts import AccountView
from services.api.directory import MunicipalityView, OrganisationView
from services.api.pages import Page
from services.audit.process import kind_of
from services.audit.search import TOPICS, position_in
from services.history import HistoryEntry
from services.identity.areas import Area
from services.texts.wording import ZONE
from services.web.audit.telling import organisations_of
from services.web.door import for_area
from services.web.forms import Wrong
from services.web.inside import Inside, Refusal, Visit
from services.web.rendering import Pages

Given = Annotated[str, QueryParameter(max_length=400, required=False)]
Position = Annotated[int | None, QueryParameter(ge=0, required=False)]
KINDS = tuple(dict.fromkeys(map(kind_of, TOPICS)))
AT_ONCE = 50
LONGEST = 400


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """The search form as it was filled in."""

    person: str = ""
    organisation: str = ""
    art: str = ""
    kommune: str = ""
    von: str = ""
    bis: str = ""
    suche: str = ""

    @classmethod
    def of(cls, request: Visit) -> "Asked":
        """From the address."""
        given = request.query_params
        return cls(
            **{name: given.get(name, "").strip()[:LONGEST] for name in cls.__struct_fields__}
        )

    @property
    def query(self) -> str:
        """As it stands in the address bar."""
        return urlencode({k: v for k, v in msgspec.structs.asdict(self).items() if v})


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody whose entries one may look for."""

    id: UUID
    name: str | Erased


@get("/revision", opt=for_area(Area.AUDIT))
async def show_search(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    ab: Position = None,
    weiter: Given = "",
) -> Response[str]:
    """The newest entries that fit. `weiter`: where the page goes on; `ab`: what it must contain."""
    asked = Asked.of(request)
    wrong: Wrong | None = None
    found: Page[HistoryEntry] = Page(items=[])
    try:
        found = await _found(request, inside, asked, weiter, at_least=ab)
    except Refusal as refusal:
        wrong = Wrong.of(refusal)
    return await pages.show(
        request,
        "audit/search.html",
        status=wrong.status if wrong else HTTPStatus.OK,
        wrong=wrong,
        asked=asked,
        entries=found.items,
        next=found.next,
        kinds=KINDS,
        people=await _people(request, inside),
        organisations=await inside.read(request, "/organisations", list[OrganisationView]),
        municipalities=await inside.read(request, "/municipalities", list[MunicipalityView]),
    )


@get("/revision/tabelle.csv", opt=for_area(Area.AUDIT))
async def download_table(
    request: Visit,
    inside: NamedDependency[Inside],
    vorgang: Annotated[UUID | None, QueryParameter(required=False)] = None,
) -> Response[bytes]:
    """What the search finds, or a whole process, as a table."""
    query = {**api_query(Asked.of(request)), "stream": vorgang}
    answer = await inside.ask(request, "GET", "/audit/trail.csv", query=query)
    kept = ("content-disposition", "content-language")
    headers = {name: answer.headers[name] for name in kept}
    return Response(answer.content, media_type="text/csv", headers=headers)


@get("/revision/blicke", opt=for_area(Area.AUDIT))
async def show_looks(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    weiter: Given = "",
) -> Response[str]:
    """Who looked at learners' rows, the newest looks first. The rows themselves are not shown."""
    found = await _looks(request, inside, RowsSeen.TOPIC, weiter)
    return await pages.show(
        request,
        "audit/looks.html",
        entries=found.items,
        next=found.next,
        organisations=await organisations_of(request, inside),
    )


@get("/revision/blicke/kontakte", opt=for_area(Area.AUDIT))
async def show_contact_looks(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    weiter: Given = "",
) -> Response[str]:
    """Who looked at the contact of a company's report, the newest looks first."""
    found = await _looks(request, inside, ContactSeen.TOPIC, weiter)
    return await pages.show(
        request,
        "audit/contact_looks.html",
        entries=found.items,
        next=found.next,
        organisations=await organisations_of(request, inside),
    )


def api_query(asked: Asked) -> Mapping[str, object]:
    """What the API is asked for. What cannot be read it shall refuse."""
    query: dict[str, object] = {
        "account": asked.person or None,
        "organisation": asked.organisation or None,
        "topic": asked.art or None,
        "municipality": asked.kommune or None,
        "since": _midnight(asked.von),
        "until": _midnight(asked.bis, days=1),
    }
    if asked.suche:
        query |= _named(asked.suche)
    return query


async def _looks(request: Visit, inside: Inside, topic: str, cursor: str) -> Page[HistoryEntry]:
    kind = Page[HistoryEntry]
    query = {"topic": topic, "order": "newest", "cursor": cursor or None}
    return await inside.read(request, "/audit/trail", kind, **query)


async def _found(
    request: Visit, inside: Inside, asked: Asked, cursor: str, *, at_least: int | None
) -> Page[HistoryEntry]:
    query = {**api_query(asked), "cursor": cursor or None, "order": "newest", "limit": AT_ONCE}
    kind = Page[HistoryEntry]
    found = await inside.read(request, "/audit/trail", kind, at_least=at_least, **query)
    if found.items or "command" not in query:
        return found
    # An id that no command has may be that of a process, or of a person.
    for name in ("stream", "account"):
        instead = {**query, "command": None, name: asked.suche}
        found = await inside.read(request, "/audit/trail", kind, **instead)
        if found.items:
            break
    return found


def _named(text: str) -> Mapping[str, object]:
    """A number is a log position, an id that of a command; anything else is searched in words."""
    position = position_in(text)
    if position is not None:
        return {"position": position}
    try:
        return {"command": UUID(text)}
    except ValueError:
        return {"words": text}


def _midnight(day: str, *, days: int = 0) -> str | None:
    """When the day begins here, with its offset; as it is if it is none."""
    if not day:
        return None
    try:
        on = date.fromisoformat(day) + timedelta(days=days)
    except (ValueError, OverflowError):
        return day
    return datetime.combine(on, time(), ZoneInfo(ZONE)).isoformat()


async def _people(request: Visit, inside: Inside) -> Sequence[Person]:
    """Everybody with an account, for those who may read them."""
    try:
        accounts = await inside.read(request, "/accounts", list[AccountView])
    except Refusal:
        return []
    return [Person(id=account.id, name=account.name) for account in accounts]
