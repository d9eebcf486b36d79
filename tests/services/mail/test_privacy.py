"""What is personal stays out of rows and logs; whoever was erased is told nothing."""

import logging
from datetime import UTC, datetime
from io import StringIO
from uuid import UUID

import pytest
import structlog

from domain.privacy.commands import EraseSubject
from services.identity.principal import CONSOLE
from services.mail.choices import Choice, choice_of, choose
from services.mail.kinds import Rhythm
from services.mail.secret import SecretDamaged, seal, unseal
from tests.services.mail.conftest import Mailroom, person
from tests.support.office import Office
from tests.support.stored import everything_stored

TOKEN = "token-marker-7031"
NAME = "Zyxomma Quastenflosser"
ADDRESS = "marker7032@jobcenter.example.org"
MARKERS = (TOKEN, NAME, ADDRESS, "marker7032")


@pytest.fixture
async def marked(mailroom: Mailroom, office: Office) -> UUID:
    """Somebody whose name and address are found wherever they are in the clear."""
    return await person(mailroom.runtime, office, NAME, ADDRESS)


@pytest.mark.parametrize("reply", [None, f"451 {TOKEN} {ADDRESS}", f"550 5.1.1 <{ADDRESS}> {NAME}"])
async def test_neither_table_nor_log_shows_token_name_or_address(
    mailroom: Mailroom, marked: UUID, reply: str | None
) -> None:
    said = StringIO()
    structlog.configure(
        logger_factory=structlog.PrintLoggerFactory(said),
        wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG),
    )
    try:
        mailroom.sink.to_recipients = [reply]
        await mailroom.queue(marked, token=TOKEN)
        before = await everything_stored(mailroom.runtime.pool)
        await mailroom.postman(pauses=()).carry_all()
        after = await everything_stored(mailroom.runtime.pool)
    finally:
        structlog.configure(
            logger_factory=structlog.PrintLoggerFactory(),
            wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR),
        )
    assert len(mailroom.sink.messages) == (reply is None)
    for marker in MARKERS:
        assert marker not in said.getvalue()
        for stored in (before, after):
            assert marker.encode() not in stored


async def test_whoever_was_erased_gets_nothing_and_nothing_is_left_of_their_mails(
    mailroom: Mailroom, office: Office, marked: UUID, jule: UUID
) -> None:
    pool = mailroom.runtime.pool
    await mailroom.queue(marked, "sent")
    await mailroom.postman().carry_all()
    await choose(pool, marked, Choice(rhythm=Rhythm.DAILY), datetime.now(UTC))
    await mailroom.queue(marked, "waiting")
    await mailroom.queue(jule, "of somebody else")
    await office.ask(CONSOLE, EraseSubject(person=marked, reason="Antrag vom 3. Mai."))
    await mailroom.runtime.read_models.catch_up()
    assert [row["key"] for row in await mailroom.rows()] == ["of somebody else"]
    assert await choice_of(pool, marked) == Choice()
    await mailroom.queue(marked, "afterwards")
    assert await mailroom.postman().carry_all() == 1
    assert len(mailroom.sink.sent_to(ADDRESS)) == 1


async def test_a_mail_queued_beside_an_erasure_goes_nowhere(
    mailroom: Mailroom, office: Office, marked: UUID
) -> None:
    await mailroom.outbox.queue(
        account=marked,
        template="sign-in",
        facts={"target": "/konto"},
        key="beside",
        at=datetime.now(UTC),
    )
    await office.ask(CONSOLE, EraseSubject(person=marked, reason="Antrag vom 3. Mai."))
    # The views have not taken it in: the row is still there when the postman comes.
    assert len(await mailroom.rows()) == 1
    # The key is destroyed by a view as well, so the name is read as erased only then.
    await mailroom.runtime.pool.execute(
        "update subject_key set wrapped = null, erased_at = now(), reason = 'x' where subject = $1",
        marked,
    )
    await mailroom.postman().carry_all()
    assert mailroom.sink.messages == []
    assert await mailroom.rows() == []


def test_a_token_opens_with_its_persons_key_for_its_mail_alone() -> None:
    key, other = b"k" * 32, b"o" * 32
    mail, another = UUID(int=1), UUID(int=2)
    sealed = seal(TOKEN, mail, key)
    assert unseal(sealed, mail, key) == TOKEN
    for wrong in ((sealed, another, key), (sealed, mail, other), (sealed[:-1], mail, key)):
        with pytest.raises(SecretDamaged):
            unseal(*wrong)
