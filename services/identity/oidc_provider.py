"""The OpenID Connect provider as we reach it: what it says of itself, its keys, its tokens."""

import asyncio
from base64 import b64encode
from collections.abc import Mapping
from http import HTTPStatus
from time import monotonic
from typing import Annotated, Any, TypeVar
from urllib.parse import quote_plus, urlsplit

import httpx
import msgspec
import structlog
from joserfc.errors import JoseError
from joserfc.jwk import JWKRegistry, Key
from msgspec import Meta

FRESH = 3600.0
"""So many seconds what the provider says of itself, and its keys, are taken as known."""

PATIENCE = httpx.Timeout(10.0, connect=3.0)
BREATH = 2.0
"""After a failure the keys are asked for again this many seconds later."""

LARGEST = 500_000
SIGNING = frozenset({"RSA", "EC", "OKP"})
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})

log = structlog.get_logger(__name__)

T = TypeVar("T")


class ProviderAway(Exception):
    """The provider does not answer, or not as one does. The message is for operators."""


class CodeRefused(Exception):
    """The provider gives nothing for this code: it was used, has expired or is another's."""


class Metadata(msgspec.Struct, frozen=True, kw_only=True):
    """What the provider says of itself (OpenID Connect Discovery 1.0, section 3)."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    end_session_endpoint: str | None = None
    id_token_signing_alg_values_supported: tuple[str, ...] = ("RS256",)
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)
    authorization_response_iss_parameter_supported: bool = False


class _Keys(msgspec.Struct, frozen=True):
    keys: tuple[dict[str, Any], ...]


class Tokens(msgspec.Struct, frozen=True):
    """What the provider gives for a code; the other tokens are of no use to us."""

    id_token: Annotated[str, Meta(max_length=LARGEST)]


class Provider:
    """Asked over HTTP, as rarely as possible. Needs `close` at the end."""

    def __init__(
        self, issuer: str, client_id: str, secret: str | None, *, pause: float = 30.0
    ) -> None:
        """`pause`: so many seconds its keys are not fetched again, whatever key is asked for."""
        self.issuer = issuer
        self.client_id = client_id
        self._secret = secret
        self._pause = pause
        self._http = httpx.AsyncClient(timeout=PATIENCE, follow_redirects=False)
        self._lock = asyncio.Lock()
        self._metadata: tuple[Metadata, float] | None = None
        self._keys: Mapping[str | None, Key] = {}
        self._keys_at = -FRESH
        self._failed_at = -BREATH

    async def close(self) -> None:
        await self._http.aclose()

    async def metadata(self) -> Metadata:
        """Raises ProviderAway."""
        if self._metadata is not None and monotonic() - self._metadata[1] < FRESH:
            return self._metadata[0]
        address = f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"
        found = await self._read(address, Metadata)
        if found.issuer != self.issuer:
            raise ProviderAway(f"{address} is about {found.issuer}, not about {self.issuer}")
        ways = (found.authorization_endpoint, found.token_endpoint, found.jwks_uri)
        for way in (*ways, found.end_session_endpoint):
            if way is not None and not self._is_safe(way):
                raise ProviderAway(f"{address} names {way}, which is not encrypted")
        self._metadata = found, monotonic()
        return found

    async def key(self, kid: str | None) -> Key | None:
        """The provider's key of this id; without an id, its only one.

        Fetched again if it is not there: keys are rotated. Not for each forged id, though.
        Raises ProviderAway.
        """
        async with self._lock:
            age = monotonic() - self._keys_at
            if age >= FRESH or (kid not in self._keys and age >= self._pause):
                await self._renew_keys()
        if kid is None:
            return next(iter(self._keys.values())) if len(self._keys) == 1 else None
        return self._keys.get(kid)

    async def tokens(self, code: str, verifier: str, redirect_uri: str) -> Tokens:
        """Exchange a code. Raises CodeRefused or ProviderAway."""
        metadata = await self.metadata()
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "code_verifier": verifier,
            "redirect_uri": redirect_uri,
        }
        headers = {"Accept": "application/json"}
        methods = metadata.token_endpoint_auth_methods_supported
        if self._secret is None:
            form["client_id"] = self.client_id
        elif "client_secret_basic" in methods or "client_secret_post" not in methods:
            headers["Authorization"] = _basic(self.client_id, self._secret)
        else:
            form |= {"client_id": self.client_id, "client_secret": self._secret}
        request = self._http.build_request(
            "POST", metadata.token_endpoint, data=form, headers=headers
        )
        answer, content = await self._send(request)
        if answer.status_code == HTTPStatus.BAD_REQUEST:
            raise CodeRefused(_error_in(content))
        return _decoded(answer, content, Tokens)

    async def _renew_keys(self) -> None:
        if monotonic() - self._failed_at < BREATH:
            raise ProviderAway(f"{self.issuer} did not give its keys just now")
        try:
            self._keys, self._keys_at = await self._fetch_keys(), monotonic()
        except ProviderAway:
            self._failed_at = monotonic()
            raise

    async def _fetch_keys(self) -> Mapping[str | None, Key]:
        metadata = await self.metadata()
        found = await self._read(metadata.jwks_uri, _Keys)
        keys: dict[str | None, Key] = {}
        for data in found.keys:
            if data.get("kty") not in SIGNING or data.get("use", "sig") != "sig":
                continue
            try:
                keys[data.get("kid")] = JWKRegistry.import_key(data)
            except (JoseError, ValueError, TypeError, KeyError):
                log.warning("a key of the OpenID provider is not usable", kid=str(data.get("kid")))
        return keys

    async def _read(self, address: str, kind: type[T]) -> T:
        request = self._http.build_request("GET", address, headers={"Accept": "application/json"})
        return _decoded(*await self._send(request), kind)

    async def _send(self, request: httpx.Request) -> tuple[httpx.Response, bytes]:
        try:
            answer = await self._http.send(request, stream=True)
            try:
                content = b""
                async for part in answer.aiter_bytes():
                    content += part
                    if len(content) > LARGEST:
                        raise ProviderAway(f"{request.url} answers with more than is sensible")
            finally:
                await answer.aclose()
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise ProviderAway(f"{request.url} does not answer: {type(error).__name__}") from error
        return answer, content

    def _is_safe(self, address: str) -> bool:
        parts = urlsplit(address)
        if parts.scheme == "https":
            return bool(parts.netloc)
        ours = urlsplit(self.issuer)
        return parts.scheme == ours.scheme == "http" and parts.hostname in LOCAL


def _basic(name: str, secret: str) -> str:
    """As RFC 6749, section 2.3.1, which encodes both before they are joined."""
    pair = f"{quote_plus(name)}:{quote_plus(secret)}"
    return f"Basic {b64encode(pair.encode()).decode()}"


def _decoded(answer: httpx.Response, content: bytes, kind: type[T]) -> T:
    address = answer.request.url
    if answer.status_code != HTTPStatus.OK:
        raise ProviderAway(f"{address} answers with {answer.status_code} {_error_in(content)}")
    try:
        return msgspec.json.decode(content, type=kind)
    except msgspec.DecodeError as error:
        raise ProviderAway(f"{address} answers with something else: {error}") from None


class _Error(msgspec.Struct, frozen=True):
    error: Annotated[str, Meta(max_length=100)] = ""


def _error_in(content: bytes) -> str:
    try:
        return msgspec.json.decode(content, type=_Error).error
    except msgspec.DecodeError:
        return ""
