"""The endpoint: the system, lists, objects and files, for everybody and to read only."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from hashlib import sha256
from http import HTTPStatus
from typing import Any, TypeAlias

import msgspec
from litestar import Request, Router, get
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Response

from services.oparl.addresses import ROOT, Kind, absolute, list_of
from services.oparl.collection import Collection
from services.oparl.errors import HANDLERS, unknown
from services.oparl.query import query_of
from services.settings import Settings

OPEN = {"exclude_from_auth": True}
KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""An id as we write it: there is one address for each object."""
DOWNLOAD = "download"
MEETINGS = (Kind.ORGANIZATION.value, Kind.MEETING.value)
FILES = {(Kind.FILE.value, "content"), (Kind.FILE.value, DOWNLOAD)}
LISTED = frozenset(kind.value for kind in Kind if kind is not Kind.SYSTEM)

Asked: TypeAlias = Request[None, None, State]
Name: TypeAlias = FromPath[str]


@get("/system", opt=OPEN)
async def read_system(
    request: Asked,
    open_data: NamedDependency[Collection],
    settings: NamedDependency[Settings],
) -> Response[bytes]:
    """The entrance, from which everything else is found."""
    return _answer(request, settings, await open_data.system())


@get("/{kind:str}", opt=OPEN)
async def list_objects(
    request: Asked,
    kind: Name,
    open_data: NamedDependency[Collection],
    settings: NamedDependency[Settings],
) -> Response[bytes]:
    """All objects of a type."""
    if kind not in LISTED:
        raise unknown()
    query = query_of(request.query_params)
    page = await open_data.page(Kind(kind), f"{ROOT}/{kind}", query, None)
    return _answer(request, settings, page)


@get("/{kind:str}/{key:str}", opt=OPEN)
async def read_object(
    request: Asked,
    kind: Name,
    key: Name,
    open_data: NamedDependency[Collection],
    settings: NamedDependency[Settings],
) -> Response[bytes]:
    """An object, or the tombstone of one."""
    found = await open_data.one(_path(kind, key))
    if found is None:
        raise unknown()
    return _answer(request, settings, found)


@get("/{kind:str}/{key:str}/{part:str}", opt=OPEN)
async def read_part(
    request: Asked,
    kind: Name,
    key: Name,
    part: Name,
    open_data: NamedDependency[Collection],
    settings: NamedDependency[Settings],
) -> Response[bytes]:
    """The meetings of an organization; what a file has in it."""
    path = _path(kind, key)
    if (kind, part) == MEETINGS and await open_data.one(path) is not None:
        query = query_of(request.query_params)
        page = await open_data.page(Kind.MEETING, f"{path}/{part}", query, path)
        return _answer(request, settings, page)
    if (kind, part) in FILES and (found := await open_data.file(path)) is not None:
        return _file(request, *found, is_download=part == DOWNLOAD)
    raise unknown()


def _file(
    request: Asked, file: Mapping[str, Any], content: bytes | None, *, is_download: bool
) -> Response[bytes]:
    """To look at, or to keep."""
    if content is None:
        raise unknown(HTTPStatus.GONE)
    headers = {"Last-Modified": _http_date(file["modified"])}
    if is_download:
        headers["Content-Disposition"] = f'attachment; filename="{file["fileName"]}"'
    return _sent(request, content, file["mimeType"], headers)


def _path(kind: str, key: str) -> str:
    if kind not in LISTED or not KEY.fullmatch(key):
        raise unknown()
    return f"{list_of(Kind(kind))}/{key}"


def _answer(request: Asked, settings: Settings, content: Mapping[str, Any]) -> Response[bytes]:
    """Under the address people know the service by; without one, where this client found it."""
    origin = settings.public_url or str(request.base_url).rstrip("/")
    modified = content.get("modified")
    headers = {"Last-Modified": _http_date(modified)} if modified else {}
    body = msgspec.json.encode(absolute(content, origin))
    return _sent(request, body, "application/json", headers)


def _sent(
    request: Asked, body: bytes, media_type: str, headers: Mapping[str, str]
) -> Response[bytes]:
    """The answer, or that the client has it already. It may be kept but is asked for again."""
    tag = f'W/"{sha256(body).hexdigest()[:32]}"'
    known = {one.strip() for one in request.headers.get("if-none-match", "").split(",")}
    is_known = bool(known & {tag, "*"})
    return Response(
        b"" if is_known else body,
        status_code=HTTPStatus.NOT_MODIFIED if is_known else HTTPStatus.OK,
        media_type=media_type,
        headers={**headers, "ETag": tag, "Cache-Control": "no-cache"},
    )


def _http_date(stamp: str) -> str:
    return format_datetime(datetime.fromisoformat(stamp).astimezone(UTC), usegmt=True)


def oparl_router() -> Router:
    """The description of the API leaves it out: OParl has a specification of its own."""
    return Router(
        path=ROOT,
        route_handlers=[read_system, list_objects, read_object, read_part],
        exception_handlers=HANDLERS,
        include_in_schema=False,
    )
