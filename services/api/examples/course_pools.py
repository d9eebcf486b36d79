"""Examples of courses that companies fill together."""

from datetime import date
from uuid import UUID

import msgspec

from domain.course_offers.levels import Level
from domain.course_pools.pool import PoolStanding
from services.api.course_pool_bodies import (
    MemberAnswer,
    PoolProposal,
    ProposedMember,
    ToldAnswer,
)
from services.api.course_pool_views import (
    CoursePoolMember,
    CoursePoolSummary,
    CoursePoolView,
    PoolMemberStanding,
)
from services.api.examples.shared import OPENED

POOL = UUID("7b2f0e63-9d1c-5a58-8e4f-2c3d4e5f6a03")
ONE = UUID("6a1e9d52-8c0b-5f47-9d3e-1b2c3d4e5f01")
OTHER = UUID("6a1e9d52-8c0b-5f47-9d3e-1b2c3d4e5f02")
STARTS = date(2027, 2, 8)
AGREED = CoursePoolMember(
    report=ONE,
    reference="DF-7K3M-9Q2X",
    company_name="Metallbau Senne GmbH",
    municipality="05774020",
    municipality_name="Delbrück",
    learners=2,
    standing=PoolMemberStanding.AGREED,
    asked_at=OPENED,
    answered_at=OPENED,
    by_telephone=True,
)
ASKED = CoursePoolMember(
    report=OTHER,
    reference="DF-4H8T-2W6P",
    company_name="Bäckerei Lippe",
    municipality="05774032",
    municipality_name="Paderborn",
    learners=3,
    standing=PoolMemberStanding.ASKED,
    asked_at=OPENED,
    by_telephone=False,
)
SUMMARY = CoursePoolSummary(
    id=POOL,
    standing=PoolStanding.PROPOSED,
    course_type="job-bsk",
    course_type_name="Job-Berufssprachkurs (Job-BSK)",
    level=Level.B1,
    municipality="05774032",
    municipality_name="Paderborn",
    starts_on=STARTS,
    minimum=3,
    maximum=25,
    companies=2,
    agreed=1,
    unanswered=1,
    learners=5,
    is_below_minimum=False,
    proposed_at=OPENED,
    version=2,
    position=4713,
    changed_at=OPENED,
)

EXAMPLES = (
    ProposedMember(report=ONE, learners=2),
    PoolProposal(
        course_type="job-bsk",
        level=Level.B1,
        municipality="05774032",
        starts_on=STARTS,
        members=(
            ProposedMember(report=ONE, learners=2),
            ProposedMember(report=OTHER, learners=3),
        ),
    ),
    MemberAnswer(answer=ToldAnswer.DECLINE, reason="Das Unternehmen hat einen eigenen Kurs."),
    AGREED,
    SUMMARY,
    CoursePoolView(**msgspec.structs.asdict(SUMMARY), members=[AGREED, ASKED]),
)
