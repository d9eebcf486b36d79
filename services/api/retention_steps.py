"""The steps of a case in the retention plan, one request for each."""

from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Controller, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Response

from domain.retention.commands import (
    ConfirmErasure,
    OfferToArchive,
    PostponeErasure,
    ProposeErasure,
    RecordArchiveAnswer,
    WithdrawProposal,
)
from domain.retention.events import ArchiveAnswer
from services.api import bounds
from services.api.access import SignedIn
from services.api.decisions import Clerk, Decision, IdempotencyKey, IfMatch, decided, version_of
from services.api.problems import CHANGING
from services.api.reading import Reader

Reference = Annotated[
    str, msgspec.Meta(max_length=200, pattern=bounds.NO_NUL, examples=["Az. 41-07/2032"])
]
ExportDigest = Annotated[
    str,
    msgspec.Meta(
        pattern=rf"^([0-9a-f]{{64}})?{bounds.END}",
        description="SHA-256 of the export the archive was given.",
    ),
]


class Offer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The file was exported and offered. `reference` finds the letter; it names nobody."""

    digest: ExportDigest = ""
    reference: Reference = ""


class AnswerOfArchive(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`silent` only where the class counts silence as declined, after the archive's period."""

    answer: ArchiveAnswer
    reference: Reference = ""


class Postponement(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Nothing further before this day. The reason stays readable for ever: it names nobody."""

    until: date
    reason: bounds.Reason


class Withdrawal(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The reason stays readable for ever: it names nobody."""

    reason: bounds.Reason


class RetentionStepController(Controller):
    """What people do with a case. Each step is refused if the case is not what they saw."""

    path = "/retention/cases/{person:uuid}"
    tags = ("Privacy",)

    @post(
        "/proposal",
        operation_id="proposeErasure",
        status_code=200,
        responses=CHANGING,
    )
    async def propose(
        self,
        request: SignedIn,
        person: FromPath[UUID],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Propose the erasure by hand, as the daily run does."""
        command = ProposeErasure(person=person)
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post(
        "/offer",
        operation_id="offerToArchive",
        status_code=200,
        responses=CHANGING,
    )
    async def offer(
        self,
        request: SignedIn,
        person: FromPath[UUID],
        data: JSONBody[Offer],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Record that the file was exported and offered to the archive."""
        command = OfferToArchive(person=person, digest=data.digest, reference=data.reference)
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post(
        "/archive-answer",
        operation_id="recordArchiveAnswer",
        status_code=200,
        responses=CHANGING,
    )
    async def record_answer(
        self,
        request: SignedIn,
        person: FromPath[UUID],
        data: JSONBody[AnswerOfArchive],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Record what the archive said; until the file is erased, it may say something else."""
        command = RecordArchiveAnswer(person=person, answer=data.answer, reference=data.reference)
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post(
        "/confirmation",
        operation_id="confirmErasure",
        status_code=200,
        responses=CHANGING,
    )
    async def confirm(
        self,
        request: SignedIn,
        person: FromPath[UUID],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
        reader: NamedDependency[Reader],
    ) -> Response[Decision]:
        """Erase now, for ever. The answer comes once the person's key is destroyed."""
        receipt = await clerk.decide(
            request,
            ConfirmErasure(person=person),
            key=key,
            expected_version=version_of(if_match),
        )
        await reader.caught_up(receipt.last)
        return decided(receipt)

    @post(
        "/postponement",
        operation_id="postponeErasure",
        status_code=200,
        responses=CHANGING,
    )
    async def postpone(
        self,
        request: SignedIn,
        person: FromPath[UUID],
        data: JSONBody[Postponement],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Do nothing further before a day; a nearer day takes it back."""
        bounds.checked_day(data.until, pointer="/until")
        command = PostponeErasure(person=person, until=data.until, reason=data.reason)
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post(
        "/withdrawal",
        operation_id="withdrawProposal",
        status_code=200,
        responses=CHANGING,
    )
    async def withdraw(
        self,
        request: SignedIn,
        person: FromPath[UUID],
        data: JSONBody[Withdrawal],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Do not erase after all. The run proposes it again only if the file is closed anew."""
        command = WithdrawProposal(person=person, reason=data.reason)
        return await clerk.answer(request, command, key=key, if_match=if_match)
