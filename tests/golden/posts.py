"""One example of every event of a funded post, as it was first stored.

`tests/golden/examples.py` says what holds for all of them.
"""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from domain.kernel import Event
from domain.posts.events import (
    FundingExtended,
    HolderNamed,
    HolderWithheld,
    PostChanged,
    PostEnded,
    PostEstablished,
    PostFilled,
    PostReminded,
    PostVacated,
    ProofDueSet,
    ProofSubmitted,
)
from domain.posts.terms import Funding, Lead, Matter, Part

POST = UUID("5a1f6f0e-0000-5000-8000-000000000801")
HOLDING = UUID("5a1f6f0e-0000-5000-8000-000000000802")
HOLDER = "5a1f6f0e-0000-5000-8000-000000000803"

EVENTS: Mapping[str, Event] = {
    "post.established.v1": PostEstablished(
        post=POST,
        key="case-management-salzkotten",
        part=Part.CASE_MANAGEMENT,
        employer="kreis",
        is_of_county=True,
        share=75,
        effective_from=date(2025, 1, 1),
        municipality="05774036",
        fundings=(
            Funding(
                starts_on=date(2025, 1, 1),
                ends_on=date(2026, 12, 31),
                per_year=5_700_000,
                notice="37.03-12",
            ),
        ),
        assumed=True,
    ),
    "post.changed.v1": PostChanged(
        post=POST, share=50, effective_from=date(2025, 7, 1), reason="Elternzeit."
    ),
    "post.funding-extended.v1": FundingExtended(
        post=POST, funding=Funding(starts_on=date(2027, 1, 1), ends_on=date(2027, 12, 31))
    ),
    "post.filled.v1": PostFilled(post=POST, effective_from=date(2025, 3, 1)),
    "post.holder-named.v1": HolderNamed(post=POST, holding=HOLDING, holder=HOLDER),
    "post.holder-withheld.v1": HolderWithheld(post=POST, holding=HOLDING),
    "post.vacated.v1": PostVacated(
        post=POST, effective_from=date(2025, 9, 1), reason="Wechsel in eine andere Stelle."
    ),
    "post.proof-of-use-due-set.v1": ProofDueSet(post=POST, year=2025, due=date(2026, 3, 31)),
    "post.proof-of-use-submitted.v1": ProofSubmitted(
        post=POST, year=2025, submitted_on=date(2026, 3, 2)
    ),
    "post.ended.v1": PostEnded(
        post=POST, effective_from=date(2027, 1, 1), reason="Nicht mehr bewilligt."
    ),
    "post.reminded.v1": PostReminded(
        post=POST, what=Matter.PROOF_DUE, due=date(2026, 3, 31), lead=Lead.EIGHT_WEEKS
    ),
}
