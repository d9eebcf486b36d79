"""How a concept ends: adopted, published, withdrawn; and how a withdrawal is undone."""

from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Controller, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Response

from domain.concepts.commands import (
    AboutConcept,
    AdoptConcept,
    PublishConcept,
    ReopenConcept,
    WithdrawConcept,
)
from services.api import bounds
from services.api.access import SignedIn
from services.api.decisions import (
    Clerk,
    Decision,
    IdempotencyKey,
    IfMatch,
)
from services.api.problems import CHANGING
from services.api.sections import Because


class Adoption(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`resolution` names the steering group's resolution if there is one."""

    resolution: (
        Annotated[
            str,
            msgspec.Meta(
                max_length=200,
                pattern=bounds.NO_NUL,
                examples=["Lenkungsgruppe KIM, 12.05.2026, Beschluss 3"],
            ),
        ]
        | None
    ) = None


class Publication(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A day, or a moment, or neither: then the review is in two years."""

    review_on: Annotated[date, msgspec.Meta(examples=["2028-11-27"])] | None = None
    review_at: bounds.Instant | None = None


class AdoptionController(Controller):
    """From the agreed draft to the valid concept, or to its withdrawal."""

    path = "/concepts/{concept_id:uuid}"
    tags = ("Concepts",)

    @post(
        "/adoption",
        operation_id="adoptConcept",
        status_code=200,
        responses=CHANGING,
    )
    async def adopt_concept(
        self,
        request: SignedIn,
        concept_id: FromPath[UUID],
        data: JSONBody[Adoption],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Adopt the agreed concept. Whoever wrote a section of it may not."""
        command = AdoptConcept(concept=concept_id, resolution=data.resolution)
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post(
        "/publication",
        operation_id="publishConcept",
        status_code=200,
        responses=CHANGING,
    )
    async def publish_concept(
        self,
        request: SignedIn,
        concept_id: FromPath[UUID],
        data: JSONBody[Publication],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Make the adopted concept valid and set its review."""
        command = PublishConcept(
            concept=concept_id,
            review_on=bounds.checked_day(data.review_on, pointer="/review_on"),
            review_at=bounds.checked(data.review_at, pointer="/review_at"),
        )
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post(
        "/withdrawal",
        operation_id="withdrawConcept",
        status_code=200,
        responses=CHANGING,
    )
    async def withdraw_concept(
        self,
        request: SignedIn,
        concept_id: FromPath[UUID],
        data: JSONBody[Because],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Withdraw the concept, saying why. Reopening undoes it."""
        command: AboutConcept = WithdrawConcept(concept=concept_id, reason=data.reason)
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post(
        "/reopening",
        operation_id="reopenConcept",
        status_code=200,
        responses=CHANGING,
    )
    async def reopen_concept(
        self,
        request: SignedIn,
        concept_id: FromPath[UUID],
        data: JSONBody[Because],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Undo a withdrawal: drafting goes on with the texts as they were."""
        command = ReopenConcept(concept=concept_id, reason=data.reason)
        return await clerk.answer(request, command, key=key, if_match=if_match)
