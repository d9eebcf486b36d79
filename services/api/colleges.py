"""A college's own settings: the key of its pseudonyms by fingerprint, and how its files read."""

from http import HTTPStatus
from typing import Annotated, TypeAlias

import msgspec
from litestar import Controller, delete, get, post, put
from litestar.di import NamedDependency
from litestar.openapi.spec import Example
from litestar.params import JSONBody, PathParameter
from litestar.response import Response

from domain.assessments.college import COLLEGE, CollegeSetup
from domain.assessments.commands_class import AdoptPseudonymKey, DropMapping, SaveMapping
from domain.kernel import stream_id
from services.api import bounds
from services.api.access import SignedIn
from services.api.class_access import own_college
from services.api.class_views import OfCollege
from services.api.decisions import (
    Clerk,
    Decision,
    IdempotencyKey,
    IfMatch,
    decided,
    etag,
    version_of,
)
from services.api.problems import CHANGING, READING
from services.eventstore.store import EventStore

MappingName: TypeAlias = Annotated[
    str, PathParameter(pattern=bounds.KEY, examples=[Example(value="untis")])
]
Field: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"^[a-z_]{1,20}(?!\n)$")]
Heading: TypeAlias = Annotated[
    str, msgspec.Meta(min_length=1, max_length=100, pattern=bounds.NO_NUL, examples=["Klasse"])
]


class Columns(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which column says what: field to heading, as `class`, `programme`, `trade`, `surname`."""

    columns: Annotated[dict[Field, Heading], msgspec.Meta(min_length=1, max_length=20)]


class KeyFingerprint(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The fingerprint of the key, never the key. Another one has to be said to `replace` it."""

    fingerprint: Annotated[
        bounds.Digest, msgspec.Meta(description="HMAC-SHA-256 of a fixed text with the key.")
    ]
    replace: bool = False


class CollegeView(msgspec.Struct, frozen=True, kw_only=True):
    """`fingerprint` is empty before a key was used. `mappings`: by name, field to heading."""

    college: str
    fingerprint: str
    mappings: dict[str, dict[str, str]]
    version: int


class CollegeController(Controller):
    """Settings of the own college."""

    path = "/college"
    tags = ("Assessments",)

    @get("/", operation_id="readCollege", responses=READING)
    async def read_college(
        self,
        request: SignedIn,
        store: NamedDependency[EventStore],
        clerk: NamedDependency[Clerk],
        college: OfCollege = None,
    ) -> Response[CollegeView]:
        """The own college's settings. The key of its pseudonyms is not among them."""
        own = own_college(request, clerk.now(), college)
        setup, version = await setup_of(store, own)
        view = CollegeView(
            college=own,
            fingerprint=setup.fingerprint,
            mappings={name: dict(columns) for name, columns in setup.mappings.items()},
            version=version,
        )
        return Response(view, headers={"ETag": etag(version)})

    @put("/mappings/{name:str}", operation_id="recordMapping", responses=CHANGING)
    async def save_mapping(
        self,
        request: SignedIn,
        name: MappingName,
        data: JSONBody[Columns],
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
        college: OfCollege = None,
    ) -> Response[Decision]:
        """Save under a name how the college's own lists are to be read."""
        own = own_college(request, clerk.now(), college)
        command = SaveMapping(college=own, name=name, columns=dict(data.columns))
        expected = version_of(if_match)
        return decided(await clerk.decide(request, command, expected_version=expected))

    @delete(
        "/mappings/{name:str}", operation_id="withdrawMapping", status_code=200, responses=CHANGING
    )
    async def drop_mapping(
        self,
        request: SignedIn,
        name: MappingName,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
        college: OfCollege = None,
    ) -> Response[Decision]:
        """Drop a saved mapping."""
        own = own_college(request, clerk.now(), college)
        command = DropMapping(college=own, name=name)
        expected = version_of(if_match)
        return decided(await clerk.decide(request, command, expected_version=expected))

    @post("/pseudonym-key", operation_id="adoptPseudonymKey", responses=CHANGING)
    async def adopt_key(
        self,
        request: SignedIn,
        data: JSONBody[KeyFingerprint],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
        college: OfCollege = None,
    ) -> Response[Decision]:
        """Name the key of the college's pseudonyms by its fingerprint; the key stays there."""
        own = own_college(request, clerk.now(), college)
        command = AdoptPseudonymKey(college=own, fingerprint=data.fingerprint, replace=data.replace)
        receipt = await clerk.decide(request, command, key=key)
        return decided(receipt, status=HTTPStatus.CREATED, location="/api/v1/college")


async def setup_of(store: EventStore, college: str) -> tuple[CollegeSetup, int]:
    """The college's settings and their version."""
    entries = await store.load(stream_id("college", college))
    return COLLEGE.replay(entry.event for entry in entries), len(entries)  # pyright: ignore[reportArgumentType]  (the stream has its own events)
