"""The sections of a concept: written version by version, submitted, given back."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Controller, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Response

from domain.concepts.commands import (
    DraftSection,
    ReturnDraft,
    SubmitDraft,
)
from domain.concepts.concept import Unknown
from domain.concepts.errors import UnknownSection
from domain.concepts.events import Reply, SectionDrafted
from domain.kernel import Erased
from services.api import bounds
from services.api.access import SignedIn
from services.api.concept_views import SectionView, section_views
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


class SectionText(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    text: bounds.Text


class SectionVersion(msgspec.Struct, frozen=True, kw_only=True):
    """`name` is the author's, unless it was erased or is not known."""

    version: int
    text: str
    digest: str
    author: str
    name: str | Erased
    saved_at: datetime


class ReplyToObjection(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    organisation: bounds.Key
    section: bounds.Key
    text: bounds.Reason


class Submission(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`replies` weigh objections whose section was not changed."""

    replies: Annotated[tuple[ReplyToObjection, ...], msgspec.Meta(max_length=500)] = ()


class Because(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    reason: bounds.Reason


class SectionController(Controller):
    """What a concept says, section by section."""

    path = "/concepts/{concept_id:uuid}"
    tags = ("Concepts",)

    @get(
        "/sections/{section:str}",
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
        "/sections/{section:str}",
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
        "/sections/{section:str}/versions",
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
        saved = [
            (entry, entry.event)
            for entry in found.entries
            if isinstance(entry.event, SectionDrafted) and entry.event.section == section
        ]
        names = (await reader.names([entry for entry, _ in saved])).accounts
        return [
            SectionVersion(
                version=event.version,
                text=event.text,
                digest=event.digest,
                author=event.author,
                name=names.get(event.author, ""),
                saved_at=entry.metadata.occurred_at,
            )
            for entry, event in saved
        ]

    @get(
        "/sections/{section:str}/versions/{version:int}",
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
        "/submission",
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
        "/return",
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
