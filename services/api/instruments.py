"""Assessment instruments: registered, written version by version, approved by a second person."""

from http import HTTPStatus

from litestar import Controller, get, post, put
from litestar.di import NamedDependency
from litestar.params import JSONBody
from litestar.response import Response

from domain.assessments.commands import (
    ApproveVersion,
    DraftVersion,
    RegisterInstrument,
    RetireVersion,
    ReturnVersion,
    SubmitVersion,
    instrument_id,
)
from domain.assessments.decide_instrument import INSTRUMENT
from domain.assessments.errors_instrument import UnknownInstrument, UnknownVersion
from domain.assessments.instrument import Registered, Version
from services.api import bounds
from services.api.access import SignedIn
from services.api.assessment_access import READS_INSTRUMENTS, READS_SOLUTIONS, has_one_of
from services.api.assessment_bounds import InstrumentKey
from services.api.decisions import (
    Clerk,
    Decision,
    IdempotencyKey,
    IfMatch,
    decided,
    etag,
    version_of,
)
from services.api.instrument_views import (
    Approval,
    CutScoresView,
    DefinitionDraft,
    InstrumentSummary,
    InstrumentView,
    NewInstrument,
    VersionSummary,
    VersionView,
    cut_scores_view,
    definition_of,
    instrument_view,
    version_view,
)
from services.api.pages import Page, read_cursor, write_cursor
from services.api.problems import CHANGING, READING
from services.api.reading import Reader
from services.api.sections import Because
from services.catalogues.catalogue import catalogues
from services.eventstore.database import Pool
from services.eventstore.store import EventStore
from services.identity.authorisation import require

LISTED = """
    select instrument.*, array(
        select (version, state, digest) from instrument_version
        where instrument = instrument.key order by version
    ) as versions
    from instrument where key > $1 order by key limit $2
"""


