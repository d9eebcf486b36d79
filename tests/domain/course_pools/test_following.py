"""A report follows its pool, and leaves it when it ends or says something else."""

import msgspec
import pytest

from domain.course_pools.commands import RemovePoolMember
from domain.course_pools.decide import COURSE_POOL
from domain.course_pools.events import PoolEvent
from domain.course_pools.following import (
    REASONS,
    Move,
    MoveKind,
    Parting,
    command_of,
    moves_of,
)
from domain.course_pools.pool import Existing, Unknown, is_in
from domain.language_needs.checking import check_text
from domain.language_needs.commands import LeavePool, PutIntoPool
from domain.language_needs.events import ReportPutIntoPool
from domain.language_needs.events_end import Outcome, ReportClosed, ReportWithdrawn
from domain.language_needs.events_end import WithdrawalReason as Why
from domain.language_needs.report import CompanyReport
from domain.language_needs.report import Unknown as NoReport
from tests.domain.course_pools.example import (
    BAKERY,
    BAKERY_AGREED,
    BAKERY_DECLINED,
    FEWER,
    FORMED,
    MILL_AGREED,
    OTHER_POOL,
    POOL,
    PROPOSED,
    reported,
    wanting,
)
from tests.domain.language_needs.example import CLOSED, STARTED

IN_IT = ReportPutIntoPool(report=BAKERY, pool=POOL)
IN_ANOTHER = ReportPutIntoPool(report=BAKERY, pool=OTHER_POOL)
WITHDRAWN = ReportWithdrawn(report=BAKERY, reason=Why.OTHER)
GIVEN_UP = ReportClosed(report=BAKERY, outcome=Outcome.NOT_REACHED, learners=0, note="")
WERE_TOLD = (PROPOSED, MILL_AGREED, BAKERY_AGREED, FORMED)

JOIN = Move(kind=MoveKind.JOIN, pool=POOL)


def leaving(why: Parting) -> Move:
    return Move(kind=MoveKind.LEAVE, pool=POOL, why=why)


def removing(why: Parting) -> Move:
    return Move(kind=MoveKind.REMOVE, pool=POOL, why=why)


def filled(*events: PoolEvent) -> Existing:
    pool = COURSE_POOL.replay(events)
    assert not isinstance(pool, Unknown)
    return pool


def test_a_report_joins_the_pool_that_names_it() -> None:
    assert moves_of(reported(BAKERY), [filled(PROPOSED)]) == (JOIN,)
    assert moves_of(reported(BAKERY, IN_IT), [filled(PROPOSED)]) == ()


def test_a_report_leaves_the_pool_it_is_not_in_any_more() -> None:
    assert moves_of(reported(BAKERY, IN_IT), []) == (leaving(Parting.NOT_IN_IT),)
    assert moves_of(reported(BAKERY), []) == ()
    assert moves_of(NoReport(), []) == ()


def test_of_two_pools_it_stays_in_the_one_it_joined() -> None:
    other = filled(msgspec.structs.replace(PROPOSED, pool=OTHER_POOL))
    both = [filled(PROPOSED), other]
    removed = Move(kind=MoveKind.REMOVE, pool=OTHER_POOL, why=Parting.IN_ANOTHER)
    assert moves_of(reported(BAKERY, IN_IT), both) == (removed,)
    assert moves_of(reported(BAKERY), both) == (removed, JOIN)
    assert moves_of(reported(BAKERY, IN_ANOTHER), both) == (removing(Parting.IN_ANOTHER),)


@pytest.mark.parametrize(
    ("report", "why"),
    [
        (reported(BAKERY, IN_IT, WITHDRAWN), Parting.WITHDRAWN),
        (reported(BAKERY, IN_IT, GIVEN_UP), Parting.CLOSED),
        (reported(BAKERY, IN_IT, CLOSED), Parting.CLOSED),
        (reported(BAKERY, IN_IT, STARTED), Parting.HAS_ITS_COURSE),
    ],
)
def test_a_report_that_ended_or_has_its_course_leaves_the_pool_and_the_pool_lets_it_go(
    report: CompanyReport, why: Parting
) -> None:
    assert moves_of(report, [filled(PROPOSED)]) == (removing(why), leaving(why))


@pytest.mark.parametrize(
    ("report", "why"),
    [
        (wanting(BAKERY, pooling=False), Parting.NOT_WANTED),
        (wanting(BAKERY, groups=FEWER), Parting.FEWER_LEARNERS),
    ],
)
@pytest.mark.parametrize("events", [(PROPOSED,), WERE_TOLD], ids=["proposed", "formed"])
def test_a_pool_lets_go_what_it_does_not_rest_on_any_more(
    events: tuple[PoolEvent, ...], report: CompanyReport, why: Parting
) -> None:
    assert moves_of(report, [filled(*events)]) == (removing(why),)


def test_whoever_shares_the_course_stays_in_the_pool_to_its_end() -> None:
    for events in ((STARTED,), (STARTED, CLOSED)):
        assert moves_of(reported(BAKERY, IN_IT, *events), [filled(*WERE_TOLD)]) == ()
    gone = reported(BAKERY, IN_IT, WITHDRAWN)
    why = Parting.WITHDRAWN
    assert moves_of(gone, [filled(*WERE_TOLD)]) == (removing(why), leaving(why))


def test_who_declined_is_in_no_pool() -> None:
    assert not is_in(filled(PROPOSED, BAKERY_DECLINED), BAKERY)
    assert is_in(filled(PROPOSED), BAKERY)


def test_each_move_is_one_command_with_its_reason() -> None:
    why = REASONS[Parting.WITHDRAWN]
    assert command_of(JOIN, BAKERY) == PutIntoPool(report=BAKERY, pool=POOL)
    assert command_of(leaving(Parting.WITHDRAWN), BAKERY) == LeavePool(
        report=BAKERY, pool=POOL, reason=why
    )
    assert command_of(removing(Parting.WITHDRAWN), BAKERY) == RemovePoolMember(
        pool=POOL, report=BAKERY, reason=why
    )


@pytest.mark.parametrize("why", Parting)
def test_every_reason_may_stand_in_the_log(why: Parting) -> None:
    check_text("reason", REASONS[why])
