"""The processing of a company's report until it has its answer: each step, with who holds it then.

Every step but the answers of others needs the version of the report that was seen.
"""

from uuid import UUID

from litestar import Controller, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Response

from domain.language_needs.commands import (
    AcknowledgeReport,
    AnswerCompany,
    AnswerQuestion,
    AnswerReferral,
    AskCompany,
    ProposeOffer,
    RecallReferral,
    ReferReport,
    TriageReport,
)
from services.api import bounds
from services.api.access import SignedIn
from services.api.company_report_bodies import (
    Acknowledgement,
    CompanyAnswer,
    CompanyQuestion,
    OfferProposal,
    QuestionAnswer,
    Referral,
    ReferralAnswer,
    Triage,
)
from services.api.decisions import Clerk, Decision, IdempotencyKey, IfMatch
from services.api.problems import CHANGING
from services.api.sections import Because


class CompanyReportStepController(Controller):
    """What is done about a report."""

    path = "/company-reports/{report_id:uuid}"
    tags = ("Reports",)

    @post(
        "/acknowledgement",
        operation_id="acknowledgeReport",
        status_code=200,
        responses=CHANGING,
    )
    async def acknowledge(
        self,
        request: SignedIn,
        report_id: FromPath[UUID],
        data: JSONBody[Acknowledgement],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Acknowledge the report: the company is mailed who sees to it."""
        command = AcknowledgeReport(
            report=report_id,
            contact_person=str(data.contact_person or request.user.account),
            message=data.message,
        )
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post("/triage", operation_id="triageReport", status_code=200, responses=CHANGING)
    async def triage(
        self,
        request: SignedIn,
        report_id: FromPath[UUID],
        data: JSONBody[Triage],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Say how urgent it is, and which partners may help."""
        command = TriageReport(
            report=report_id, priority=data.priority, routes=data.routes, note=data.note
        )
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post("/referral", operation_id="referReport", status_code=200, responses=CHANGING)
    async def refer(
        self,
        request: SignedIn,
        report_id: FromPath[UUID],
        data: JSONBody[Referral],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Refer it to a partner that the company agreed to; the partner holds it then."""
        command = ReferReport(
            report=report_id,
            organisation=data.organisation,
            question=data.question,
            due=bounds.checked_day(data.due, pointer="/due"),
        )
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post("/referral/answer", operation_id="answerReferral", status_code=200, responses=CHANGING)
    async def answer_referral(
        self,
        request: SignedIn,
        report_id: FromPath[UUID],
        data: JSONBody[ReferralAnswer],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Answer as the partner it was referred to; the coordination holds it then."""
        command = AnswerReferral(
            report=report_id,
            organisation=data.organisation,
            answer=data.answer,
            text=data.text,
        )
        return await clerk.answer(request, command, key=key)

    @post("/referral/recall", operation_id="recallReferral", status_code=200, responses=CHANGING)
    async def recall(
        self,
        request: SignedIn,
        report_id: FromPath[UUID],
        data: JSONBody[Because],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Take it back from the partner that has not answered."""
        command = RecallReferral(report=report_id, reason=data.reason)
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post("/question", operation_id="askCompany", status_code=200, responses=CHANGING)
    async def ask(
        self,
        request: SignedIn,
        report_id: FromPath[UUID],
        data: JSONBody[CompanyQuestion],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Ask the company something by mail; it holds its report until it has answered."""
        command = AskCompany(
            report=report_id,
            question=data.question,
            due=bounds.checked_day(data.due, pointer="/due"),
        )
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post(
        "/question/answer", operation_id="recordCompanyReply", status_code=200, responses=CHANGING
    )
    async def answer_question(
        self,
        request: SignedIn,
        report_id: FromPath[UUID],
        data: JSONBody[QuestionAnswer],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Record what the company replied by telephone."""
        command = AnswerQuestion(report=report_id, text=data.text)
        return await clerk.answer(request, command, key=key)

    @post("/offers", operation_id="proposeOffer", status_code=200, responses=CHANGING)
    async def propose_offer(
        self,
        request: SignedIn,
        report_id: FromPath[UUID],
        data: JSONBody[OfferProposal],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Note a course offer that may fit, with what speaks for it."""
        command = ProposeOffer(report=report_id, offer=data.offer, reasons=data.reasons)
        return await clerk.answer(request, command, key=key)

    @post("/answer", operation_id="answerCompany", status_code=200, responses=CHANGING)
    async def answer_company(
        self,
        request: SignedIn,
        report_id: FromPath[UUID],
        data: JSONBody[CompanyAnswer],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Answer the company by mail: an offer, a shared course, who takes it on, or nothing."""
        command = AnswerCompany(
            report=report_id, kind=data.kind, text=data.text, offer=data.offer, pool=data.pool_id
        )
        return await clerk.answer(request, command, key=key, if_match=if_match)
