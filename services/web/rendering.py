"""Makes pages of templates: with the frame around them, in the person's language."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from uuid import uuid4

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from litestar import Request
from litestar.enums import MediaType
from litestar.response import Response

from domain.kernel import Erased
from services.api.directory import Me
from services.calendar import HolidayCalendar
from services.eventstore.database import Pool
from services.projections.read_models import ReadModels
from services.texts.language import Language
from services.texts.words import word
from services.web.assets import addresses
from services.web.compiled import CompiledTemplates
from services.web.dates import Dates
from services.web.door import address_of
from services.web.form_token import masked
from services.web.frame import Frame, name_shown, places_of
from services.web.inside import Inside
from services.web.language import language_of
from services.web.texts import say

COUNTY = "select name from organisation where kind = 'county' order by key limit 1"

NAME = "Kreislauf"
FRAME = "frame"
"""In the state of a request: the frame of its page."""


class Pages:
    """Renders the pages of this process. `calendar` is the county's."""

    def __init__(
        self,
        inside: Inside,
        pool: Pool,
        read_models: ReadModels,
        calendar: HolidayCalendar,
        county: str | None,
        templates: CompiledTemplates,
    ) -> None:
        self._inside = inside
        self._pool = pool
        self._read_models = read_models
        self._county = county
        self.calendar = calendar
        self._environment = _environment(calendar, templates)

    async def enter(self, request: Request[Any, Any, Any]) -> None:
        """Find out who is looking, once for each request, before its page is made."""
        if request.auth is None:
            return
        path = request.url.path
        me = await self._inside.read(request, "/me", Me)
        request.scope["state"][FRAME] = Frame(
            county=await self._county_name(),
            path=path,
            address=address_of(request),
            account=me.account,
            name=name_shown(me.name),
            roles=list(dict.fromkeys(grant.role for grant in me.grants)),
            absent=[name_shown(name) for name in me.absent.values()],
            menu=places_of(request.user, path),
            csrf=masked(request.auth.csrf),
        )

    async def show(
        self,
        request: Request[Any, Any, Any],
        template: str,
        *,
        status: int = HTTPStatus.OK,
        headers: Mapping[str, str] | None = None,
        **facts: object,
    ) -> Response[str]:
        """The page of this template. `facts` are its variables; texts and filters see the language.

        In it, `key` names this rendering of a form, so that sending it twice does it once.
        """
        position = await self._read_models.position() if _frame(request) else None
        await self._county_name()
        return self._answer(request, template, status, {**(headers or {})}, position, facts)

    def show_at_once(
        self, request: Request[Any, Any, Any], template: str, *, status: int, **facts: object
    ) -> Response[str]:
        """The same without asking anybody: for when what is asked may be away."""
        return self._answer(request, template, status, {}, None, facts)

    def _answer(
        self,
        request: Request[Any, Any, Any],
        template: str,
        status: int,
        headers: Mapping[str, str],
        position: int | None,
        facts: Mapping[str, object],
    ) -> Response[str]:
        language = language_of(request)
        nobody = Frame(
            county=self._county or NAME, path=request.url.path, address=address_of(request)
        )
        frame = msgspec.structs.replace(_frame(request) or nobody, position=position)
        around = {"language": language, "frame": frame, "key": str(uuid4())}
        return Response(
            self._environment.get_template(template).render({**around, **facts}),
            status_code=status,
            media_type=MediaType.HTML,
            headers={"Content-Language": language, **headers},
        )

    async def _county_name(self) -> str:
        """As set, or the first registered county's, which is then remembered."""
        if self._county is None:
            self._county = await self._pool.fetchval(COUNTY)
        return self._county or NAME


def _frame(request: Request[Any, Any, Any]) -> Frame | None:
    return request.scope["state"].get(FRAME)


def _environment(calendar: HolidayCalendar, templates: CompiledTemplates) -> Environment:
    environment = Environment(
        loader=PackageLoader("services.web"),
        bytecode_cache=templates,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    more: dict[str, Any] = {"t": _text, "asset": _address}
    environment.globals.update(more)
    filters: dict[str, Any] = {**Dates(calendar).filters(), "word": _word}
    environment.filters.update(filters)
    tests: dict[str, Any] = {"erased": _is_erased}
    environment.tests.update(tests)
    return environment


@pass_context
def _text(context: Context, key: str, **facts: object) -> str:
    """`t("tasks.title", count=3)`."""
    return say(key, _language(context), facts)


@pass_context
def _word(context: Context, value: str) -> str:
    """The word for a code word, such as a stage or a role."""
    return word(value, _language(context))


def _address(name: str) -> str:
    """`asset("kern.min.css")`."""
    return addresses()[name]


def _is_erased(value: object) -> bool:
    return isinstance(value, Erased)


def _language(context: Context) -> Language:
    return context["language"]
