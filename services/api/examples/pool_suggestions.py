"""Examples of courses for several companies together."""

from datetime import date
from uuid import UUID

from domain.pooling.left_over import WhyLeft
from domain.pooling.problem import TimeClass
from services.api.pool_suggestions import (
    NotPlaced,
    PoolChoice,
    PoolLeaving,
    PoolMember,
    PoolSuggestions,
    SuggestedPool,
    SuggestedSeats,
)
from services.pooling.solution import Certainty

ONE = PoolMember(report=UUID("6a1e9d52-8c0b-5f47-9d3e-1b2c3d4e5f01"), group=0, learners=2)
OTHER = PoolMember(report=UUID("6a1e9d52-8c0b-5f47-9d3e-1b2c3d4e5f02"), group=0, learners=3)
POOL = UUID("7b2f0e63-9d1c-5a58-8e4f-2c3d4e5f6a03")
TOGETHER = SuggestedPool(
    pool=POOL,
    shape="job-bsk/a2-b1",
    place="05774032",
    time=TimeClass.EVENING,
    starts_on=date(2027, 2, 8),
    learners=5,
    members=[ONE, OTHER],
)
SEATS = SuggestedSeats(offer=UUID("5b8d7c61-2f3a-5e90-8b14-7a6c5d4e3f02"), member=ONE)
LEFT = NotPlaced(member=OTHER, because=WhyLeft.TOO_FEW, together=3, needed=7)

EXAMPLES = (
    ONE,
    TOGETHER,
    SEATS,
    LEFT,
    PoolSuggestions(
        proof=Certainty.OPTIMAL, gap_permyriad=0, pools=[TOGETHER], seats=[], not_placed=[LEFT]
    ),
    PoolChoice(pool_id=POOL),
    PoolLeaving(pool_id=POOL, reason="Das Unternehmen hat selbst einen Kurs gefunden."),
)
