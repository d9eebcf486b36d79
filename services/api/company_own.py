"""A company's own report over HTTP, for whoever has its secret link; and for nobody else's.

The link is not a sign-in: it says which report, and opens nothing but that.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated
from uuid import UUID, uuid5

import msgspec
from litestar import Controller, get, post, put
from litestar.di import NamedDependency
from litestar.openapi.spec import SecurityRequirement
from litestar.params import JSONBody
from litestar.response import Response

from domain.kernel import NAMESPACE, Command
from domain.language_needs.commands import AnswerQuestion, ChangeReport, WithdrawReport
from domain.language_needs.events_end import WithdrawalReason
from services.api import bounds
from services.api.company_intake import OPEN, Anybody, keep_pace
from services.api.company_intake_bodies import ReportContent
from services.api.company_intake_checks import checked_content, refuse_persons
from services.api.company_own_view import OwnReport, own_report
from services.api.decisions import Decision, IdempotencyKey, decided, etag
from services.api.languages import language_of, spoken
from services.api.problems import CHANGING, READING, EdgeProblem, documented
from services.api.refusals import visitor_of
from services.desk import Desk
from services.eventstore.database import Pool
from services.eventstore.store import EventStore
from services.identity.company import company
from services.intake.door import PublicDoor
from services.intake.links import LONGEST
from services.orders import Order

SCHEME = "report"
SECURITY: Sequence[SecurityRequirement] = [{"report": []}]
OWN_READING = {**READING, **documented(HTTPStatus.GONE)}
OWN_CHANGING = {**CHANGING, **documented(HTTPStatus.GONE)}
"""A link whose report was erased says so."""


class OwnWithdrawal(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why the report is withdrawn, as far as it can be said in a word."""

    reason: WithdrawalReason


class OwnAnswer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The answer to what the coordination asked. It names nobody."""

    text: Annotated[
        str,
        msgspec.Meta(
            min_length=1,
            max_length=2_000,
            pattern=bounds.NO_NUL,
            examples=["Der Schulungsraum ist ab Februar frei."],
        ),
    ]


class OwnReportController(Controller):
    """What a company sees and does, by `Authorization: Report <token>`."""

    path = "/own"
    tags = ("Reports",)
    opt = OPEN
    security: Sequence[SecurityRequirement] | None = SECURITY

    @get("/", operation_id="readOwnReport", responses=OWN_READING)
    async def read_own(
        self,
        request: Anybody,
        public_door: NamedDependency[PublicDoor],
        pool: NamedDependency[Pool],
        store: NamedDependency[EventStore],
    ) -> Response[OwnReport]:
        """How the report stands: what it says, who has it now, and until when."""
        report = await report_of(request, public_door)
        language = language_of(request)
        view = await own_report(pool, store, report, language)
        answer = spoken(view, language)
        answer.headers["ETag"] = etag(view.version)
        return answer

    @put("/", operation_id="changeOwnReport", responses=OWN_CHANGING)
    async def change_own(
        self,
        request: Anybody,
        data: JSONBody[ReportContent],
        key: IdempotencyKey,
        public_door: NamedDependency[PublicDoor],
        desk: NamedDependency[Desk],
    ) -> Response[Decision]:
        """Say all of it anew. What was begun with it before is looked at again."""
        report = await report_of(request, public_door)
        content = checked_content(data, language_of(request), "")
        command = ChangeReport(report=report, **msgspec.structs.asdict(content))
        return await decided_by_company(request, desk, report, command, key)

    @post("/withdrawal", operation_id="withdrawOwnReport", status_code=200, responses=OWN_CHANGING)
    async def withdraw_own(
        self,
        request: Anybody,
        data: JSONBody[OwnWithdrawal],
        key: IdempotencyKey,
        public_door: NamedDependency[PublicDoor],
        desk: NamedDependency[Desk],
    ) -> Response[Decision]:
        """Withdraw the report. Whoever needs courses after all sends a new one."""
        report = await report_of(request, public_door)
        command = WithdrawReport(report=report, reason=data.reason)
        return await decided_by_company(request, desk, report, command, key)

    @post("/answer", operation_id="respondToQuestion", status_code=200, responses=OWN_CHANGING)
    async def answer_question(
        self,
        request: Anybody,
        data: JSONBody[OwnAnswer],
        key: IdempotencyKey,
        public_door: NamedDependency[PublicDoor],
        desk: NamedDependency[Desk],
    ) -> Response[Decision]:
        """Answer what the coordination has asked."""
        report = await report_of(request, public_door)
        refuse_persons({"/text": data.text}, language_of(request))
        command = AnswerQuestion(report=report, text=data.text.strip())
        return await decided_by_company(request, desk, report, command, key)


async def report_of(request: Anybody, door: PublicDoor) -> UUID:
    """The report that the request may see. Raises EdgeProblem."""
    keep_pace(door, request)
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    token = token.strip()
    is_one = scheme.lower() == SCHEME and 0 < len(token) <= LONGEST
    report = await door.report_of(token, datetime.now(UTC)) if is_one else None
    if report is None and is_one and await door.is_erased(token):
        raise EdgeProblem(HTTPStatus.GONE, "intake.link-erased")
    if report is None:
        raise EdgeProblem(
            HTTPStatus.UNAUTHORIZED,
            "intake.link-unknown",
            headers={"WWW-Authenticate": SCHEME.title()},
        )
    return report


async def decided_by_company(
    request: Anybody, desk: Desk, report: UUID, command: Command, key: str
) -> Response[Decision]:
    """What was recorded in the company's name."""
    visitor = visitor_of(request)
    receipt = await desk.handle(
        Order(
            command=command,
            command_id=uuid5(NAMESPACE, f"{report}/{key}"),
            principal=company(report),
            at=visitor.at,
            correlation=visitor.correlation,
        )
    )
    return decided(receipt)
