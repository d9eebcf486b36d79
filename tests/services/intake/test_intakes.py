"""A form waits in a table, unreadable, until somebody confirms it or two days have passed."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import msgspec
import pytest

from services.identity.leaving import Tidying
from services.intake.errors import AlreadyConfirmed, ChangedTooOften, ConfirmationUnknown
from services.intake.form import Form
from services.intake.intakes import KEPT, LIFE, MOST_VERSIONS, Intakes
from services.intake.key import IntakeKey
from services.intake.links import LIFE as LINK_LIFE
from services.intake.links import ReportLinks
from services.runtime import Runtime
from tests.support.company_forms import ADDRESS, FORM, NAME, PERSON
from tests.support.stored import everything_stored

AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
A_MINUTE = timedelta(minutes=1)
REFERENCE = "DF-7K3M-9QXA"


@pytest.fixture
def intakes(unfollowed: Runtime) -> Intakes:
    return Intakes(unfollowed.pool, IntakeKey(unfollowed.pool, unfollowed.master))


async def keep(runtime: Runtime, intakes: Intakes, intake: UUID, form: Form) -> int | None:
    sealed = await intakes.sealed(intake, form)
    async with runtime.pool.acquire() as connection, connection.transaction():
        return await intakes.keep(connection, sealed, REFERENCE, AT)


async def token_of(intakes: Intakes, intake: UUID) -> str:
    waiting = await intakes.waiting(intake)
    assert waiting is not None
    return waiting.token


def remarked(text: str) -> Form:
    return msgspec.structs.replace(FORM, remark=text)


async def test_nothing_of_a_form_is_stored_readably(unfollowed: Runtime, intakes: Intakes) -> None:
    await keep(unfollowed, intakes, uuid4(), FORM)
    stored = await everything_stored(unfollowed.pool)
    for written in (NAME, PERSON, ADDRESS, FORM.remark):
        assert written.encode() not in stored


async def test_the_same_form_twice_is_one(unfollowed: Runtime, intakes: Intakes) -> None:
    intake = uuid4()
    assert await keep(unfollowed, intakes, intake, FORM) == 1
    token = await token_of(intakes, intake)
    assert await intakes.has(intake, FORM)
    assert await keep(unfollowed, intakes, intake, FORM) is None
    assert await token_of(intakes, intake) == token


async def test_ten_times_at_once_is_one_too(unfollowed: Runtime, intakes: Intakes) -> None:
    intake = uuid4()
    versions = await asyncio.gather(*(keep(unfollowed, intakes, intake, FORM) for _ in range(10)))
    assert sorted(versions, key=str) == [1, *[None] * 9]


async def test_a_corrected_form_takes_the_place_of_the_first_and_of_its_link(
    unfollowed: Runtime, intakes: Intakes
) -> None:
    intake = uuid4()
    await keep(unfollowed, intakes, intake, FORM)
    before = await token_of(intakes, intake)
    assert await keep(unfollowed, intakes, intake, remarked("Lieber abends.")) == 2
    with pytest.raises(ConfirmationUnknown):
        await intakes.confirm(before, AT + A_MINUTE)
    confirmed = await intakes.confirm(await token_of(intakes, intake), AT + A_MINUTE)
    assert confirmed.form == remarked("Lieber abends.")


async def test_corrections_have_an_end(unfollowed: Runtime, intakes: Intakes) -> None:
    intake = uuid4()
    for number in range(MOST_VERSIONS):
        await keep(unfollowed, intakes, intake, remarked(f"Fassung {number}"))
    with pytest.raises(ChangedTooOften):
        await keep(unfollowed, intakes, intake, remarked("noch eine"))


async def test_confirmed_again_it_was_at_the_first_time(
    unfollowed: Runtime, intakes: Intakes
) -> None:
    intake = uuid4()
    await keep(unfollowed, intakes, intake, FORM)
    token = await token_of(intakes, intake)
    first = await intakes.confirm(token, AT + A_MINUTE)
    again = await intakes.confirm(token, AT + 2 * A_MINUTE)
    assert first == again
    assert (first.form, first.reference, first.confirmed_at) == (FORM, REFERENCE, AT + A_MINUTE)


async def test_once_it_is_in_the_log_nothing_of_it_is_here(
    unfollowed: Runtime, intakes: Intakes
) -> None:
    intake = uuid4()
    await keep(unfollowed, intakes, intake, FORM)
    token = await token_of(intakes, intake)
    await intakes.confirm(token, AT)
    async with unfollowed.pool.acquire() as connection:
        await intakes.close(connection, intake, 4711)
    assert await intakes.waiting(intake) is None
    again = await intakes.confirm(token, AT + A_MINUTE)
    assert (again.form, again.position) == (None, 4711)
    with pytest.raises(AlreadyConfirmed):
        await keep(unfollowed, intakes, intake, remarked("doch anders"))


async def test_after_two_days_an_unconfirmed_form_is_gone(
    unfollowed: Runtime, intakes: Intakes
) -> None:
    await keep(unfollowed, intakes, uuid4(), FORM)
    kept = uuid4()
    await keep(unfollowed, intakes, kept, FORM)
    async with unfollowed.pool.acquire() as connection:
        await intakes.close(connection, kept, 4711)
    tidying = Tidying(unfollowed.pool)
    await tidying.tidy(AT + LIFE - A_MINUTE)
    assert await counted(unfollowed) == 2
    await tidying.tidy(AT + LIFE + A_MINUTE)
    assert await counted(unfollowed) == 1
    await tidying.tidy(datetime.now(UTC) + KEPT + A_MINUTE)
    assert await counted(unfollowed) == 0


async def counted(runtime: Runtime) -> int:
    found: int = await runtime.pool.fetchval("select count(*) from report_intake")
    return found


async def test_a_link_leads_to_its_report_for_a_year(unfollowed: Runtime) -> None:
    links, report = ReportLinks(unfollowed.pool), uuid4()
    tokens: Mapping[str, None] = {await links.create(report, AT): None for _ in range(2)}
    assert len(tokens) == 2
    for token in tokens:
        assert await links.report_of(token, AT + LINK_LIFE - A_MINUTE) == report
        assert await links.report_of(token, AT + LINK_LIFE + A_MINUTE) is None
        assert token.encode() not in await everything_stored(unfollowed.pool)
    assert await links.report_of("gefunden", AT) is None
