"""Everything that can happen to a pool, once, through the desk."""

import msgspec

from domain.course_pools.commands import (
    AddPoolMember,
    AgreeToPool,
    DeclinePool,
    DissolvePool,
    RemovePoolMember,
)
from domain.course_pools.details import PoolMember
from domain.kernel import Command
from services.identity.company import company
from services.identity.principal import Principal
from tests.domain.course_pools.example import BAKERY, FORGE, MILL, POOL, PROPOSE, SUBMISSIONS
from tests.domain.language_needs.example import ACKNOWLEDGE
from tests.support.office import ADA, Office


async def fill_a_course_together(office: Office) -> None:
    """The office is set up, and the contact person of `report_a_need` is there.

    Of three companies one declines and one is taken out, so that the third is asked anew.
    """
    for submit in SUBMISSIONS:
        await office.ask(company(submit.report), submit)
        await office.ask(ADA, msgspec.structs.replace(ACKNOWLEDGE, report=submit.report))
    third = PoolMember(report=FORGE, learners=6)
    steps: list[tuple[Principal, Command]] = [
        (ADA, PROPOSE),
        (company(BAKERY), DeclinePool(pool=POOL, report=BAKERY)),
        (ADA, AddPoolMember(pool=POOL, member=third)),
        (company(MILL), AgreeToPool(pool=POOL, report=MILL)),
        (ADA, RemovePoolMember(pool=POOL, report=FORGE, reason="Eigener Kurs.")),
        (ADA, AddPoolMember(pool=POOL, member=third)),
        (ADA, AgreeToPool(pool=POOL, report=FORGE, by_telephone=True)),
        (ADA, DissolvePool(pool=POOL, reason="Der Raum fehlt.")),
    ]
    for by, step in steps:
        await office.ask(by, step)
