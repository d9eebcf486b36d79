"""The public door: takes the form in, has it confirmed by mail, and reports it then.

Nothing of it is in the log before somebody has confirmed it.
"""

import asyncio
from datetime import datetime
from secrets import randbits
from uuid import UUID, uuid4, uuid5
from weakref import WeakValueDictionary

import msgspec

from domain.directory.address import same_address
from domain.kernel import NAMESPACE
from domain.language_needs.commands import SubmitReport
from domain.language_needs.events import Channel
from domain.language_needs.reference import BITS, reference_of, report_id, tidied
from services.desk import Desk
from services.eventstore.database import Pool
from services.identity.company import company
from services.identity.lockout import RateLimits
from services.identity.pace import Pace
from services.identity.security_log import Visitor
from services.intake import links
from services.intake.form import Form
from services.intake.intakes import LIFE, Intake, Intakes
from services.intake.key import IntakeKey
from services.intake.limits import Limits, Verdict
from services.intake.links import ReportLinks
from services.intake.stamps import Stamps, is_proof
from services.mail.company_contact import Contacts
from services.mail.outbox import Notice, Outbox
from services.mail.post import outbox_of
from services.orders import Order
from services.runtime import Runtime

A_MINUTE = 120
"""So many requests of one place are answered in a minute, of whatever kind."""

ANSWERED_AFTER = 0.4
"""Seconds. Whether there is such a report must not be seen from how long the answer takes."""


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """A form as it was sent: with the stamp it was given, and the work done on that."""

    form: Form
    stamp: str
    proof: str


class Confirmed(msgspec.Struct, frozen=True, kw_only=True):
    """A report that is in the log: at `position`, by the command `command`."""

    reference: str
    token: str
    position: int
    command: UUID


class PublicDoor:
    """For companies, which have no account."""

    def __init__(  # noqa: PLR0913 (all it works with)
        self,
        pool: Pool,
        desk: Desk,
        outbox: Outbox,
        *,
        stamps: Stamps,
        intakes: Intakes,
        limits: Limits,
        contacts: Contacts,
        report_links: ReportLinks,
    ) -> None:
        self.stamps = stamps
        self.pace = Pace(A_MINUTE)
        self._turns: WeakValueDictionary[UUID, asyncio.Lock] = WeakValueDictionary()
        self._pool = pool
        self._desk = desk
        self._outbox = outbox
        self._intakes = intakes
        self._limits = limits
        self._contacts = contacts
        self._links = report_links

    async def take(self, sent: Sent, visitor: Visitor) -> Verdict:
        """Keep the form, and mail the link that confirms it. The same again changes nothing.

        Raises ForeignStamp, StampOutdated, FilledTooFast, AlreadyConfirmed or ChangedTooOften.
        """
        stamp = await self.stamps.check(sent.stamp, visitor.at)
        # An impatient click takes its turn after the first, and then changes nothing.
        async with self._turns.setdefault(stamp.intake, asyncio.Lock()):
            if await self._intakes.has(stamp.intake, sent.form):
                return Verdict.TAKEN
            address = sent.form.contact.email
            is_proven = is_proof(sent.stamp, sent.proof)
            verdict = await self._limits.judge(visitor, address, is_proven=is_proven)
            if verdict is Verdict.TAKEN:
                await self._keep(stamp.intake, sent.form, visitor.at)
            return verdict

    async def confirm(self, token: str, at: datetime, correlation: str) -> Confirmed:
        """Report what the link is about. Confirmed again, it is answered the same.

        Raises ConfirmationUnknown, or a DomainError if it can no longer be reported.
        """
        intake = await self._intakes.confirm(token, at)
        command = uuid5(NAMESPACE, f"report intake/{intake.id}/confirmed")
        position = intake.position
        status = links.status_token(token)
        if intake.form is not None:
            position = await self._report(intake, intake.form, command, correlation)
            async with self._pool.acquire() as connection, connection.transaction():
                await links.keep(connection, status, report_id(intake.reference), at)
                await self._intakes.close(connection, intake.id, position)
        return Confirmed(
            reference=intake.reference, token=status, position=position, command=command
        )

    async def report_of(self, token: str, at: datetime) -> UUID | None:
        """The report that a secret link is to; None if it is to none, or not any more."""
        return await self._links.report_of(token, at)

    async def is_erased(self, token: str) -> bool:
        """Whether the link once led to a report, whose contact was erased since."""
        return await self._links.is_erased(token)

    async def send_link(self, reference: str, address: str, visitor: Visitor) -> None:
        """Mail another link to the contact of the report, if this is their address."""
        done = asyncio.get_running_loop().time() + ANSWERED_AFTER
        known = tidied(reference)
        if known and await self._limits.may_ask_for_link(visitor, known):
            report = report_id(known)
            contact = await self._contacts.of_report(report)
            if contact is not None and same_address(contact.address) == same_address(address):
                await self._outbox.queue(
                    account=report,
                    template="report-link",
                    facts={},
                    key=f"report-link {report} {uuid4()}",
                    at=visitor.at,
                )
        await asyncio.sleep(done - asyncio.get_running_loop().time())

    async def _keep(self, intake: UUID, form: Form, at: datetime) -> None:
        """With the mail in one transaction: a crash loses neither, and doubles none."""
        reference = reference_of(randbits(BITS))
        sealed = await self._intakes.sealed(intake, form)
        async with self._pool.acquire() as connection, connection.transaction():
            version = await self._intakes.keep(connection, sealed, reference, at)
            if version is None:
                return
            # What was to confirm an earlier version would lead nowhere.
            await connection.execute(
                "delete from mail where account = $1 and state = 'queued'", intake
            )
            notice = Notice(
                account=intake,
                template="report-confirmation",
                facts={"until": (at + LIFE).isoformat()},
                key=f"report-confirmation {intake} {version}",
            )
            await self._outbox.queue_all(connection, [notice], at)

    async def _report(self, intake: Intake, form: Form, command: UUID, correlation: str) -> int:
        """Submit the report; its position in the log."""
        report = report_id(intake.reference)
        receipt = await self._desk.handle(
            Order(
                command=SubmitReport(
                    report=report,
                    reference=intake.reference,
                    channel=Channel.FORM,
                    company=form.company,
                    contact=form.contact,
                    need=form.need,
                    remark=form.remark,
                    language=form.language,
                    confirmed_at=intake.confirmed_at,
                ),
                command_id=command,
                principal=company(report),
                at=intake.confirmed_at,
                correlation=correlation,
            )
        )
        return receipt.last


def public_door_of(runtime: Runtime) -> PublicDoor:
    """The door of a running service."""
    key = IntakeKey(runtime.pool, runtime.master)
    return PublicDoor(
        runtime.pool,
        runtime.desk,
        outbox_of(runtime),
        stamps=Stamps(key),
        intakes=Intakes(runtime.pool, key),
        limits=Limits(RateLimits(runtime.pool)),
        contacts=Contacts(runtime.store),
        report_links=ReportLinks(runtime.pool),
    )
