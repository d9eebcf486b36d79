"""Signing in and out with an OpenID Connect provider: authorization code, PKCE, state and nonce.

What has to be known again when the person comes back is kept in their browser, and nowhere here:
nobody can fill our tables by beginning, and a code is worth nothing in another browser.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import timedelta
from hashlib import sha256
from hmac import compare_digest
from secrets import token_urlsafe
from typing import Annotated
from urllib.parse import urlencode, urlsplit
from uuid import UUID

import msgspec
import structlog
from msgspec import Meta

from services.eventstore.database import Pool
from services.identity.addresses import AddressBook
from services.identity.links import is_inner
from services.identity.lockout import Rate, RateLimits
from services.identity.oidc_people import Begun, People, Unrecognised
from services.identity.oidc_provider import CodeRefused, Provider, ProviderAway, Tokens
from services.identity.oidc_tokens import Checker, TokenRefused, TooWeak
from services.identity.security_log import Happening, SecurityLog, Visitor
from services.identity.sessions import OF_PROVIDER, Sessions
from services.openid_settings import OpenIdSettings
from services.privacy.subject_keys import SubjectKeys

BACK = "/anmelden/oidc/zurueck"
GONE = "/abgemeldet"
LONGEST_TARGET = 500
PER_SOURCE = Rate(burst=300, each=timedelta(seconds=1))
"""A whole office comes in at eight, behind one address; each makes us ask the provider once."""

log = structlog.get_logger(__name__)


class NotSignedIn(Exception):
    """Nobody was signed in. `reason` is a key of the page's text, `email` what to show with it."""

    def __init__(self, reason: str, email: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.email = email


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """What the browser keeps while its person is at the provider."""

    state: Annotated[str, Meta(min_length=20, max_length=100)]
    nonce: Annotated[str, Meta(min_length=20, max_length=100)]
    verifier: Annotated[str, Meta(min_length=43, max_length=128)]
    target: Annotated[str, Meta(max_length=LONGEST_TARGET)]

    @classmethod
    def new(cls, target: str) -> "Attempt":
        """Begin. What is no page of ours leads to the front."""
        inner = is_inner(target) and len(target) <= LONGEST_TARGET
        return cls(
            state=token_urlsafe(32),
            nonce=token_urlsafe(32),
            verifier=token_urlsafe(48),
            target=target if inner else "/",
        )

    @classmethod
    def of(cls, kept: str) -> "Attempt | None":
        """What a browser kept; None if it is nothing of ours."""
        try:
            found = msgspec.json.decode(urlsafe_b64decode(kept.encode()), type=cls)
        except ValueError:  # also what is no base64, no JSON, or says something else
            return None
        return found if is_inner(found.target) else None

    @property
    def kept(self) -> str:
        """What the browser is to keep."""
        return urlsafe_b64encode(msgspec.json.encode(self)).decode()

    @property
    def challenge(self) -> str:
        """What the verifier is recognised by: S256 of RFC 7636."""
        return urlsafe_b64encode(sha256(self.verifier.encode()).digest()).decode().rstrip("=")

    @property
    def name(self) -> str:
        """A name for it, so that several may be under way in one browser."""
        return attempt_name(self.state)


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What the provider sends along when it sends somebody back."""

    state: str = ""
    code: str = ""
    issuer: str | None = None
    error: str = ""


class Arrived(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody is signed in: what their browser is to keep, and where they wanted to go."""

    cookie: str
    target: str


def openid_connect(
    settings: OpenIdSettings,
    pool: Pool,
    keys: SubjectKeys,
    sessions: Sessions,
    addresses: AddressBook,
) -> "OpenIdConnect | None":
    """The way to the provider of these settings; None if they name none."""
    if settings.oidc_issuer is None:
        return None
    return OpenIdConnect(pool, keys, sessions, addresses, settings)


class OpenIdConnect:
    """The ways to the provider and back. Needs `close` at the end."""

    def __init__(
        self,
        pool: Pool,
        keys: SubjectKeys,
        sessions: Sessions,
        addresses: AddressBook,
        settings: OpenIdSettings,
    ) -> None:
        assert settings.oidc_issuer is not None, "only with a provider"
        assert settings.oidc_client_id is not None, "the settings belong together"
        assert settings.public_url is not None, "the settings belong together"
        issuer = settings.oidc_issuer
        self.name = settings.oidc_name
        self._public_url = settings.public_url.rstrip("/")
        self._scopes = settings.oidc_scopes
        self._provider = Provider(issuer, settings.oidc_client_id, settings.oidc_client_secret)
        self._strengths = settings.oidc_acr
        self._checker = Checker(
            self._provider,
            subject=settings.oidc_subject,
            strengths=frozenset((settings.oidc_acr or "").split()),
        )
        self._people = People(pool, issuer, addresses, trust_email=settings.oidc_trust_email)
        self._begun = Begun(pool, keys, issuer)
        self._sessions = sessions
        self._security = SecurityLog(pool)
        self._rates = RateLimits(pool)

    async def close(self) -> None:
        await self._provider.close()

    async def address_of(self, attempt: Attempt, *, as_another: bool = False) -> str:
        """Where the person signs in; as somebody else than they are there, if they wish.

        Raises NotSignedIn if the provider is away.
        """
        try:
            metadata = await self._provider.metadata()
        except ProviderAway as error:
            raise _away(error) from None
        wished = {"prompt": "login"} if as_another else {}
        if self._strengths:
            wished["acr_values"] = self._strengths
        return _with_query(
            metadata.authorization_endpoint,
            **wished,
            response_type="code",
            client_id=self._provider.client_id,
            redirect_uri=self._public_url + BACK,
            scope=self._scopes,
            state=attempt.state,
            nonce=attempt.nonce,
            code_challenge=attempt.challenge,
            code_challenge_method="S256",
        )

    async def arrive(self, attempt: Attempt | None, answer: Answer, visitor: Visitor) -> Arrived:
        """Begin a session for whoever came back. Raises NotSignedIn."""
        if not await self._rates.allows(BACK, visitor.source, PER_SOURCE, visitor.at):
            raise NotSignedIn("paused")
        try:
            return await self._arrive(attempt, answer, visitor)
        except NotSignedIn as error:
            log.info("not signed in with OpenID Connect", reason=error.reason)
            await self._security.note(Happening.SIGN_IN_FAILED, visitor, method=OF_PROVIDER)
            raise

    async def leave(self, session: UUID) -> str | None:
        """Where the person can sign out at the provider too; None if they are not in by it.

        To be asked before the session ends.
        """
        hint = await self._begun.hint_of(session)
        if hint is None:
            return None
        try:
            address = (await self._provider.metadata()).end_session_endpoint
        except ProviderAway as error:
            log.warning("OpenID provider away", reason=str(error))
            return None
        return address and _with_query(
            address,
            id_token_hint=hint,
            client_id=self._provider.client_id,
            post_logout_redirect_uri=self._public_url + GONE,
        )

    async def end_elsewhere(self, token: str, visitor: Visitor) -> int:
        """End the sessions of whoever signed out elsewhere; how many there were.

        Raises TokenRefused, also for a token that was used, or ProviderAway.
        """
        farewell = await self._checker.farewell(token, visitor.at)
        if await self._begun.was_used(farewell):
            raise TokenRefused("it was used before")
        ended = await self._begun.gone(farewell)
        for session, account in ended:
            await self._sessions.end(session, visitor.at)
            await self._security.note(
                Happening.SIGNED_OUT_ELSEWHERE,
                visitor,
                account=account,
                by="oidc",
                method=OF_PROVIDER,
            )
        await self._begun.note_use(farewell, visitor.at)
        return len(ended)

    async def _arrive(self, attempt: Attempt | None, answer: Answer, visitor: Visitor) -> Arrived:
        if attempt is None or not compare_digest(attempt.state.encode(), answer.state.encode()):
            raise NotSignedIn("stale")
        try:
            id_token = (await self._exchange(attempt, answer)).id_token
            proof = await self._checker.proof(id_token, attempt.nonce, visitor.at)
        except ProviderAway as error:
            raise _away(error) from None
        except (CodeRefused, TokenRefused) as error:
            log.warning("the OpenID provider's answer was not taken", reason=str(error))
            raise NotSignedIn("weak" if isinstance(error, TooWeak) else "refused") from None
        try:
            account, is_new = await self._people.find(proof, visitor.at)
        except Unrecognised as error:
            raise NotSignedIn(error.reason, proof.email or "") from None
        if is_new:
            await self._security.note(
                Happening.IDENTITY_LINKED, visitor, account=account, method=OF_PROVIDER
            )
        cookie = await self._sessions.start(
            account, method=OF_PROVIDER, at=visitor.at, device=visitor.device
        )
        session = await self._sessions.session_of(cookie, visitor.at)
        assert session is not None, "it has just begun"
        await self._begun.keep(session.id, account, proof, id_token)
        await self._security.note(Happening.SIGNED_IN, visitor, account=account, method=OF_PROVIDER)
        return Arrived(cookie=cookie, target=attempt.target)

    async def _exchange(self, attempt: Attempt, answer: Answer) -> Tokens:
        """Raises NotSignedIn, CodeRefused or ProviderAway."""
        if answer.error in {"access_denied", "login_required", "interaction_required"}:
            raise NotSignedIn("cancelled")
        if answer.error in {"temporarily_unavailable", "server_error"}:
            raise NotSignedIn("away")
        metadata = await self._provider.metadata()
        must_be_named = metadata.authorization_response_iss_parameter_supported
        if answer.issuer != (metadata.issuer if must_be_named or answer.issuer else None):
            raise CodeRefused("the answer is another provider's")
        if answer.error or not answer.code:
            raise CodeRefused(f"the provider says {answer.error[:100]!r}")
        return await self._provider.tokens(answer.code, attempt.verifier, self._public_url + BACK)


def attempt_name(state: str) -> str:
    """What the attempt with this state is called."""
    return sha256(state.encode()).hexdigest()[:16]


def _away(error: ProviderAway) -> NotSignedIn:
    log.error("OpenID provider away", reason=str(error))
    return NotSignedIn("away")


def _with_query(address: str, **parameters: str) -> str:
    """Endpoints may have a query of their own, which stays."""
    return f"{address}{'&' if urlsplit(address).query else '?'}{urlencode(parameters)}"
