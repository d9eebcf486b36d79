"""Whether a token of the provider is one: signed by it, for us, of now, and meant for this."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from hmac import compare_digest
from typing import Annotated, Any, cast

import msgspec
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import Key
from joserfc.jwt import JWTClaimsRegistry
from msgspec import Meta

from services.identity.oidc_provider import Metadata, Provider

ALGORITHMS = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}
)
"""Never `none`, and none with a shared secret: the provider signs with a key of its own."""

LEEWAY = timedelta(seconds=60)
"""So far the clocks may be apart."""

NEWLY = timedelta(minutes=10)
"""A token is used when it has just been made."""

LOGOUT = "http://schemas.openid.net/event/backchannel-logout"

Text = Annotated[str, Meta(min_length=1, max_length=255)]


class TokenRefused(Exception):
    """Not a token for us, here and now. The message says why, without what is in it."""


class TooWeak(TokenRefused):
    """It is the provider's word, but the sign-in there was not as strong as it must be."""


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """What the provider vouches for: who somebody is there."""

    subject: str
    """By which they are known again, together with the issuer."""

    sub: str
    """The provider's own word for them, by which it says that they are gone."""

    sid: str | None
    email: str | None
    email_verified: bool


class Farewell(msgspec.Struct, frozen=True, kw_only=True):
    """That somebody signed out elsewhere: one of their sessions, or all."""

    sub: str | None
    sid: str | None
    id: str
    until: datetime
    """Until then it could be sent again."""


class _Claims(msgspec.Struct, frozen=True, kw_only=True):
    sub: Text
    sid: Text | None = None
    oid: Text | None = None
    email: Annotated[str, Meta(max_length=320)] | None = None
    email_verified: bool | str | None = None
    xms_edov: bool | str | int | None = None
    acr: str | None = None
    azp: str | None = None
    nonce: str | None = None


class _LogoutClaims(msgspec.Struct, frozen=True, kw_only=True):
    jti: Text
    iat: float
    events: Mapping[str, Mapping[str, Any]]
    sub: Text | None = None
    sid: Text | None = None
    exp: float | None = None


class Checker:
    """Checks tokens as OpenID Connect Core 1.0 (3.1.3.7) and Back-Channel Logout 1.0 (2.6) say."""

    def __init__(
        self, provider: Provider, *, subject: str = "sub", strengths: frozenset[str] = frozenset()
    ) -> None:
        """`subject`: the claim by which a person is known again.

        `strengths`: of which one must be the claim acr; none if that is the provider's matter.
        """
        self._strengths = strengths
        self._provider = provider
        self._subject = subject

    async def proof(self, token: str, nonce: str, at: datetime) -> Proof:
        """What an id token vouches for. Raises TokenRefused or ProviderAway."""
        claims = await self._claims(token, frozenset({"JWT"}), at, exp={"essential": True})
        found = _convert(claims, _Claims)
        if found.nonce is None or not compare_digest(found.nonce.encode(), nonce.encode()):
            raise TokenRefused("the nonce is another one")
        _check_party(claims["aud"], found.azp, self._provider.client_id)
        if self._strengths and found.acr not in self._strengths:
            raise TooWeak("the claim acr is none of those demanded")
        subject = found.oid if self._subject == "oid" else found.sub
        if subject is None:
            raise TokenRefused("it has no claim oid")
        return Proof(
            subject=subject,
            sub=found.sub,
            sid=found.sid,
            email=found.email,
            email_verified=_is_true(found.email_verified) or _is_true(found.xms_edov),
        )

    async def farewell(self, token: str, at: datetime) -> Farewell:
        """Who is gone, by a logout token. Raises TokenRefused or ProviderAway."""
        claims = await self._claims(token, frozenset({"JWT", "LOGOUT+JWT"}), at)
        found = _convert(claims, _LogoutClaims)
        if "nonce" in claims:
            raise TokenRefused("it has a nonce, so it is no logout token")
        if LOGOUT not in found.events:
            raise TokenRefused("it is about no logout")
        if found.sub is None and found.sid is None:
            raise TokenRefused("it does not say who is gone")
        latest = at + NEWLY + LEEWAY
        until = latest if found.exp is None else _moment(found.exp) + LEEWAY
        return Farewell(sub=found.sub, sid=found.sid, id=found.jti, until=max(latest, until))

    async def _claims(
        self, token: str, types: frozenset[str], at: datetime, **options: jwt.ClaimsOption
    ) -> dict[str, Any]:
        """The claims once signature, issuer, audience and times are found right."""
        metadata = await self._provider.metadata()
        try:
            key = await self._key_of(token, types)
            allowed = ALGORITHMS.intersection(metadata.id_token_signing_alg_values_supported)
            claims = jwt.decode(token, key, algorithms=sorted(allowed)).claims
            self._registry(metadata, at, options).validate(claims)
        except (JoseError, ValueError) as error:
            raise TokenRefused(str(error) or type(error).__name__) from None
        if _moment(cast("float", claims["iat"])) < at - NEWLY - LEEWAY:
            raise TokenRefused("it was made long ago")
        return claims

    async def _key_of(self, token: str, types: frozenset[str]) -> Key:
        header = jws.extract_compact(token.encode()).headers()
        if str(header.get("typ", "JWT")).upper().removeprefix("APPLICATION/") not in types:
            raise TokenRefused("it is another kind of token")
        kid = header.get("kid")
        key = await self._provider.key(None if kid is None else str(kid))
        if key is None:
            raise TokenRefused("the provider has no such key")
        return key

    def _registry(
        self, metadata: Metadata, at: datetime, options: Mapping[str, jwt.ClaimsOption]
    ) -> JWTClaimsRegistry:
        return JWTClaimsRegistry(
            now=int(at.timestamp()),
            leeway=int(LEEWAY.total_seconds()),
            iss={"essential": True, "value": metadata.issuer},
            aud={"essential": True, "value": self._provider.client_id},
            iat={"essential": True},
            **options,
        )


def _check_party(audience: object, party: str | None, ours: str) -> None:
    """Made for others too, it must say that it was given to us."""
    if party is not None and party != ours:
        raise TokenRefused("it was given to another service")
    if party is None and isinstance(audience, list) and len(cast("list[object]", audience)) > 1:
        raise TokenRefused("it is for several services and does not say to which it was given")


def _convert(claims: Mapping[str, Any], kind: type[Any]) -> Any:
    try:
        return msgspec.convert(claims, kind)
    except msgspec.ValidationError as error:
        raise TokenRefused(str(error)) from None


def _is_true(claim: bool | str | int | None) -> bool:  # noqa: FBT001 (it is the claim's value)
    """Some providers write it as a text, Entra as a number."""
    return claim is True or claim == 1 or claim in {"true", "1"}


def _moment(seconds: float) -> datetime:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        raise TokenRefused("it has an impossible time") from None
