"""What is recorded of a funded post: its share, its funding, who works on it, its proofs."""

from uuid import UUID

from litestar import Controller, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Response

from domain.posts.commands import (
    ChangePost,
    EndPost,
    ExtendFunding,
    FillPost,
    SetProofDue,
    SubmitProof,
    VacatePost,
    WithholdHolder,
)
from services.api.access import SignedIn
from services.api.decisions import Clerk, Decision, IdempotencyKey, IfMatch
from services.api.post_bounds import (
    DayAndReason,
    FillingDraft,
    FundingDraft,
    PostShareDraft,
    ProofDue,
    ProofHandedIn,
    YearInPath,
    day_given,
    funding_of,
)
from services.api.problems import CHANGING

FROM = "/effective_from"


class PostStepController(Controller):
    """Everything is dated: it holds from a day on, whenever it is recorded."""

    path = "/posts/{post_id:uuid}"
    tags = ("Posts",)

    @post("/share", operation_id="changePostShare", status_code=200, responses=CHANGING)
    async def change_share(
        self,
        request: SignedIn,
        post_id: FromPath[UUID],
        data: JSONBody[PostShareDraft],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Change the share of full time from a day on, with the reason."""
        command = ChangePost(
            post=post_id,
            share=data.share,
            effective_from=day_given(data.effective_from, FROM),
            reason=data.reason,
        )
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post("/fundings", operation_id="extendPostFunding", status_code=200, responses=CHANGING)
    async def extend_funding(
        self,
        request: SignedIn,
        post_id: FromPath[UUID],
        data: JSONBody[FundingDraft],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Enter a further period of funding; it need not follow at once, and overlaps none."""
        command = ExtendFunding(post=post_id, funding=funding_of(data))
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post("/filling", operation_id="fillPost", status_code=200, responses=CHANGING)
    async def fill_post(
        self,
        request: SignedIn,
        post_id: FromPath[UUID],
        data: JSONBody[FillingDraft],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Record that somebody works on the post. Who that is, only if they agreed."""
        command = FillPost(
            post=post_id,
            effective_from=day_given(data.effective_from, FROM),
            holder=data.holder,
            has_consent=data.has_consent,
        )
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post("/holder-removal", operation_id="withholdHolder", status_code=200, responses=CHANGING)
    async def withhold_holder(
        self,
        request: SignedIn,
        post_id: FromPath[UUID],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Name nobody any more, because the person no longer agrees. The post stays filled."""
        command = WithholdHolder(post=post_id)
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post("/vacancy", operation_id="vacatePost", status_code=200, responses=CHANGING)
    async def vacate_post(
        self,
        request: SignedIn,
        post_id: FromPath[UUID],
        data: JSONBody[DayAndReason],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Record that nobody works on the post from a day on, with the reason."""
        command = VacatePost(
            post=post_id,
            effective_from=day_given(data.effective_from, FROM),
            reason=data.reason,
        )
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @put("/proofs/{year:int}", operation_id="setProofDue", responses=CHANGING)
    async def set_proof_due(
        self,
        request: SignedIn,
        post_id: FromPath[UUID],
        year: YearInPath,
        data: JSONBody[ProofDue],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Enter by when the use of a year's grant has to be proved."""
        command = SetProofDue(post=post_id, year=year, due=day_given(data.due, "/due"))
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post(
        "/proofs/{year:int}/submission",
        operation_id="submitProof",
        status_code=200,
        responses=CHANGING,
    )
    async def submit_proof(
        self,
        request: SignedIn,
        post_id: FromPath[UUID],
        year: YearInPath,
        data: JSONBody[ProofHandedIn],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Record that the proof of use was handed in."""
        on = day_given(data.submitted_on, "/submitted_on")
        command = SubmitProof(post=post_id, year=year, submitted_on=on)
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post("/ending", operation_id="endPost", status_code=200, responses=CHANGING)
    async def end_post(
        self,
        request: SignedIn,
        post_id: FromPath[UUID],
        data: JSONBody[DayAndReason],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Record from which day on there is no such post, with the reason."""
        command = EndPost(
            post=post_id,
            effective_from=day_given(data.effective_from, FROM),
            reason=data.reason,
        )
        return await clerk.answer(request, command, key=key, if_match=if_match)
