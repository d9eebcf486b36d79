"""A company says whether it fills a course with others, by the secret link of its report."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Controller, post
from litestar.di import NamedDependency
from litestar.openapi.spec import SecurityRequirement
from litestar.params import FromPath, JSONBody
from litestar.response import Response

from domain.course_pools.commands import AgreeToPool, DeclinePool
from services.api import bounds
from services.api.company_intake import OPEN, Anybody
from services.api.company_intake_checks import refuse_persons
from services.api.company_own import OWN_CHANGING, SECURITY, decided_by_company, report_of
from services.api.decisions import Decision, IdempotencyKey
from services.api.languages import language_of
from services.desk import Desk
from services.intake.door import PublicDoor


class OwnRefusal(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why the company does not take part, if it says so. It names nobody."""

    because: Annotated[
        str,
        msgspec.Meta(
            max_length=1_000,
            pattern=bounds.NO_NUL,
            examples=["Der Mittwoch geht bei uns nicht."],
        ),
    ] = ""


class OwnPoolController(Controller):
    """A course with other companies, whose names nobody learns before all have agreed."""

    path = "/own/pools/{pool_id:uuid}"
    tags = ("Reports",)
    opt = OPEN
    security: Sequence[SecurityRequirement] | None = SECURITY

    @post("/agreement", operation_id="joinSharedCourse", status_code=200, responses=OWN_CHANGING)
    async def join(
        self,
        request: Anybody,
        pool_id: FromPath[UUID],
        key: IdempotencyKey,
        public_door: NamedDependency[PublicDoor],
        desk: NamedDependency[Desk],
    ) -> Response[Decision]:
        """Take part. Once all have agreed, the others learn name, place and number of learners."""
        report = await report_of(request, public_door)
        command = AgreeToPool(pool=pool_id, report=report)
        return await decided_by_company(request, desk, report, command, key)

    @post("/refusal", operation_id="leaveSharedCourse", status_code=200, responses=OWN_CHANGING)
    async def leave(
        self,
        request: Anybody,
        pool_id: FromPath[UUID],
        data: JSONBody[OwnRefusal],
        key: IdempotencyKey,
        public_door: NamedDependency[PublicDoor],
        desk: NamedDependency[Desk],
    ) -> Response[Decision]:
        """Not take part, or take the agreement back: both while the course is not certain."""
        report = await report_of(request, public_door)
        refuse_persons({"/because": data.because}, language_of(request))
        command = DeclinePool(pool=pool_id, report=report, reason=data.because.strip())
        return await decided_by_company(request, desk, report, command, key)
