"""Consultation rounds: opened, extended, reminded of, closed, and read from beginning to end."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Response

from domain.concepts.commands import (
    CloseConsultation,
    ExtendConsultation,
    Invite,
    OpenConsultation,
    RemindOrganisations,
    Schedule,
)
from domain.concepts.concept import Unknown
from domain.concepts.events import DecidedBy, ObjectionEffect, Policy
from services.api import bounds
from services.api.access import SignedIn
from services.api.concept_views import RoundView, round_view
from services.api.decisions import (
    Clerk,
    Decision,
    IdempotencyKey,
    IfMatch,
    decided,
    etag,
    version_of,
)
from services.api.problems import CHANGING, READING, EdgeProblem
from services.api.reading import Reader
from services.identity.authorisation import answers_seen

MOST_REMINDERS = 10


class Timing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When the round ends: `working_days` from now, or at `due`. Grace is for the missing."""

    working_days: bounds.WorkingDays | None = None
    due: bounds.Instant | None = None
    grace_working_days: Annotated[int, msgspec.Meta(ge=0, le=60)] = 0
    closes_at: bounds.Instant | None = None
    remind_working_days_before: Annotated[
        tuple[bounds.WorkingDays, ...], msgspec.Meta(max_length=MOST_REMINDERS)
    ] = (5, 2)
    remind_at: (
        Annotated[tuple[bounds.Instant, ...], msgspec.Meta(max_length=MOST_REMINDERS)] | None
    ) = None


class Invited(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An organisation to ask; without sections it is asked about all of them."""

    organisation: bounds.Key
    sections: Annotated[tuple[bounds.Key, ...], msgspec.Meta(max_length=100)] = ()


class Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The round's policy. Silence counts as consent only where it is said here."""

    quorum_percent: Annotated[int, msgspec.Meta(ge=0, le=100)] = 50
    objection: ObjectionEffect = ObjectionEffect.REVISION
    silence_is_consent: bool = False
    decided_by: DecidedBy = DecidedBy.COORDINATION


class RoundOpening(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """In a later round those of the earlier ones are asked again without being named.

    Without a policy the one of the round before holds. `anew` asks everybody everything again;
    without it only those are asked to whom something is new or open.
    """

    timing: Timing
    invited: Annotated[tuple[Invited, ...], msgspec.Meta(max_length=200)] = ()
    policy: Rule | None = None
    anew: bool = False


class Extension(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    timing: Timing
    reason: bounds.Reason


class ConsultationController(Controller):
    """The rounds in which organisations are asked for their position."""

    path = "/concepts/{concept_id:uuid}/consultations"
    tags = ("Consultations",)

    @post("/", operation_id="openConsultation", responses=CHANGING)
    async def open_consultation(
        self,
        request: SignedIn,
        concept_id: FromPath[UUID],
        data: JSONBody[RoundOpening],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
        reader: NamedDependency[Reader],
    ) -> Response[Decision]:
        """Open a round: who is asked, until when, and by which rule it is counted."""
        command = OpenConsultation(
            concept=concept_id,
            schedule=_schedule(data.timing),
            invited=tuple(
                Invite(organisation=i.organisation, sections=i.sections) for i in data.invited
            ),
            policy=Policy(**msgspec.structs.asdict(data.policy)) if data.policy else None,
            anew=data.anew,
        )
        receipt = await clerk.decide(
            request, command, key=key, expected_version=version_of(if_match)
        )
        found = await reader.concept(request, concept_id, position=receipt.last)
        assert not isinstance(found.concept, Unknown), "the reader refuses what is unknown"
        return decided(
            receipt,
            status=HTTPStatus.CREATED,
            location=f"/api/v1/concepts/{concept_id}/consultations/{found.concept.draft.rounds}",
        )

    @get("/{number:int}", operation_id="readConsultation", responses=READING)
    async def read_consultation(
        self,
        request: SignedIn,
        concept_id: FromPath[UUID],
        number: bounds.RoundNumber,
        reader: NamedDependency[Reader],
        clerk: NamedDependency[Clerk],
        position: bounds.Position = None,
        as_of: bounds.AsOf = None,
    ) -> Response[RoundView]:
        """A round from its opening to its end. Members see their own organisation's part."""
        found = await reader.concept(request, concept_id, position=position, as_of=as_of)
        seen = answers_seen(request.user, clerk.now())
        view = round_view(found.entries, number, seen)
        if view is None:
            raise EdgeProblem(HTTPStatus.NOT_FOUND, "concept.unknown-round")
        return Response(view, headers={"ETag": etag(found.version)})

    @post(
        "/{number:int}/extension",
        operation_id="extendConsultation",
        status_code=200,
        responses=CHANGING,
    )
    async def extend_consultation(
        self,
        request: SignedIn,
        concept_id: FromPath[UUID],
        number: bounds.RoundNumber,
        data: JSONBody[Extension],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Give more time, with a reason."""
        command = ExtendConsultation(
            concept=concept_id, round=number, schedule=_schedule(data.timing), reason=data.reason
        )
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post(
        "/{number:int}/reminder",
        operation_id="remindOrganisations",
        status_code=200,
        responses=CHANGING,
    )
    async def remind_organisations(
        self,
        request: SignedIn,
        concept_id: FromPath[UUID],
        number: bounds.RoundNumber,
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Remind by hand those who have not answered, beside the planned reminders."""
        command = RemindOrganisations(concept=concept_id, round=number)
        return decided(await clerk.decide(request, command, key=key))

    @post(
        "/{number:int}/closing",
        operation_id="closeConsultation",
        status_code=200,
        responses=CHANGING,
    )
    async def close_consultation(
        self,
        request: SignedIn,
        concept_id: FromPath[UUID],
        number: bounds.RoundNumber,
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Close before the deadline, once everybody has answered."""
        command = CloseConsultation(concept=concept_id, round=number)
        return await clerk.answer(request, command, key=key, if_match=if_match)


def _schedule(timing: Timing) -> Schedule:
    for index, moment in enumerate(timing.remind_at or ()):
        bounds.checked(moment, pointer=f"/timing/remind_at/{index}")
    return Schedule(
        working_days=timing.working_days,
        due=bounds.checked(timing.due, pointer="/timing/due"),
        grace_working_days=timing.grace_working_days,
        closes_at=bounds.checked(timing.closes_at, pointer="/timing/closes_at"),
        remind_working_days_before=timing.remind_working_days_before,
        remind_at=timing.remind_at,
    )
