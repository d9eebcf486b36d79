"""One example of every event about pools, as it was first stored.

`tests/golden/examples.py` says what holds for all of them.
"""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from domain.course_offers.levels import Level
from domain.course_pools.details import PoolCourse, PoolMember
from domain.course_pools.events import (
    PoolAgreed,
    PoolDeclined,
    PoolDissolved,
    PoolFormed,
    PoolMemberAdded,
    PoolMemberRemoved,
    PoolProposed,
)
from domain.kernel import Event

POOL = UUID("5a1f6f0e-0000-5000-8000-0000000000f1")
MILL = UUID("5a1f6f0e-0000-5000-8000-0000000000f2")
BAKERY = UUID("5a1f6f0e-0000-5000-8000-0000000000f3")
OFFER = UUID("5a1f6f0e-0000-5000-8000-0000000000e1")
MEMBERS = (PoolMember(report=MILL, learners=4), PoolMember(report=BAKERY, learners=3))

EVENTS: Mapping[str, Event] = {
    "course-pool.proposed.v1": PoolProposed(
        pool=POOL,
        course=PoolCourse(
            course_type="job-bsk",
            level=Level.B1,
            municipality="05774036",
            starts_on=date(2026, 5, 4),
            minimum=7,
            maximum=15,
            offer=OFFER,
        ),
        members=MEMBERS,
    ),
    "course-pool.member-added.v1": PoolMemberAdded(pool=POOL, report=BAKERY, learners=3),
    "course-pool.member-removed.v1": PoolMemberRemoved(
        pool=POOL, report=BAKERY, reason="Die Meldung wurde zurückgezogen."
    ),
    "course-pool.agreed.v1": PoolAgreed(pool=POOL, report=MILL, by_telephone=True),
    "course-pool.declined.v1": PoolDeclined(
        pool=POOL, report=BAKERY, reason="Der Weg ist zu weit.", by_telephone=True
    ),
    "course-pool.formed.v1": PoolFormed(pool=POOL, members=MEMBERS),
    "course-pool.dissolved.v1": PoolDissolved(pool=POOL, reason="Der Raum fehlt."),
}