class InstrumentController(Controller):
    """Tests of the C-test kind and others, with what their scores mean."""

    path = "/instruments"
    tags = ("Assessments",)

    @get("/", operation_id="listInstruments", responses=READING)
    async def list_instruments(
        self,
        request: SignedIn,
        pool: NamedDependency[Pool],
        reader: NamedDependency[Reader],
        clerk: NamedDependency[Clerk],
        cursor: bounds.Cursor = None,
        limit: bounds.Limit = bounds.PAGE,
        at_least: bounds.AtLeast = None,
    ) -> Page[InstrumentSummary]:
        """All instruments with their versions, by key."""
        require(request.user, READS_INSTRUMENTS, clerk.now())
        await reader.caught_up(at_least)
        rows = await pool.fetch(LISTED, read_cursor(cursor, str, ""), limit + 1)
        items = [
            InstrumentSummary(
                key=row["key"],
                title=row["title"],
                kind=row["kind"],
                versions=[
                    VersionSummary(number=number, state=state, digest=digest)
                    for number, state, digest in row["versions"]
                ],
                version=row["version"],
            )
            for row in rows[:limit]
        ]
        more = len(rows) > limit
        return Page(items=items, next=write_cursor(items[-1].key) if more else None)

    @post("/", operation_id="registerInstrument", responses=CHANGING)
    async def register_instrument(
        self,
        request: SignedIn,
        data: JSONBody[NewInstrument],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Register an instrument under a key, which is for ever."""
        command = RegisterInstrument(instrument=data.key, title=data.title, kind=data.kind)
        receipt = await clerk.decide(request, command, key=key)
        return decided(
            receipt, status=HTTPStatus.CREATED, location=f"/api/v1/instruments/{data.key}"
        )

    @get("/{instrument:str}", operation_id="readInstrument", responses=READING)
    async def read_instrument(
        self,
        request: SignedIn,
        instrument: InstrumentKey,
        store: NamedDependency[EventStore],
        clerk: NamedDependency[Clerk],
    ) -> Response[InstrumentView]:
        """One instrument with the state of its versions."""
        require(request.user, READS_INSTRUMENTS, clerk.now())
        found, version = await _instrument(store, instrument)
        return Response(instrument_view(found, version), headers={"ETag": etag(version)})

    @get("/{instrument:str}/versions/{number:int}", operation_id="readVersion", responses=READING)
    async def read_version(
        self,
        request: SignedIn,
        instrument: InstrumentKey,
        number: bounds.VersionNumber,
        store: NamedDependency[EventStore],
        clerk: NamedDependency[Clerk],
    ) -> Response[VersionView]:
        """One version: its definition and where it stands.

        Texts and solutions are for the coordination and the expert group. Its ETag is that of the
        instrument.
        """
        require(request.user, READS_INSTRUMENTS, clerk.now())
        found, version = await _instrument(store, instrument)
        with_solutions = has_one_of(request.user, READS_SOLUTIONS, clerk.now())
        view = version_view(
            instrument, number, _version(found, number), with_solutions=with_solutions
        )
        return Response(view, headers={"ETag": etag(version)})

    @put("/{instrument:str}/versions/{number:int}", operation_id="draftVersion", responses=CHANGING)
    async def draft_version(
        self,
        request: SignedIn,
        instrument: InstrumentKey,
        number: bounds.VersionNumber,
        data: JSONBody[DefinitionDraft],
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Write the next version, or write anew one that is still a draft.

        `If-Match` names the instrument's version that was seen.
        """
        command = DraftVersion(
            instrument=instrument, version=number, definition=definition_of(data)
        )
        receipt = await clerk.decide(request, command, expected_version=version_of(if_match))
        return decided(receipt)

    @post(
        "/{instrument:str}/versions/{number:int}/submission",
        operation_id="submitVersion",
        status_code=200,
        responses=CHANGING,
    )
    async def submit_version(
        self,
        request: SignedIn,
        instrument: InstrumentKey,
        number: bounds.VersionNumber,
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Submit a draft for the approval of a second person."""
        command = SubmitVersion(instrument=instrument, version=number)
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post(
        "/{instrument:str}/versions/{number:int}/return",
        operation_id="returnVersion",
        status_code=200,
        responses=CHANGING,
    )
    async def return_version(
        self,
        request: SignedIn,
        instrument: InstrumentKey,
        number: bounds.VersionNumber,
        data: JSONBody[Because],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Give a submitted version back to its author, with a reason."""
        command = ReturnVersion(instrument=instrument, version=number, reason=data.reason)
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post(
        "/{instrument:str}/versions/{number:int}/approval",
        operation_id="approveVersion",
        status_code=200,
        responses=CHANGING,
    )
    async def approve_version(
        self,
        request: SignedIn,
        instrument: InstrumentKey,
        number: bounds.VersionNumber,
        data: JSONBody[Approval],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Approve the version as it was shown; from then on it never changes. Not its author."""
        command = ApproveVersion(instrument=instrument, version=number, digest=data.digest)
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post(
        "/{instrument:str}/versions/{number:int}/retirement",
        operation_id="retireVersion",
        status_code=200,
        responses=CHANGING,
    )
    async def retire_version(
        self,
        request: SignedIn,
        instrument: InstrumentKey,
        number: bounds.VersionNumber,
        data: JSONBody[Because],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Retire a version: no new round uses it, those there are go on."""
        command = RetireVersion(instrument=instrument, version=number, reason=data.reason)
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @get(
        "/{instrument:str}/versions/{number:int}/cut-scores",
        operation_id="readCutScores",
        responses=READING,
    )
    async def read_cut_scores(
        self,
        request: SignedIn,
        instrument: InstrumentKey,
        number: bounds.VersionNumber,
        store: NamedDependency[EventStore],
        clerk: NamedDependency[Clerk],
    ) -> CutScoresView:
        """What scores mean: the cut scores with author, method, date, and the levels' CEFR URIs."""
        require(request.user, READS_INSTRUMENTS, clerk.now())
        found, _ = await _instrument(store, instrument)
        definition = _version(found, number).written.definition
        return cut_scores_view(instrument, number, definition, catalogues())


async def _instrument(store: EventStore, key: str) -> tuple[Registered, int]:
    """The instrument and the version of its record. Raises UnknownInstrument."""
    entries = await store.load(instrument_id(key))
    found = INSTRUMENT.replay(entry.event for entry in entries)  # pyright: ignore[reportArgumentType]  (the stream has its own events)
    if not isinstance(found, Registered):
        raise UnknownInstrument(key)
    return found, len(entries)


def _version(instrument: Registered, number: int) -> Version:
    if number not in instrument.versions:
        raise UnknownVersion(instrument.instrument, number)
    return instrument.versions[number]
