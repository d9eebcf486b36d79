"""Where people of the administration sign in: their OpenID Connect provider."""

from typing import Annotated, Literal

from msgspec import Meta

from services.environment import SECRET, refuse_without_effect
from services.page_settings import PageSettings

ISSUER = r"^(https://[^\s/?#]+|http://(localhost|127\.0\.0\.1|\[::1\])(:\d+)?)(/[^\s?#]*)?$"
Issuer = Annotated[str, Meta(pattern=ISSUER)]
Scopes = Annotated[str, Meta(pattern=r"^(\S+ )*openid( \S+)*$")]
Words = Annotated[str, Meta(pattern=r"^\S+( \S+)*$")]
Word = Annotated[str, Meta(pattern=r"^\S+$")]


class OpenIdSettings(PageSettings, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The provider, who we are there, and which of its words we take."""

    oidc_issuer: Annotated[
        Issuer | None,
        Meta(
            title="an address that begins with https://, exactly as the provider writes it; "
            "http:// only on this machine",
            description="the OpenID Connect provider people may sign in with; without it, none",
        ),
    ] = None
    oidc_client_id: Annotated[
        Word | None,
        Meta(title="a name without spaces", description="what the provider calls this service"),
    ] = None
    oidc_client_secret: Annotated[
        str | None,
        Meta(
            title="a secret",
            description="what this service proves itself with to the provider; without it, "
            "it is a public client",
            extra=SECRET,
        ),
    ] = None
    oidc_name: Annotated[
        str | None,
        Meta(
            title="a name people know, as in Konto des Kreises Paderborn",
            description="what people read on the button that leads to the provider; without it, "
            "that it is the account of their administration",
        ),
    ] = None
    oidc_scopes: Annotated[
        Scopes,
        Meta(
            title="words with a space between, openid among them",
            description="what the provider is asked for about a person",
        ),
    ] = "openid email"
    oidc_acr: Annotated[
        Words | None,
        Meta(
            title="words with a space between",
            description="how strongly people must have signed in at the provider: one of these "
            "values of the claim acr; without it, that is the provider's matter",
        ),
    ] = None
    oidc_trust_email: Annotated[
        bool,
        Meta(
            title="true or false",
            description="whether an e-mail address counts as verified although the provider does "
            "not say so; only for one whose addresses the administration itself assigns",
        ),
    ] = False
    oidc_subject: Annotated[
        Literal["sub", "oid"],
        Meta(
            title="sub or oid",
            description="the claim by which a person is known again; oid is that of Microsoft "
            "Entra, which stays the same when the service is registered anew",
        ),
    ] = "sub"

    def __post_init__(self) -> None:
        super().__post_init__()
        refuse_without_effect(
            self,
            {
                "oidc_issuer": "oidc_client_id",
                "oidc_client_id": "oidc_issuer",
                "oidc_client_secret": "oidc_client_id",
                "oidc_trust_email": "oidc_issuer",
                "oidc_acr": "oidc_issuer",
            },
        )
        # The provider sends people back to an address it knows, whatever a request says.
        refuse_without_effect(self, {"oidc_issuer": "public_url"})
