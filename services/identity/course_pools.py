"""Who may do what about pools: the coordination puts together, each company answers for itself."""

from collections.abc import Mapping

from domain.course_pools.commands import (
    AddPoolMember,
    AgreeToPool,
    DeclinePool,
    DissolvePool,
    ProposePool,
    RemovePoolMember,
)
from domain.kernel import Command, Role
from services.identity.relations import COORDINATOR, PROCESS, May, of_own_report

COMPANY = May(Role.COMPANY, of_own_report)

COURSE_POOLS: Mapping[type[Command], tuple[May, ...]] = {
    ProposePool: (COORDINATOR,),
    AddPoolMember: (COORDINATOR,),
    RemovePoolMember: (COORDINATOR, PROCESS),
    AgreeToPool: (COMPANY, COORDINATOR),
    DeclinePool: (COMPANY, COORDINATOR),
    DissolvePool: (COORDINATOR,),
}
