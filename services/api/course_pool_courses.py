"""The course that companies are asked to fill, with how many learners it takes."""

import msgspec

from domain.course_pools.checking import FEWEST
from domain.course_pools.details import PoolCourse
from domain.directory.municipality import normal_ags
from domain.pooling.demands import LARGEST
from services.api import bounds
from services.api.course_pool_bodies import PoolProposal
from services.catalogues.course_types import course_types
from services.eventstore.database import Pool

SEATS = "select seats - coalesce(booked, 0) as free from course_offer where id = $1"


async def course_of(proposal: PoolProposal, pool: Pool) -> PoolCourse:
    """As the domain has it. Raises EdgeProblem for a day beyond calendars.

    The type of course says how many learners it takes. An offer is held anyway: it takes any
    number, up to its free seats.
    """
    bounds.checked_day(proposal.starts_on, pointer="/starts_on")
    rules = course_types().types.get(proposal.course_type)
    least = rules.least_participants if rules else None
    most = rules.most_participants if rules else None
    course = PoolCourse(
        course_type=proposal.course_type,
        level=proposal.level,
        municipality=normal_ags(proposal.municipality) if proposal.municipality else "",
        starts_on=proposal.starts_on,
        minimum=least or FEWEST,
        maximum=most or LARGEST,
        offer=proposal.offer,
    )
    if proposal.offer is None:
        return course
    free = await pool.fetchval(SEATS, proposal.offer)
    maximum = course.maximum if free is None else max(free, 1)
    return msgspec.structs.replace(course, minimum=1, maximum=maximum)
