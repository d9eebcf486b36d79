"""Concepts: opened, drafted, submitted, adopted, published, withdrawn; read at any moment."""

from datetime import date, datetime
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Controller, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.response import Response

from domain.concepts.commands import (
    AboutConcept,
    AdoptConcept,
    DraftSection,
    OpenConcept,
    PublishConcept,
    ReopenConcept,
    ReturnDraft,
    SubmitDraft,
    WithdrawConcept,
)
from domain.concepts.concept import Unknown
from domain.concepts.errors import UnknownEdition, UnknownSection
from domain.concepts.events import Reply
from domain.directory.municipality import normal_ags
from domain.kernel import DomainError, Forbidden
from services.api import bounds
from services.api.access import SignedIn
from services.api.concept_views import ConceptView, SectionView, concept_view, section_views
from services.api.decisions import (
    Clerk,
    Decision,
    IdempotencyKey,
    IfMatch,
    decided,
    decision,
    etag,
    version_of,
)
from services.api.languages import language_of, spoken
from services.api.pages import Page, read_cursor, write_cursor
from services.api.problems import CHANGING, READING, EdgeProblem
from services.api.reading import Reader
from services.eventstore.store import Pool
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


class SectionText(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    text: bounds.Text


class SectionVersion(msgspec.Struct, frozen=True, kw_only=True):
    version: int
    text: str
    digest: str
    author: str


class ReplyToObjection(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    organisation: bounds.Key
    section: bounds.Key
    text: bounds.Reason


class Submission(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`replies` weigh objections whose section was not changed."""

    replies: Annotated[tuple[ReplyToObjection, ...], msgspec.Meta(max_length=500)] = ()


class Because(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    reason: bounds.Reason


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

    @get(
        "/{concept_id:uuid}/sections/{section:str}",
        operation_id="readSection",
        responses=READING,
    )
    async def read_section(
        self,
        request: SignedIn,
        concept_id: FromPath[UUID],
        section: bounds.SectionKey,
        reader: NamedDependency[Reader],
    ) -> Response[SectionView]:
        """One section. Its ETag is the section's own version, which writing it asks for."""
        found = await reader.concept(request, concept_id)
        assert not isinstance(found.concept, Unknown), "the reader refuses what is unknown"
        for view in section_views(found.concept.draft):
            if view.key == section:
                return Response(view, headers={"ETag": etag(view.version)})
        raise UnknownSection(section)

    @put(
        "/{concept_id:uuid}/sections/{section:str}",
        operation_id="draftSection",
        responses=CHANGING,
    )
    async def draft_section(
        self,
        request: SignedIn,
        concept_id: FromPath[UUID],
        section: bounds.SectionKey,
        data: JSONBody[SectionText],
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Save a new version of the section; `If-Match` names the version it is based on."""
        command = DraftSection(
            concept=concept_id, section=section, text=data.text, based_on=version_of(if_match)
        )
        return decided(await clerk.decide(request, command))

    @get(
        "/{concept_id:uuid}/sections/{section:str}/versions",
        operation_id="listSectionVersions",
        responses=READING,
    )
    async def list_versions(
        self,
        request: SignedIn,
        concept_id: FromPath[UUID],
        section: bounds.SectionKey,
        reader: NamedDependency[Reader],
    ) -> list[SectionVersion]:
        """Every version of the section that was ever saved, the first one first."""
        found = await reader.concept(request, concept_id)
        assert not isinstance(found.concept, Unknown), "the reader refuses what is unknown"
        if section not in {s.key for s in found.concept.draft.sections}:
            raise UnknownSection(section)
        return [
            SectionVersion(version=v.version, text=v.text, digest=v.digest, author=v.author)
            for v in found.concept.draft.texts.get(section, ())
        ]

    @get(
        "/{concept_id:uuid}/sections/{section:str}/versions/{version:int}",
        operation_id="readSectionVersion",
        responses=READING,
    )
    async def read_version(
        self,
        request: SignedIn,
        concept_id: FromPath[UUID],
        section: bounds.SectionKey,
        version: bounds.VersionNumber,
        reader: NamedDependency[Reader],
    ) -> SectionVersion:
        """One version of the section."""
        versions = await self.list_versions.fn(self, request, concept_id, section, reader)
        if version > len(versions):
            raise EdgeProblem(HTTPStatus.NOT_FOUND, "concept.unknown-version")
        return versions[version - 1]

    @post(
        "/{concept_id:uuid}/submission",
        operation_id="submitDraft",
        status_code=200,
        responses=CHANGING,
    )
    async def submit_draft(
        self,
        request: SignedIn,
        concept_id: FromPath[UUID],
        data: JSONBody[Submission],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Submit the draft: all required sections have text, every objection an answer."""
        replies = tuple(
            Reply(organisation=r.organisation, section=r.section, text=r.text) for r in data.replies
        )
        command = SubmitDraft(concept=concept_id, replies=replies)
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post(
        "/{concept_id:uuid}/return",
        operation_id="returnDraft",
        status_code=200,
        responses=CHANGING,
    )
    async def return_draft(
        self,
        request: SignedIn,
        concept_id: FromPath[UUID],
        data: JSONBody[Because],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Give a submitted draft back to those who write it."""
        command = ReturnDraft(concept=concept_id, reason=data.reason)
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post(
        "/{concept_id:uuid}/adoption",
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
        "/{concept_id:uuid}/publication",
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
        "/{concept_id:uuid}/withdrawal",
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
        "/{concept_id:uuid}/reopening",
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
