"""What an organisation is asked in a round, and what it answers."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Controller, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Response

from domain.concepts.commands import (
    Respond,
    SectionResponse,
)
from domain.concepts.concept import Consulting
from domain.concepts.errors import NotInvited
from domain.concepts.events import Position
from domain.concepts.standing import asked_digest
from services.api import bounds
from services.api.access import SignedIn
from services.api.concept_views import ResponseView, round_view
from services.api.decisions import (
    Clerk,
    Decision,
    decided,
)
from services.api.problems import CHANGING, READING, EdgeProblem
from services.api.reading import ConceptAt, Reader
from services.eventstore.database import Pool
from services.identity.authorisation import answers_seen


class SectionAnswer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    section: bounds.Key
    position: Position
    remark: bounds.Remark = ""


class AnswerToAll(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One position for all that is asked, and others for single sections.

    `shown` is the digest that the request gave with the text: the answer is to that text only.
    """

    shown: bounds.Digest
    position: Position | None = None
    remark: bounds.Remark = ""
    sections: Annotated[tuple[SectionAnswer, ...], msgspec.Meta(max_length=100)] = ()


class AskedSection(msgspec.Struct, frozen=True, kw_only=True):
    """A text to answer. `earlier_text` is what the organisation last answered to, if another."""

    key: str
    title: str
    text: str
    digest: str
    earlier_text: str | None = None
    reply_to_objection: str | None = None


class RequestView(msgspec.Struct, frozen=True, kw_only=True):
    """What an organisation is asked, until when, and what it has answered so far."""

    concept: UUID
    municipality: str
    edition: str
    round: int
    organisation: str
    due: datetime
    closes_at: datetime
    sections: list[AskedSection]
    shown: str
    response: ResponseView | None = None


class OpenRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A row of "what is asked of us"."""

    concept: UUID
    municipality: str
    municipality_name: str
    edition: str
    round: int
    organisation: str
    sections: list[str]
    due: datetime
    closes_at: datetime
    answered_at: datetime | None


class ResponseController(Controller):
    """The requests to organisations and their answers."""

    path = "/concepts/{concept_id:uuid}/consultations"
    tags = ("Consultations",)

    @get(
        "/{number:int}/responses/{organisation:str}",
        operation_id="readRequest",
        responses=READING,
    )
    async def read_request(
        self,
        request: SignedIn,
        concept_id: FromPath[UUID],
        number: bounds.RoundNumber,
        organisation: bounds.OrganisationKey,
        reader: NamedDependency[Reader],
        clerk: NamedDependency[Clerk],
    ) -> RequestView:
        """What the organisation is asked in the open round: the text, its digest, its answer."""
        found = await reader.concept(request, concept_id)
        seen = answers_seen(request.user, clerk.now())
        if seen is not None and organisation not in seen:
            raise EdgeProblem(HTTPStatus.FORBIDDEN, "concept.may-not-read")
        return _request_view(found, number, organisation)

    @put(
        "/{number:int}/responses/{organisation:str}",
        operation_id="respond",
        responses=CHANGING,
    )
    async def respond(
        self,
        request: SignedIn,
        concept_id: FromPath[UUID],
        number: bounds.RoundNumber,
        organisation: bounds.OrganisationKey,
        data: JSONBody[AnswerToAll],
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Answer for one's own organisation, or change the answer while the round is open."""
        command = Respond(
            concept=concept_id,
            round=number,
            organisation=organisation,
            shown=data.shown,
            position=data.position,
            remark=data.remark,
            sections=tuple(
                SectionResponse(section=s.section, position=s.position, remark=s.remark)
                for s in data.sections
            ),
        )
        return decided(await clerk.decide(request, command))


@get("/requests", operation_id="listRequests", tags=["Consultations"], responses=READING)
async def list_requests(
    request: SignedIn,
    pool: NamedDependency[Pool],
    reader: NamedDependency[Reader],
    clerk: NamedDependency[Clerk],
    at_least: bounds.AtLeast = None,
) -> list[OpenRequest]:
    """What is asked of the organisations the person belongs to, the most urgent first."""
    await reader.caught_up(at_least)
    grants = request.user.grants_at(clerk.now())
    rows = await pool.fetch(
        "select request.*, concept.municipality, concept.edition,"
        " coalesce(municipality.name, concept.municipality) as name"
        " from request join concept on concept.id = request.concept"
        " left join municipality on ags = concept.municipality"
        " where is_open and organisation = any($1) order by request.due, name, organisation",
        [grant.organisation for grant in grants],
    )
    return [
        OpenRequest(
            concept=row["concept"],
            municipality=row["municipality"],
            municipality_name=row["name"],
            edition=row["edition"],
            round=row["round"],
            organisation=row["organisation"],
            sections=row["sections"],
            due=row["due"],
            closes_at=row["closes_at"],
            answered_at=row["answered_at"],
        )
        for row in rows
    ]


def _request_view(found: ConceptAt, number: int, organisation: str) -> RequestView:
    concept = found.concept
    if not isinstance(concept, Consulting) or concept.round.number != number:
        raise EdgeProblem(HTTPStatus.NOT_FOUND, "concept.unknown-round")
    if organisation not in concept.round.asked:
        raise NotInvited(organisation)
    draft, asked = concept.draft, concept.round.asked[organisation]
    this = round_view(found.entries, number)
    responses = this.responses if this else []
    return RequestView(
        concept=draft.concept,
        municipality=draft.municipality,
        edition=draft.edition,
        round=number,
        organisation=organisation,
        due=concept.round.due,
        closes_at=concept.round.closes_at,
        sections=[_asked_section(found, organisation, section) for section in asked],
        shown=asked_digest(draft, asked),
        response=next((r for r in responses if r.organisation == organisation), None),
    )


def _asked_section(found: ConceptAt, organisation: str, section: str) -> AskedSection:
    assert isinstance(found.concept, Consulting), "only an open round asks"
    draft = found.concept.draft
    versions = draft.texts[section]
    answered = draft.answers.get(organisation, {}).get(section)
    earlier = next((v.text for v in versions if answered and v.digest == answered.digest), None)
    replies = [
        reply.text
        for entry in found.entries
        for reply in getattr(entry.event, "replies", ())
        if reply.organisation == organisation and reply.section == section
    ]
    return AskedSection(
        key=section,
        title=next(s.title for s in draft.sections if s.key == section),
        text=versions[-1].text,
        digest=versions[-1].digest,
        earlier_text=earlier if earlier != versions[-1].text else None,
        reply_to_objection=replies[-1] if replies else None,
    )
