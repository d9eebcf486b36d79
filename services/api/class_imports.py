"""Classes and learners from a file of the college: whole or not at all; the key is not kept."""

import asyncio
from collections.abc import Sequence
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import post
from litestar.di import NamedDependency
from litestar.openapi.spec import Example
from litestar.params import HeaderParameter, QueryParameter
from litestar.response import Response

from domain.assessments.commands_class import AdoptPseudonymKey
from domain.assessments.errors import UnknownMapping
from services.api import bounds
from services.api.access import SignedIn
from services.api.class_access import own_college
from services.api.class_views import MOST_LEARNERS, OfCollege, YearOf
from services.api.colleges import setup_of
from services.api.decisions import Clerk, IdempotencyKey
from services.api.faults import Fault
from services.api.languages import language_of, spoken
from services.api.problems import CHANGING, EdgeProblem
from services.api.uploads import (
    LARGEST_LIST,
    LIST_TYPES,
    TakesList,
    refuse_faults,
    uploaded,
)
from services.class_lists import ClassLists, Planned, Refusal
from services.eventstore.store import EventStore
from services.importers.enrolments import Upload
from services.importers.importing import Format, import_classes
from services.privacy.pseudonyms import KeyMalformed, PseudonymKey
from services.texts import Language, problem
from services.texts.outcomes import outcome

FileFormat = Annotated[
    Format | None,
    QueryParameter(
        name="format", required=False, description="Recognised by the content if it is left out."
    ),
]
MappingNamed = Annotated[
    str | None,
    QueryParameter(
        pattern=bounds.KEY, required=False, description="The saved mapping to read a list by."
    ),
]
DryRun = Annotated[bool, QueryParameter(description="Only say what would be recorded.")]
ByOwnId = Annotated[
    bool,
    QueryParameter(description="Make pseudonyms from the college's own ids, not from names."),
]
SizeOf = Annotated[
    int | None,
    QueryParameter(
        ge=1,
        le=MOST_LEARNERS,
        required=False,
        description="The size of new classes of which the file names no learners.",
    ),
]
KeyHeader = Annotated[
    str | None,
    HeaderParameter(
        name="Pseudonym-Key",
        max_length=200,
        required=False,
        description="The college's key (32 bytes, hexadecimal or base64), used for this request"
        " and never kept. The first one is adopted by its fingerprint. Without it, learners who"
        " are named are not read.",
        examples=[Example(value="0f" * 32)],
    ),
]


class ImportedClassView(msgspec.Struct, frozen=True, kw_only=True):
    """A class of the file. `is_new`: not registered before. `joining` counts new learners."""

    id: UUID
    name: str
    programme: str
    trade: str
    is_new: bool
    learners: int
    joining: int


class ClassImport(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a file. `recorded` is false if all was so, or for a dry run."""

    recorded: bool
    message: str
    position: int
    classes: list[ImportedClassView]


@post(
    "/classes/import",
    operation_id="registerClasses",
    tags=["Assessments"],
    status_code=200,
    request_max_body_size=None,
    operation_class=TakesList,
    responses=CHANGING,
)
async def import_class_list(
    request: SignedIn,
    key: IdempotencyKey,
    school_year: YearOf,
    store: NamedDependency[EventStore],
    class_lists: NamedDependency[ClassLists],
    clerk: NamedDependency[Clerk],
    *,
    format_: FileFormat = None,
    mapping: MappingNamed = None,
    college: OfCollege = None,
    size: SizeOf = None,
    dry_run: DryRun = False,
    by_own_id: ByOwnId = False,
    pseudonym_key: KeyHeader = None,
) -> Response[ClassImport]:
    """Register the classes of a file and let its learners join: all of it or nothing.

    XLSX, ODS, CSV, SchILD, SVWS or OneRoster. Passwords and names are dropped as they are read.
    The same file again changes nothing.
    """
    own = own_college(request, clerk.now(), college)
    setup, _ = await setup_of(store, own)
    if mapping is not None and mapping not in setup.mappings:
        raise UnknownMapping(mapping)
    secret = _key(pseudonym_key, setup.fingerprint)
    upload = Upload(
        stream=await uploaded(request, limit=LARGEST_LIST, types=LIST_TYPES),
        file="",
        school_year=school_year,
        key=secret,
        mapping=setup.mappings[mapping] if mapping else {},
        by_own_id=by_own_id,
    )
    imported = await asyncio.to_thread(import_classes, upload, format_)
    refuse_faults(request, imported.faults)
    language = language_of(request)
    async with class_lists.turn(own):
        planned = await class_lists.plan(
            request.user, own, school_year, imported.classes, size=size, at=clerk.now()
        )
        if planned.refusals:
            raise _refused(planned.refusals, language)
        position = 0 if dry_run else await _recorded(request, clerk, planned, own, secret, key)
    return spoken(_answer(planned, position, language, dry_run=dry_run), language)


async def _recorded(
    request: SignedIn,
    clerk: Clerk,
    planned: Planned,
    college: str,
    secret: PseudonymKey | None,
    key: str,
) -> int:
    """The log position of the last of it. The first key a college uses is adopted."""
    if secret is not None:
        adopting = AdoptPseudonymKey(college=college, fingerprint=secret.fingerprint)
        await clerk.decide(request, adopting)
    position = 0
    for step, command in planned.commands():
        receipt = await clerk.decide(request, command, key=f"{key}/{step}")
        position = max(position, receipt.last)
    return position


def _key(text: str | None, fingerprint: str) -> PseudonymKey | None:
    """The key of the header. Raises EdgeProblem if it is none, or not the college's."""
    if not text:
        return None
    try:
        key = PseudonymKey.read(text)
    except KeyMalformed:
        # Without what led to it: that would have the key in it.
        raise EdgeProblem(HTTPStatus.BAD_REQUEST, "file.key-malformed") from None
    if fingerprint and key.fingerprint != fingerprint:
        raise EdgeProblem(HTTPStatus.CONFLICT, "file.other-key")
    return key


def _refused(refusals: Sequence[Refusal], language: Language) -> EdgeProblem:
    """Each class that cannot be taken in, by its name, and why."""
    return EdgeProblem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "file.faulty",
        facts={"count": len(refusals)},
        errors=tuple(
            Fault(
                detail=problem(one.error.code, language, one.error.facts).detail,
                code=one.error.code,
                value=one.name,
            )
            for one in refusals
        ),
    )


def _answer(planned: Planned, position: int, language: Language, *, dry_run: bool) -> ClassImport:
    registered = sum(one.register is not None for one in planned.classes)
    joining = sum(len(one.joining) for one in planned.classes)
    is_so = not registered and not joining
    code = (
        "classes.nothing-to-change"
        if is_so
        else "classes.would-be-recorded"
        if dry_run
        else "classes.recorded"
    )
    return ClassImport(
        recorded=not dry_run and not is_so,
        message=outcome(code, language, registered=registered, joining=joining),
        position=position,
        classes=[
            ImportedClassView(
                id=one.id,
                name=one.imported.name,
                programme=one.programme,
                trade=one.trade,
                is_new=one.register is not None,
                learners=len(one.imported.learners),
                joining=len(one.joining),
            )
            for one in planned.classes
        ],
    )
