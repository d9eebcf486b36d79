"""Concepts: opened one by one or all at once, listed, and read as they were at any moment."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.response import Response

from domain.concepts.commands import (
    OpenConcept,
)
from domain.concepts.errors import UnknownEdition
from domain.directory.municipality import normal_ags
from domain.kernel import DomainError, Forbidden
from services.api import bounds
from services.api.access import SignedIn
from services.api.concept_views import ConceptView, concept_view
from services.api.decisions import (
    Clerk,
    Decision,
    IdempotencyKey,
    decided,
    decision,
    etag,
)
from services.api.languages import language_of, spoken
from services.api.pages import Page, read_cursor, write_cursor
from services.api.problems import CHANGING, READING
from services.api.reading import Reader
from services.eventstore.database import Pool
from services.identity.authorisation import answers_seen
from services.texts import problem

STAGES = (
    "drafting",
    "submitted",
    "consulting",
    "revising",
    "agreed",
    "adopted",
    "published",
    "superseded",
    "withdrawn",
)

Stage = Annotated[
    str | None,
    QueryParameter(
        pattern="^(" + "|".join(STAGES) + ")$", required=False, description="Only this stage."
    ),
]


class Opening(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    municipality: bounds.Ags
    edition: bounds.Edition


class OpeningOfAll(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    edition: bounds.Edition


class OpenedOrNot(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one municipality. `refused` is the problem's code, `because` its sentence."""

    municipality: str
    name: str
    opened: Decision | None = None
    refused: str | None = None
    because: str | None = None


class ConceptSummary(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the county at a glance."""

    id: UUID
    municipality: str
    municipality_name: str
    edition: str
    stage: str
    round: int
    due: datetime | None
    closes_at: datetime | None
    review_at: datetime | None
    missing: list[str]
    version: int
    position: int
    changed_at: datetime


class ConceptController(Controller):
    """The concepts of the county's municipalities."""

    path = "/concepts"
    tags = ("Concepts",)

    @get("/", operation_id="listConcepts", responses=READING)
    async def list_concepts(
        self,
        request: SignedIn,
        pool: NamedDependency[Pool],
        reader: NamedDependency[Reader],
        clerk: NamedDependency[Clerk],
        stage: Stage = None,
        cursor: bounds.Cursor = None,
        limit: bounds.Limit = bounds.PAGE,
        at_least: bounds.AtLeast = None,
    ) -> Page[ConceptSummary]:
        """All concepts the person may read, by municipality and edition."""
        await reader.caught_up(at_least)
        ags, edition = read_cursor(cursor, tuple[str, str], ("", ""))
        organisations = answers_seen(request.user, clerk.now())
        rows = await pool.fetch(
            "select concept.*, coalesce(municipality.name, concept.municipality) as name,"
            " array(select organisation from request where request.concept = concept.id"
            "  and is_open and answered_at is null"
            "  and ($4::text[] is null or organisation = any($4)) order by 1) as missing"
            " from concept left join municipality on ags = concept.municipality"
            " where (concept.municipality, edition) > ($1, $2)"
            " and ($3::text is null or stage = $3)"
            " and ($4::text[] is null or stage in ('published', 'superseded')"
            "  or exists (select from request where request.concept = concept.id"
            "  and organisation = any($4)))"
            " order by concept.municipality, edition limit $5",
            ags,
            edition,
            stage,
            organisations,
            limit + 1,
        )
        items = [
            ConceptSummary(
                id=row["id"],
                municipality=row["municipality"],
                municipality_name=row["name"],
                edition=row["edition"],
                stage=row["stage"],
                round=row["round"],
                due=row["due"],
                closes_at=row["closes_at"],
                review_at=row["review_at"],
                missing=row["missing"],
                version=row["version"],
                position=row["position"],
                changed_at=row["changed_at"],
            )
            for row in rows[:limit]
        ]
        more = len(rows) > limit
        last = items[-1] if more else None
        return Page(
            items=items, next=write_cursor((last.municipality, last.edition)) if last else None
        )

    @post("/", operation_id="openConcept", responses=CHANGING)
    async def open_concept(
        self,
        request: SignedIn,
        data: JSONBody[Opening],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Open the concept of a municipality in an edition of the framework."""
        command = OpenConcept(municipality=normal_ags(data.municipality), edition=data.edition)
        receipt = await clerk.decide(request, command, key=key)
        return decided(
            receipt, status=HTTPStatus.CREATED, location=f"/api/v1/concepts/{receipt.stream}"
        )

    @post("/opening-of-all", operation_id="openAllConcepts", status_code=200, responses=CHANGING)
    async def open_all_concepts(
        self,
        request: SignedIn,
        data: JSONBody[OpeningOfAll],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
        pool: NamedDependency[Pool],
    ) -> Response[list[OpenedOrNot]]:
        """Open a concept in every municipality, and say of each what became of it."""
        language = language_of(request)
        outcomes: list[OpenedOrNot] = []
        for row in await pool.fetch("select ags, name from municipality order by ags"):
            command = OpenConcept(municipality=row["ags"], edition=data.edition)
            try:
                receipt = await clerk.decide(request, command, key=f"{key}/{row['ags']}")
            except (Forbidden, UnknownEdition):
                raise  # not about this municipality
            except DomainError as error:
                sentence = problem(error.code, language, error.facts).detail
                outcome = OpenedOrNot(
                    municipality=row["ags"],
                    name=row["name"],
                    refused=error.code,
                    because=sentence,
                )
            else:
                outcome = OpenedOrNot(
                    municipality=row["ags"], name=row["name"], opened=decision(receipt)
                )
            outcomes.append(outcome)
        return spoken(outcomes, language)

    @get("/{concept_id:uuid}", operation_id="readConcept", responses=READING)
    async def read_concept(
        self,
        request: SignedIn,
        concept_id: FromPath[UUID],
        reader: NamedDependency[Reader],
        clerk: NamedDependency[Clerk],
        position: bounds.Position = None,
        as_of: bounds.AsOf = None,
    ) -> Response[ConceptView]:
        """The concept as it is, or as it was at a log position or a moment."""
        found = await reader.concept(request, concept_id, position=position, as_of=as_of)
        seen = answers_seen(request.user, clerk.now())
        view = concept_view(found.concept, found.entries, seen)
        return Response(view, headers={"ETag": etag(found.version)})
