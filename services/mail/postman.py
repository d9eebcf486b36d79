"""The postman: carries what is queued to the mail server, one mail after the other.

A mail is claimed with a lease, so any number of postmen may work. Before the server gets the text
that is noted, and once it has said that it has it, too. So if a postman or a connection is lost,
only a mail that was being handed over is uncertain: its row says so, and it is sent again with the
same Message-ID, by which mail servers and programs know it.
"""

import asyncio
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import structlog

from services.crew import ended
from services.eventstore.database import DATABASE_AWAY
from services.eventstore.outage import Outage, is_outage
from services.mail.carriage import Carriage, Mail
from services.mail.letters import Letter, Letters
from services.mail.message import Sender, ascii_address, message
from services.mail.server import Carrier, Lost, MailServer, Refused, WayClosed

LEASE = timedelta(minutes=3)
"""Longer than the steps before and after the note that a mail is handed over may take."""

LOOK_AGAIN = 2.0
TIDY_EVERY = 300.0
NOTE_EVERY = 30.0
LONGEST_PAUSE = 300.0
BACKOFF = 60.0
SECONDS_TO_FINISH = 5.0

PAUSES: Sequence[timedelta] = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(hours=24),
)
"""After each attempt; after the last there is one more, and then it is given up."""

log = structlog.get_logger(__name__)


class Postman:
    """Carries mails until cancelled. What it is carrying at that moment it brings to an end."""

    def __init__(
        self,
        carriage: Carriage,
        letters: Letters,
        server: MailServer,
        sender: Sender,
        *,
        pauses: Sequence[timedelta] = PAUSES,
        longest_handing: timedelta = LEASE / 2,
    ) -> None:
        """`longest_handing` must end before the lease of a claim does."""
        self._carriage = carriage
        self._letters = letters
        self._server = server
        self._sender = sender
        self._pauses = pauses
        self._longest_handing = longest_handing.total_seconds()
        self._pause = 0.0
        self._tidied_at = self._noted_at = float("-inf")

    async def run(self) -> None:
        """Look for mails again and again. A lost database is waited for, a closed way too."""
        outage = Outage("mail interrupted")
        while True:
            try:
                await self._tidy()
                carried = await self.carry_all()
                await self._say_that_it_works()
            except WayClosed as error:
                await self._wait_for_the_way(error)
                continue
            except Exception as error:  # noqa: BLE001 (whatever it is, the workflows go on)
                await (outage.wait(error) if is_outage(error) else _wait_out(error))
                continue
            outage.is_over()
            self._pause = 0.0
            if not carried:
                await asyncio.sleep(LOOK_AGAIN)

    async def carry_all(self) -> int:
        """Carry everything that is due; how many mails were tried. Raises WayClosed."""
        await self._carriage.gather(datetime.now(UTC))
        if not await self._carriage.is_waited_for():
            return 0
        tried = 0
        async with self._server.opened() as carrier:
            while (mail := await self._carriage.claim()) is not None:
                tried += 1
                if not await self._finished(self._carry(mail, carrier)):
                    break
        return tried

    async def _say_that_it_works(self) -> None:
        now = asyncio.get_running_loop().time()
        if self._pause or now - self._noted_at > NOTE_EVERY:
            await self._carriage.note_way()
            self._noted_at = now

    async def _tidy(self) -> None:
        now = asyncio.get_running_loop().time()
        if now - self._tidied_at > TIDY_EVERY:
            await self._carriage.tidy()
            self._tidied_at = now

    async def _wait_for_the_way(self, error: WayClosed) -> None:
        """The mails wait with it: it is not their fault."""
        self._pause = min(self._pause * 2 + 1, LONGEST_PAUSE)
        log.warning("mail server away", error=str(error), pause=self._pause)
        with suppress(*DATABASE_AWAY):
            await self._carriage.note_way(str(error))
        await asyncio.sleep(self._pause)

    async def _finished(self, work: Coroutine[Any, Any, bool]) -> bool:
        """Its outcome. Whoever stops us waits a little, so that no mail stays uncertain."""
        task = asyncio.create_task(work, name="carry a mail")
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            await asyncio.wait([task], timeout=SECONDS_TO_FINISH)
            await ended(task)
            raise

    async def _carry(self, mail: Mail, carrier: Carrier) -> bool:
        """Whether the connection is still good for the next one."""
        found = await self._written(mail)
        if found is None:
            return True
        letter, made = found
        is_handed = False
        try:
            await carrier.announce(
                ascii_address(self._sender.address), ascii_address(letter.to.address)
            )
            is_handed = await self._carriage.begin_handing(mail)
            if not is_handed:  # we were too slow, and another postman has it
                return False
            async with asyncio.timeout(self._longest_handing):
                await carrier.hand_over(made.as_bytes())
        except Refused as refused:
            await self._refused(mail, refused)
            return True
        except (Lost, TimeoutError):
            await self._lost(mail, uncertain=is_handed)
            return False
        await self._note_sent(mail)
        return True

    async def _written(self, mail: Mail) -> tuple[Letter, EmailMessage] | None:
        """The mail in words. None if it goes nowhere, which is then noted."""
        now = datetime.now(UTC)
        try:
            letter = await self._letters.write(mail, now)
            if letter is None:
                await self._carriage.forget(mail.account)
                return None
            if not letter.to.address:
                await self._carriage.give_up(mail, "no-address")
                return None
            return letter, message(letter, mail.id, self._sender, now)
        except UnicodeError:  # the server would not take it either
            await self._carriage.give_up(mail, "address-unusable")
        except Exception as error:
            if is_outage(error):
                raise
            # The trace could say what is in the mail.
            log.error("mail cannot be written", mail=str(mail.id), error=type(error).__name__)  # noqa: TRY400
            await self._carriage.give_up(mail, "broken", type(error).__name__)
        return None

    async def _refused(self, mail: Mail, refused: Refused) -> None:
        if refused.is_final:
            await self._carriage.give_up(mail, "refused", refused.answer)
        else:
            await self._again(mail, "postponed", refused.answer)

    async def _lost(self, mail: Mail, *, uncertain: bool) -> None:
        await self._again(mail, "uncertain" if uncertain else "lost", uncertain=uncertain)

    async def _again(
        self, mail: Mail, trouble: str, answer: str = "", *, uncertain: bool = False
    ) -> None:
        if mail.attempts > len(self._pauses):
            await self._carriage.give_up(mail, trouble, answer, uncertain=uncertain)
            return
        pause = self._pauses[mail.attempts - 1]
        await self._carriage.again(mail, pause, trouble, answer, uncertain=uncertain)

    async def _note_sent(self, mail: Mail) -> None:
        """Also when the database is away for a moment: else it would be sent again."""
        outage = Outage("sent mail not noted yet", mail=str(mail.id))
        while True:
            try:
                noted = await self._carriage.sent(mail)
            except Exception as error:
                if not is_outage(error):
                    raise
                await outage.wait(error)
                continue
            if not noted:
                log.warning("mail noted by another postman", mail=str(mail.id))
            log.info("mail sent", mail=str(mail.id), template=mail.template)
            return


async def _wait_out(error: Exception) -> None:
    # The trace could say what is in a mail.
    log.error("mail interrupted", error=type(error).__name__)
    await asyncio.sleep(BACKOFF)
