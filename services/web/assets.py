"""Style, script and fonts: our own, and what the build took from npm.

An address holds the digest of its content: browsers keep it for a year, and never an old one.
"""

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from http import HTTPStatus
from importlib.resources import files
from mimetypes import guess_type
from typing import NamedTuple

from litestar import get
from litestar.params import FromPath
from litestar.response import Response

from services.api.problems import EdgeProblem
from services.web.door import OPEN

FOLDERS = ("static", "vendor")
SHOWN = (".css", ".js", ".woff2", ".svg", ".ico")
FOR_A_YEAR = "public, max-age=31536000, immutable"


class MissingAssets(Exception):
    """What npm gives is not in the package: it was not built."""


class Asset(NamedTuple):
    """A file as it is sent."""

    content: bytes
    media_type: str


@cache
def addresses() -> Mapping[str, str]:
    """The address of each file by its name: `kern.min.css` → `/static/kern.min.1f3a….css`.

    Raises MissingAssets.
    """
    found = {name: address for address, (name, _) in _assets().items()}
    if "kern.min.css" not in found:
        remedy = "`uv sync --reinstall-package kreislauf` makes them."
        raise MissingAssets(f"Style and fonts are missing: {remedy}")
    return found


@get("/static/{name:str}", opt=OPEN, include_in_schema=False)
async def read_asset(name: FromPath[str]) -> Response[bytes]:
    """A file of the pages."""
    found = _assets().get(f"/static/{name}")
    if found is None:
        raise EdgeProblem(HTTPStatus.NOT_FOUND, "request.unknown-path")
    _, asset = found
    return Response(
        asset.content, media_type=asset.media_type, headers={"Cache-Control": FOR_A_YEAR}
    )


@cache
def _assets() -> Mapping[str, tuple[str, Asset]]:
    """Name and content of each file by its address."""
    plain = {
        file.name: file.read_bytes()
        for folder in FOLDERS
        if (root := files("services.web").joinpath(folder)).is_dir()
        for file in root.iterdir()
        if file.name.endswith(SHOWN)
    }
    found: dict[str, tuple[str, Asset]] = {}
    # Style sheets last: they name fonts by their plain names.
    for name in sorted(plain, key=lambda name: name.endswith(".css")):
        content = plain[name]
        if name == "kreislauf.css":
            for address, (other, _) in found.items():
                content = content.replace(f"url({other})".encode(), f"url({address})".encode())
        stem, _, ending = name.rpartition(".")
        address = f"/static/{stem}.{sha256(content).hexdigest()[:12]}.{ending}"
        found[address] = name, Asset(content, guess_type(name)[0] or "font/woff2")
    return found
