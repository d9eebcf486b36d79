"""What answers of the pages forbid the browser, whatever a page may come to hold."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from litestar.types import ASGIApp, Message, Receive, Scope, Send

RULES = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
)
HEADERS: Mapping[str, str] = {
    "content-security-policy": "; ".join(RULES),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
UPGRADE = "upgrade-insecure-requests"
TWO_YEARS = "max-age=63072000; includeSubDomains"
PERSONAL = b"no-store"
PORTS = {"https": ":443", "http": ":80"}


EMBEDDABLE = re.compile(r"/melden(/(?!bestaetigen|link)[a-z-]+)?/?")
EMBEDDED = b"eingebettet"
"""The report form for companies, if its address says that it is shown inside another page.

Whoever fills it in needs no session, and what is sent needs a mail to be confirmed: a page that
tricks somebody into clicking in it gains nothing.
"""


def protected(app: ASGIApp, *, encrypted: bool, embedded_by: str | None = None) -> ASGIApp:
    """Wrap the application. `encrypted`: people reach it by https, and shall by nothing else.

    `embedded_by`: the origins whose pages may show the report form.
    """
    headers = dict(HEADERS)
    if encrypted:
        headers["content-security-policy"] = "; ".join((*RULES, UPGRADE))
        headers["strict-transport-security"] = TWO_YEARS
    everywhere = [(name.encode(), value.encode()) for name, value in headers.items()]
    embedded = _embedded(headers, embedded_by) if embedded_by else everywhere

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        fixed = embedded if _may_be_embedded(scope) else everywhere

        async def send_protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers: list[Any] = list(message["headers"])
                names = {name.lower() for name, _ in headers}
                headers += [(name, value) for name, value in fixed if name not in names]
                if b"cache-control" not in names:
                    headers.append((b"cache-control", PERSONAL))
                message["headers"] = headers
            await send(message)

        await app(scope, receive, send_protected)

    return answer


def _embedded(headers: Mapping[str, str], origins: str) -> list[tuple[bytes, bytes]]:
    """The same, but for who may show the page; an older header knows only everybody or nobody."""
    policy = headers["content-security-policy"]
    allowed = policy.replace("frame-ancestors 'none'", f"frame-ancestors {origins}")
    kept = {name: value for name, value in headers.items() if name != "x-frame-options"}
    return [
        (name.encode(), value.encode())
        for name, value in {**kept, "content-security-policy": allowed}.items()
    ]


def _may_be_embedded(scope: Scope) -> bool:
    if scope["type"] != "http" or not EMBEDDABLE.fullmatch(scope["path"]):
        return False
    return any(part.partition(b"=")[0] == EMBEDDED for part in scope["query_string"].split(b"&"))


def origin_of(address: str | None) -> str | None:
    """The origin of an address as browsers write it: without the port its scheme implies."""
    if address is None:
        return None
    parts = urlsplit(address.lower())
    return f"{parts.scheme}://{parts.netloc.removesuffix(PORTS.get(parts.scheme, ''))}"
