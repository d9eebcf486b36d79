"""A case-management post of the county in Salzkotten, as it was established."""

from datetime import date

from domain.directory.events import OrganisationKind
from domain.directory.organisation import Organisation
from domain.posts.commands import EstablishPost, post_id
from domain.posts.context import PostContext
from domain.posts.decide import POST
from domain.posts.events import PostEnded, PostEstablished, PostFilled, PostVacated
from domain.posts.terms import Funding, Part
from tests.domain.county import ADA, NRW, SALZKOTTEN, berlin
from tests.support.scenario import Scenario

KEY = "case-management-salzkotten"
HERE = post_id(KEY)
COUNTY = Organisation(key="kreis", name="Kreis", kind=OrganisationKind.COUNTY)
BEGINS, ENDS = date(2025, 1, 1), date(2026, 12, 31)
GRANTED = Funding(starts_on=BEGINS, ends_on=ENDS, per_year=5_700_000, notice="37.03-12")
PROLONGED = Funding(starts_on=date(2027, 1, 1), ends_on=date(2027, 12, 31))
NOVEMBER = berlin(2025, 11, 25, 10)

context = PostContext(
    by=ADA,
    at=NOVEMBER,
    calendar=NRW,
    employer=COUNTY,
    municipality=SALZKOTTEN,
    is_holder_known=True,
)
post = Scenario(POST, context)

ESTABLISH = EstablishPost(
    key=KEY,
    part=Part.CASE_MANAGEMENT,
    employer="kreis",
    share=100,
    effective_from=BEGINS,
    municipality="05774036",
    funding=GRANTED,
)
ESTABLISHED = PostEstablished(
    post=HERE,
    key=KEY,
    part=Part.CASE_MANAGEMENT,
    employer="kreis",
    is_of_county=True,
    share=100,
    effective_from=BEGINS,
    municipality="05774036",
    fundings=(GRANTED,),
)
FILLED = PostFilled(post=HERE, effective_from=date(2025, 3, 1))
VACATED = PostVacated(post=HERE, effective_from=date(2025, 9, 1), reason="Wechsel")
ENDED = PostEnded(post=HERE, effective_from=date(2026, 7, 1), reason="Nicht mehr bewilligt")
