"""Editions of the framework."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated

import msgspec
from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody, PathParameter
from litestar.response import Response

from domain.concepts.commands import PublishEdition
from domain.concepts.errors import UnknownEdition
from domain.concepts.events import Section
from services.api import bounds
from services.api.access import SignedIn
from services.api.decisions import Clerk, Decision, IdempotencyKey, decided
from services.api.problems import CHANGING, READING
from services.api.reading import Reader
from services.desk import Desk
from services.eventstore.database import Pool

EditionName = Annotated[str, PathParameter(pattern=bounds.EDITION)]


class NewSection(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    key: bounds.Key
    title: bounds.Name
    guidance: bounds.Remark = ""
    required: bool = True


class NewEdition(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`replaces` is the edition before: its concepts are superseded one by one."""

    edition: bounds.Edition
    title: bounds.Name
    sections: Annotated[tuple[NewSection, ...], msgspec.Meta(min_length=1, max_length=100)]
    replaces: bounds.Edition | None = None
    source: bounds.Remark = ""


class EditionSummary(msgspec.Struct, frozen=True, kw_only=True):
    edition: str
    title: str
    replaces: str | None
    published_at: datetime


class EditionView(msgspec.Struct, frozen=True, kw_only=True):
    edition: str
    title: str
    replaces: str | None
    sections: list[Section]


class FrameworkController(Controller):
    """The county's template for the concepts."""

    path = "/framework/editions"
    tags = ("Framework",)

    @get("/", operation_id="listEditions", responses=READING)
    async def list_editions(
        self,
        pool: NamedDependency[Pool],
        reader: NamedDependency[Reader],
        at_least: bounds.AtLeast = None,
    ) -> list[EditionSummary]:
        """All editions, the latest first."""
        await reader.caught_up(at_least)
        rows = await pool.fetch("select * from framework_edition order by published_at desc")
        return [
            EditionSummary(
                edition=row["edition"],
                title=row["title"],
                replaces=row["replaces"],
                published_at=row["published_at"],
            )
            for row in rows
        ]

    @get("/{edition:str}", operation_id="readEdition", responses=READING)
    async def read_edition(self, edition: EditionName, desk: NamedDependency[Desk]) -> EditionView:
        """One edition with its sections."""
        found = await desk.edition(edition)
        if not found.edition:
            raise UnknownEdition(edition)
        return EditionView(
            edition=found.edition,
            title=found.title,
            replaces=found.replaces,
            sections=list(found.sections),
        )

    @post("/", operation_id="publishEdition", responses=CHANGING)
    async def publish_edition(
        self,
        request: SignedIn,
        data: JSONBody[NewEdition],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Publish an edition. It never changes afterwards; a new text is a new edition."""
        command = PublishEdition(
            edition=data.edition,
            title=data.title,
            sections=tuple(Section(**msgspec.structs.asdict(s)) for s in data.sections),
            replaces=data.replaces,
            source=data.source,
        )
        receipt = await clerk.decide(request, command, key=key)
        return decided(
            receipt,
            status=HTTPStatus.CREATED,
            location=f"/api/v1/framework/editions/{data.edition}",
        )
