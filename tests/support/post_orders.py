"""One example of every command about funded posts."""

from datetime import date

from domain.kernel import Command
from domain.posts.commands import (
    ChangePost,
    EndPost,
    EstablishPost,
    ExtendFunding,
    FillPost,
    RemindOfPost,
    SetProofDue,
    SubmitProof,
    VacatePost,
    WithholdHolder,
    post_id,
)
from domain.posts.terms import Funding, Lead, Matter, Part

POST = post_id("coordination-1")
FIRST, LAST = date(2025, 1, 1), date(2026, 12, 31)
FUNDING = Funding(starts_on=FIRST, ends_on=LAST, per_year=5_700_000, notice="37.03-12")
FURTHER = Funding(starts_on=date(2027, 1, 1), ends_on=date(2027, 12, 31))


def establishing(employer: str) -> EstablishPost:
    """The county's coordination, funded for two years."""
    return EstablishPost(
        key="coordination-1",
        part=Part.COORDINATION,
        employer=employer,
        share=100,
        effective_from=FIRST,
        funding=FUNDING,
    )


def post_examples() -> list[Command]:
    """One of each."""
    return [
        establishing("kreis"),
        ChangePost(post=POST, share=50, effective_from=FIRST, reason="Elternzeit."),
        ExtendFunding(post=POST, funding=FURTHER),
        FillPost(post=POST, effective_from=FIRST),
        WithholdHolder(post=POST),
        VacatePost(post=POST, effective_from=LAST, reason="Wechsel."),
        SetProofDue(post=POST, year=2025, due=date(2026, 3, 31)),
        SubmitProof(post=POST, year=2025, submitted_on=date(2026, 3, 2)),
        EndPost(post=POST, effective_from=LAST, reason="Nicht mehr bewilligt."),
        RemindOfPost(post=POST, what=Matter.FUNDING_ENDS, due=LAST, lead=Lead.ONE_MONTH),
    ]
