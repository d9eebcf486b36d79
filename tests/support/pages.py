"""Every page there is, and what stands in it."""

import re
from collections.abc import Iterator
from uuid import UUID

from litestar.handlers import HTTPRouteHandler

from services.web.app import pages_router
from tests.support.oidc_service import ACCOUNTS

SOMETHING: UUID = ACCOUNTS["koordination"]


def routes(method: str) -> Iterator[tuple[str, HTTPRouteHandler]]:
    """Every page with this method: its path with something in the place of its parameters."""
    for route in pages_router().routes:
        for handler in getattr(route, "route_handlers", ()):
            if method in handler.http_methods and "OPTIONS" not in handler.http_methods:
                yield re.sub(r"\{[^}]*:uuid\}", str(SOMETHING), filled(route.path)), handler


def filled(path: str) -> str:
    whole = re.sub(r"\{[^}]*:int\}", "1", path)
    return re.sub(r"\{[^}]*:(str|path)\}", "x", whole)


def csrf_in(page: str) -> str:
    """The token that the forms of this page carry."""
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found
    return found[1]
