"""Examples of searches for common courses."""

from datetime import UTC, date, datetime
from uuid import UUID

from domain.course_offers.levels import Level
from domain.pooling.left_over import WhyLeft
from domain.pooling.matching import Speaks, Topic
from domain.pooling.problem import TimeClass
from services.api.pool_search_views import (
    PoolSearchView,
    PoolSuggestions,
    SuggestedCourse,
    SuggestedMember,
    UnservedGroup,
)
from services.api.report_matches import MatchReason
from services.pooling.searches import SearchState
from services.pooling.solution import Certainty
from services.texts.pool_searches import left_sentence, state_sentence

DISTANCE = MatchReason(
    topic=Topic.DISTANCE, speaks=Speaks.FOR, text="Der Ort ist 9 km Luftlinie entfernt."
)
ONE = SuggestedMember(
    report=UUID("6a1e9d52-8c0b-5f47-9d3e-1b2c3d4e5f01"),
    reference="KIM-4F7K-Q2",
    company_name="Muster Metallbau GmbH",
    learners=2,
    groups=[0],
    km=9,
    is_urgent=False,
    reasons=[DISTANCE],
)
OTHER = SuggestedMember(
    report=UUID("6a1e9d52-8c0b-5f47-9d3e-1b2c3d4e5f02"),
    reference="KIM-8T2M-W5",
    company_name="Beispiel Logistik KG",
    learners=3,
    groups=[0, 1],
    km=0,
    is_urgent=True,
    reasons=[DISTANCE],
)
TOGETHER = SuggestedCourse(
    pool=UUID("7b2f0e63-9d1c-5a58-8e4f-2c3d4e5f6a03"),
    is_pool=True,
    course_type="job-bsk",
    course_type_name="Job-BSK",
    present=Level.A2,
    level=Level.B1,
    municipality="05774032",
    municipality_name="Paderborn",
    is_online=False,
    time=TimeClass.EVENING,
    weekdays=[2, 4],
    starts_on=date(2027, 2, 8),
    minimum=3,
    maximum=15,
    learners=5,
    companies=2,
    members=[ONE, OTHER],
)
LEFT = UnservedGroup(
    report=UUID("6a1e9d52-8c0b-5f47-9d3e-1b2c3d4e5f04"),
    reference="KIM-2H6P-R9",
    company_name="Muster Pflege gGmbH",
    group=0,
    learners=3,
    because=WhyLeft.TOO_FEW,
    text=left_sentence(WhyLeft.TOO_FEW, "de", together=3, needed=7),
    together=3,
    needed=7,
)
FOUND = PoolSuggestions(
    proof=Certainty.OPTIMAL,
    gap_permyriad=0,
    waiting=8,
    served=5,
    courses=[TOGETHER],
    unserved=[LEFT],
)

EXAMPLES = (
    ONE,
    TOGETHER,
    LEFT,
    FOUND,
    PoolSearchView(
        id=UUID("5b8d7c61-2f3a-5e90-8b14-7a6c5d4e3f05"),
        state=SearchState.DONE,
        message=state_sentence(SearchState.DONE, "de"),
        started_at=datetime(2026, 12, 1, 9, 30, tzinfo=UTC),
        seconds=1,
        longest=30,
        found=FOUND,
    ),
)
