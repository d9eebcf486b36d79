"""Who is named on a funded post: closed when they are named no longer; the figures stay."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import msgspec
import pytest

from domain.directory.commands import RegisterAccount, RegisterOrganisation
from domain.directory.events import OrganisationKind
from domain.kernel import Erased
from domain.posts.commands import FillPost, VacatePost
from domain.posts.decide import POST as FUNDED_POST
from domain.posts.events import HolderNamed
from domain.posts.post import Established
from domain.posts.staffing import staffing_on
from domain.privacy.commands import EraseSubject
from domain.retention.classes import due_on
from services.contexts.streams import Streams
from services.identity.principal import CONSOLE
from services.privacy.retention.holdings import Holdings
from services.privacy.retention.plan import read_plan
from services.runtime import Runtime
from tests.services.privacy.retention.test_learners import BERLIN, midnight
from tests.support.office import Office
from tests.support.post_orders import FIRST, POST, establishing
from tests.support.retention import run, topics

PLAN = read_plan()
IN_MAY = datetime(2026, 5, 4, 10, tzinfo=UTC)
LEFT_ON = date(2026, 5, 1)
DUE = date(2027, 1, 1)


@pytest.fixture
def files(unfollowed: Runtime) -> Holdings:
    return Holdings(unfollowed.pool, unfollowed.store, PLAN, BERLIN)


async def named(office: Office, runtime: Runtime) -> UUID:
    """Somebody is on the post, and agreed to be named; the id of what was said of them."""
    account = uuid4()
    county = RegisterOrganisation(key="kreis", name="Kreis", kind=OrganisationKind.COUNTY)
    for command in (
        county,
        RegisterAccount(account=account, name="Kim Koordination"),
        establishing("kreis"),
        FillPost(post=POST, effective_from=FIRST, holder=str(account), has_consent=True),
    ):
        await office.ask(CONSOLE, command)
    [holding] = [
        entry.event.holding
        for entry in await runtime.store.load(POST)
        if isinstance(entry.event, HolderNamed)
    ]
    return holding


LEAVE = VacatePost(post=POST, effective_from=LEFT_ON, reason="Wechsel.")


async def test_it_is_closed_when_the_person_is_named_no_longer(
    office: Office, files: Holdings, unfollowed: Runtime
) -> None:
    holding = await named(office, unfollowed)
    kept = await files.kept_of(holding)
    assert kept is not None
    assert (kept.closed_on, kept.retention_class) == (None, "post-holders")
    assert await files.closed(IN_MAY) == []
    await office.ask(CONSOLE, LEAVE, at=IN_MAY)
    assert await files.closed(IN_MAY) == [holding]
    kept = await files.kept_of(holding)
    assert kept is not None
    assert kept.closed_on == IN_MAY.date()
    assert due_on(kept, PLAN.classes[kept.retention_class]) == DUE
    assert await files.kept_of(POST) is None, "a post is nobody"


async def test_once_erased_nobody_knows_who_it_was_and_the_figures_stay(
    office: Office, files: Holdings, unfollowed: Runtime
) -> None:
    holding = await named(office, unfollowed)
    await office.ask(CONSOLE, LEAVE, at=IN_MAY)
    await run(unfollowed, midnight(date(2026, 12, 31)))
    assert await topics(unfollowed, holding) == []
    await run(unfollowed, midnight(DUE))
    assert await topics(unfollowed, holding) == ["retention.erasure-proposed"]
    days = (FIRST, date(2026, 4, 30), LEFT_ON)
    post = await Streams(unfollowed.store).state(FUNDED_POST, POST)
    assert isinstance(post, Established)
    counted = [staffing_on([post], day) for day in days]
    assert [staffing.filled for staffing in counted] == [100, 100, 0]
    await office.ask(CONSOLE, EraseSubject(person=holding, reason="Frist abgelaufen"))
    await unfollowed.read_models.catch_up()
    assert await files.closed(midnight(DUE)) == []
    entries = await unfollowed.store.load(POST)
    [naming] = [each.event for each in entries if isinstance(each.event, HolderNamed)]
    assert isinstance(naming.holder, Erased)
    after = await Streams(unfollowed.store).state(FUNDED_POST, POST)
    assert isinstance(after, Established)
    assert [staffing_on([after], day) for day in days] == counted
    assert msgspec.structs.replace(after.record, holder="") == post.record
