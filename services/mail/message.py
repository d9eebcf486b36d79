"""A letter as a message of RFC 5322: text and HTML, and the headers that say what it is."""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, parseaddr
from textwrap import wrap
from typing import Any
from uuid import UUID

import msgspec

from services.mail.letters import Letter

WIDTH = 76


class _Policy(EmailPolicy):
    """Folds a long plain subject between words: the library puts all of it below its name."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        if name != "Subject" or not value.isascii():
            return super().fold_binary(name, value)
        room = WIDTH - len(name)
        lines = wrap(value, room, break_long_words=False, break_on_hyphens=False)
        return f"{name}: ".encode() + "\r\n ".join(lines).encode() + b"\r\n"


POLICY = _Policy(linesep="\r\n", cte_type="7bit")
"""Every server takes it, also one that does not say that it takes eight bits."""


class Sender(msgspec.Struct, frozen=True, kw_only=True):
    """Whom our mails come from. `list_id` is a name with dots."""

    name: str
    address: str
    list_id: str

    @classmethod
    def of(cls, mail_from: str, list_id: str | None) -> "Sender":
        """From the settings."""
        name, address = parseaddr(mail_from)
        return cls(name=name, address=address, list_id=list_id or f"kreislauf.{_domain(address)}")


def message(letter: Letter, mail: UUID, sender: Sender, at: datetime) -> EmailMessage:
    """Message and Message-ID follow from the mail: sent again, it is the same one."""
    made = EmailMessage(policy=POLICY)
    made["From"] = _mailbox(sender.name, sender.address)
    made["To"] = _mailbox(letter.to.name, letter.to.address)
    made["Subject"] = letter.subject
    made["Date"] = format_datetime(at)
    made["Message-ID"] = f"<{mail}@{ascii_domain(sender.address)}>"
    made["List-Id"] = f"<{sender.list_id}>"
    made["Auto-Submitted"] = "auto-generated"
    made["X-Auto-Response-Suppress"] = "All"  # Exchange heeds this one
    made.set_content(letter.text)
    made.add_alternative(letter.html, subtype="html")
    made["Content-Language"] = letter.language
    return made


def ascii_address(address: str) -> str:
    """As servers take it that know ASCII alone. Raises UnicodeError if its name is not."""
    name, _, _ = address.rpartition("@")
    name.encode("ascii")
    return f"{name}@{ascii_domain(address)}"


def ascii_domain(address: str) -> str:
    return _domain(address).encode("idna").decode()


def _mailbox(name: str, address: str) -> Address:
    shown = " ".join("".join(c if c.isprintable() else " " for c in name).split())
    return Address(display_name=shown, addr_spec=ascii_address(address))


def _domain(address: str) -> str:
    return address.rpartition("@")[2]
