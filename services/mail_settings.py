"""The server that carries our mails, and how they say where they come from."""

from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta

from services.environment import SECRET, SettingsError, refuse_without_effect
from services.openid_settings import OpenIdSettings

_MAILBOX = r"[^\s@<>,;\"]+@[^\s@<>,;\"]+"
Sender = Annotated[str, Meta(pattern=rf"^({_MAILBOX}|[^\x00-\x1f\x7f<>\"]+ <{_MAILBOX}>)$")]
ListId = Annotated[str, Meta(pattern=r"^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$")]
Host = Annotated[str, Meta(pattern=r"^[^\s/]+$")]
SmtpPort = Annotated[int, Meta(ge=1, le=65_535)]

HERE = frozenset({"localhost", "127.0.0.1", "::1"})


class MailSettings(OpenIdSettings, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Without a server, mails stay queued, and administrators see them."""

    smtp_host: Annotated[
        Host | None,
        Meta(
            title="a host or an IP address",
            description="the mail server that carries our mails; without it, they stay queued",
        ),
    ] = None
    smtp_port: Annotated[
        SmtpPort,
        Meta(
            title="a number from 1 to 65535",
            description="the mail server's port: 587 with starttls, usually 465 with tls and 25 "
            "with none",
        ),
    ] = 587
    smtp_tls: Annotated[
        Literal["starttls", "tls", "none"],
        Meta(
            title="starttls, tls or none",
            description="how the way to the mail server is encrypted: after its greeting, from "
            "the first byte, or not at all",
        ),
    ] = "starttls"
    smtp_tls_ca: Annotated[
        Path | None,
        Meta(
            title="a path",
            description="the file with the authority that signed the mail server's certificate, "
            "if the system does not know it",
        ),
    ] = None
    smtp_user: Annotated[
        str | None,
        Meta(title="a name", description="who we are at the mail server; without it, nobody"),
    ] = None
    smtp_password: Annotated[
        str | None,
        Meta(
            title="a password",
            description="what we prove that with at the mail server",
            extra=SECRET,
        ),
    ] = None
    mail_from: Annotated[
        Sender | None,
        Meta(
            title="an e-mail address, also with a name, as in KIM Kreis Paderborn "
            "<kim@kreis.example.org>",
            description="the sender of our mails, who gets what cannot be delivered",
        ),
    ] = None
    mail_list_id: Annotated[
        ListId | None,
        Meta(
            title="a name with dots, as in kim.kreis.example.org",
            description="the List-Id of our mails, by which mail programs file them; without it, "
            "`kreislauf.` and the sender's domain",
        ),
    ] = None

    def __post_init__(self) -> None:
        super().__post_init__()
        refuse_without_effect(
            self,
            {
                "smtp_host": "mail_from",
                "smtp_tls_ca": "smtp_host",
                "smtp_user": "smtp_host",
                "smtp_password": "smtp_user",
                "mail_list_id": "mail_from",
            },
        )
        if self.smtp_password and self.smtp_tls == "none" and self.smtp_host not in HERE:
            raise SettingsError(
                "KREISLAUF_SMTP_TLS",
                "KREISLAUF_SMTP_TLS is none, so KREISLAUF_SMTP_PASSWORD would go over the network "
                "for everybody to read. Set KREISLAUF_SMTP_TLS to starttls or tls.",
            )
