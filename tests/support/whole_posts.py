"""Everything that can happen to a funded post, once, through the desk."""

from datetime import date
from uuid import uuid4

import msgspec

from domain.directory.commands import RegisterAccount
from domain.kernel import Command
from domain.posts.commands import (
    ChangePost,
    EndPost,
    ExtendFunding,
    FillPost,
    RemindOfPost,
    SetProofDue,
    SubmitProof,
    VacatePost,
    WithholdHolder,
)
from domain.posts.terms import Lead, Matter
from services.identity.principal import CONSOLE, process
from tests.domain.county import JOBCENTER
from tests.support.office import Office
from tests.support.post_orders import FIRST, FURTHER, POST, establishing


async def fund_a_post(office: Office) -> None:
    """The office is set up; the post is filled, left, accounted for, and in the end it is gone."""
    account = uuid4()
    half = ChangePost(post=POST, share=50, effective_from=date(2025, 7, 1), reason="Elternzeit.")
    fill = FillPost(post=POST, effective_from=FIRST, holder=str(account), has_consent=True)
    steps: list[Command] = [
        RegisterAccount(account=account, name="Kim Koordination"),
        msgspec.structs.replace(establishing(JOBCENTER), assumed=True),
        half,
        ExtendFunding(post=POST, funding=FURTHER),
        fill,
        WithholdHolder(post=POST),
        VacatePost(post=POST, effective_from=date(2025, 9, 1), reason="Wechsel."),
        SetProofDue(post=POST, year=2025, due=date(2026, 3, 31)),
    ]
    for step in steps:
        await office.ask(CONSOLE, step)
    remind = RemindOfPost(
        post=POST, what=Matter.PROOF_DUE, due=date(2026, 3, 31), lead=Lead.EIGHT_WEEKS
    )
    await office.ask(process(f"funded-post/{POST}"), remind)
    afterwards: list[Command] = [
        SubmitProof(post=POST, year=2025, submitted_on=date(2026, 2, 2)),
        EndPost(post=POST, effective_from=date(2027, 1, 1), reason="Nicht mehr bewilligt."),
    ]
    for step in afterwards:
        await office.ask(CONSOLE, step)
