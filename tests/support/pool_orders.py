"""One example of every command about pools."""

from domain.course_pools.commands import (
    AddPoolMember,
    AgreeToPool,
    DeclinePool,
    DissolvePool,
    RemovePoolMember,
)
from domain.course_pools.details import PoolMember
from domain.kernel import Command
from tests.domain.course_pools.example import FORGE, POOL, PROPOSE
from tests.domain.language_needs.example import REPORT_ID


def pool_examples() -> list[Command]:
    """One of each."""
    return [
        PROPOSE,
        AddPoolMember(pool=POOL, member=PoolMember(report=FORGE, learners=3)),
        RemovePoolMember(pool=POOL, report=FORGE, reason="Sie hat einen eigenen Kurs."),
        AgreeToPool(pool=POOL, report=REPORT_ID),
        DeclinePool(pool=POOL, report=REPORT_ID, reason="Zu weit."),
        DissolvePool(pool=POOL, reason="Der Raum fehlt."),
    ]
