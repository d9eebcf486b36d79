"""Examples of funded posts."""

from datetime import date

from domain.posts.commands import post_id
from domain.posts.terms import Funding, Part
from services.api.examples.shared import OPENED
from services.api.post_bounds import (
    DayAndReason,
    FillingDraft,
    FundingDraft,
    PostDraft,
    PostShareDraft,
    ProofDue,
    ProofHandedIn,
)
from services.api.post_views import (
    GroupFigures,
    MonthFigures,
    OccupancyView,
    PostHolder,
    PostSummary,
    PostView,
    ProofView,
    ShareView,
    StaffingFigures,
    StaffingView,
)

KEY, AGS = "case-management-salzkotten", "05774036"
BEGINS, ENDS, TODAY = date(2025, 1, 1), date(2026, 12, 31), date(2026, 3, 2)
FILLED, DUE = date(2025, 3, 1), date(2026, 3, 31)
GRANTED = Funding(starts_on=BEGINS, ends_on=ENDS, per_year=5_700_000, notice="37.03-12")
DRAFT = FundingDraft(starts_on=BEGINS, ends_on=ENDS, per_year=5_700_000, notice="37.03-12")
HOLDER = PostHolder(account="3f0c5a52-6e7b-5b1c-8a54-7b0f3f3a9d11", name="Kim Beispiel")
OCCUPANCY = OccupancyView(effective_from=FILLED, is_filled=True, reason="")
PROOF = ProofView(year=2025, due=DUE, submitted_on=None)
SHARE = ShareView(effective_from=BEGINS, share=100)
FIGURES = StaffingFigures(funded=300, filled=250, vacant=50, uncovered=0)
GROUP = GroupFigures(
    part=Part.CASE_MANAGEMENT, municipality=AGS, funded=100, filled=100, vacant=0, uncovered=0
)
MONTH = MonthFigures(
    month=date(2026, 3, 1), counted_on=TODAY, funded=300, filled=250, vacant=50, uncovered=0
)

EXAMPLES = (
    PostDraft(
        key=KEY,
        part=Part.CASE_MANAGEMENT,
        employer="kim-koordinierung",
        share=100,
        effective_from=BEGINS,
        municipality=AGS,
        funding=DRAFT,
    ),
    DRAFT,
    GRANTED,
    PostShareDraft(share=50, effective_from=date(2026, 4, 1), reason="Elternzeit"),
    FillingDraft(effective_from=FILLED),
    DayAndReason(effective_from=date(2026, 4, 1), reason="Wechsel in eine andere Stelle"),
    ProofDue(due=DUE),
    ProofHandedIn(submitted_on=TODAY),
    PostSummary(
        id=post_id(KEY),
        key=KEY,
        part=Part.CASE_MANAGEMENT,
        employer="kim-koordinierung",
        is_of_county=True,
        municipality=AGS,
        stage="established",
        share=100,
        is_funded=True,
        is_filled=True,
        funded_until=ENDS,
        proof_due=DUE,
        is_imported=False,
        assumed=False,
        version=3,
        position=914,
        changed_at=OPENED,
    ),
    PostView(
        id=post_id(KEY),
        key=KEY,
        part=Part.CASE_MANAGEMENT,
        employer="kim-koordinierung",
        is_of_county=True,
        municipality=AGS,
        stage="established",
        share=100,
        is_funded=True,
        is_filled=True,
        funded_until=ENDS,
        proof_due=DUE,
        is_imported=False,
        assumed=False,
        version=3,
        position=914,
        changed_at=OPENED,
        since=BEGINS,
        shares=[SHARE],
        fundings=[GRANTED],
        occupancies=[OCCUPANCY],
        proofs=[PROOF],
        is_named=True,
        holder=HOLDER,
    ),
    HOLDER,
    SHARE,
    OCCUPANCY,
    PROOF,
    FIGURES,
    GROUP,
    MONTH,
    StaffingView(counted_on=TODAY, total=FIGURES, groups=[GROUP], months=[MONTH]),
)
