"""Examples of the offers that fit a company's report."""

from datetime import date
from uuid import UUID

from domain.course_offers.course_type import Status
from domain.course_offers.levels import Level
from domain.pooling.matching import Speaks, Topic
from services.api.report_matches import GroupMatches, MatchReason, OfferMatch

SEATS = MatchReason(
    topic=Topic.SEATS, speaks=Speaks.FOR, text="Freie Plätze: 6, gebraucht werden 4."
)
NEAR = OfferMatch(
    offer=UUID("5b8d7c61-2f3a-5e90-8b14-7a6c5d4e3f02"),
    fits=True,
    standing="current",
    course_type="job-bsk",
    course_type_name="Job-Berufssprachkurs (Job-BSK)",
    provider="Volkshochschule Salzkotten",
    starts_on=date(2027, 1, 11),
    municipality="05774036",
    km=11,
    reasons=[SEATS],
)

EXAMPLES = (
    SEATS,
    NEAR,
    GroupMatches(
        group=0,
        number=4,
        status=Status.EMPLOYED,
        present=Level.A2,
        wanted=Level.B1,
        offers=[NEAR],
    ),
)
