"""A mail server of a test's own: a real one on a free port, which keeps what it is given.

In a thread with a loop of its own. It can refuse, and it can break off at a chosen moment.
"""

import asyncio
import email.policy
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


class Sink:
    """What arrived, in order, and how the server is to behave.

    `replies` are given to the next recipients or texts, one each, in place of 250; `None` takes.
    """

    def __init__(self) -> None:
        self.port = 0
        self.messages: list[EmailMessage] = []
        self.envelopes: list[tuple[str, list[str]]] = []
        self.signed_in: list[str] = []
        self.to_recipients: list[str | None] = []
        self.to_texts: list[str | None] = []
        self.breaks_off = 0
        """So many texts are taken and kept, but the connection is cut before the reply."""
        self.dawdles_before = self.dawdles = 0.0
        """Seconds the server takes for each recipient, and for each text."""
        self.is_busy = False
        """It is dawdling."""

    def sent_to(self, address: str) -> list[EmailMessage]:
        return [
            message
            for message, (_, recipients) in zip(self.messages, self.envelopes, strict=True)
            if address in recipients
        ]

    async def handle_RCPT(  # noqa: N802 (the server's name for it)
        self, _: SMTP, __: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        await self._dawdle(self.dawdles_before)
        reply = self.to_recipients.pop(0) if self.to_recipients else None
        if reply is None:
            envelope.rcpt_tos.append(address)
            envelope.rcpt_options.extend(options)
        return reply or "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, _: Session, envelope: Envelope
    ) -> str:
        await self._dawdle(self.dawdles)
        reply = self.to_texts.pop(0) if self.to_texts else None
        if reply is not None:
            return reply
        content = envelope.content
        assert isinstance(content, bytes)
        self.messages.append(message_from_bytes(content, policy=email.policy.default))
        self.envelopes.append((envelope.mail_from or "", list(envelope.rcpt_tos)))
        if self.breaks_off:
            self.breaks_off -= 1
            transport = server.transport
            assert isinstance(transport, asyncio.WriteTransport)
            transport.abort()
        return "250 OK"

    async def _dawdle(self, seconds: float) -> None:
        self.is_busy = seconds > 0
        await asyncio.sleep(seconds)
        self.is_busy = False

    def authenticate(self, *given: Any) -> AuthResult:
        found = given[-1]
        assert isinstance(found, LoginPassword)
        self.signed_in.append(found.login.decode())
        return AuthResult(success=found.password == b"geheim", handled=False)


class _AnyPort(Controller):
    """Listens on any free port, which it only knows once it listens."""

    def _trigger_server(self) -> None:
        server = self.server
        assert isinstance(server, asyncio.Server)
        self.port = server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def mail_sink(certificate: Path | None = None) -> Iterator[Sink]:
    """A server that takes everything; with a certificate, only from whoever signs in, by TLS.

    The word to sign in with is "geheim". The file holds the certificate and its key.
    """
    sink = Sink()
    encrypted: dict[str, Any] = {}
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        encrypted = {"tls_context": context, "require_starttls": True, "auth_required": True}
    controller = _AnyPort(
        sink,
        hostname="127.0.0.1",
        port=0,
        ready_timeout=30,
        authenticator=sink.authenticate,
        **encrypted,
    )
    controller.start()
    try:
        sink.port = controller.port
        yield sink
    finally:
        controller.stop()


def make_certificate(file: Path) -> Path:
    """A certificate of this machine, signed by itself, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return file
