"""Bodies: established, listed, and read as they were at any moment; the rules they go by."""

from http import HTTPStatus

from litestar import Controller, get, post, put
from litestar.di import NamedDependency
from litestar.params import JSONBody
from litestar.response import Response

from domain.steering.body_commands import (
    AdoptRules,
    AllowNaming,
    EstablishBody,
    RenameBody,
    WithdrawNaming,
)
from domain.steering.body_errors import NoRules
from services.api import bounds
from services.api.access import SignedIn
from services.api.body_bounds import BodyTitle, NewBody, NewRules, rules_of
from services.api.body_reading import BodyReader
from services.api.body_views import (
    BodySummary,
    BodyView,
    RulesEdition,
    body_view,
    edition_views,
    people_on,
)
from services.api.decisions import Clerk, Decision, IdempotencyKey, IfMatch, decided, etag
from services.api.languages import language_of, spoken
from services.api.pages import Page, read_cursor, write_cursor
from services.api.problems import CHANGING, READING, EdgeProblem
from services.api.reading import Reader
from services.api.replaying import moment_of, told
from services.api.session_bounds import BodyKey, OnDay
from services.eventstore.database import Pool
from services.history import HistoryEntry
from services.identity.authorisation import require_record_reader
from services.identity.body_readers import seats_of

LISTED = """
    select id, key, title, since, version, position, changed_at from body
    where key > $1 and ($2::text[] is null or exists (
        select from body_seat seat join body_appointment held using (body, seat)
        where seat.body = body.id and held.person = any($2)
            and seat.since <= $3 and (seat.until is null or seat.until >= $3)
            and held.since <= $3 and (held.until is null or held.until >= $3)
    ))
    order by key limit $4
"""


class BodyController(Controller):
    """The steering group and other bodies. Nothing of them is code."""

    path = "/bodies"
    tags = ("Steering",)

    @get("/", operation_id="listBodies", responses=READING)
    async def list_bodies(
        self,
        request: SignedIn,
        pool: NamedDependency[Pool],
        reader: NamedDependency[Reader],
        bodies: NamedDependency[BodyReader],
        clerk: NamedDependency[Clerk],
        cursor: bounds.Cursor = None,
        limit: bounds.Limit = bounds.PAGE,
        at_least: bounds.AtLeast = None,
    ) -> Page[BodySummary]:
        """All bodies by their keys. Members see those they sit on today."""
        seats = seats_of(request.user, clerk.now())
        await reader.caught_up(at_least)
        after = read_cursor(cursor, str, "")
        rows = await pool.fetch(LISTED, after, seats, bodies.today, limit + 1)
        items = [BodySummary(**row) for row in rows[:limit]]
        last = items[-1] if len(rows) > limit else None
        return Page(items=items, next=write_cursor(last.key) if last else None)

    @post("/", operation_id="establishBody", responses=CHANGING)
    async def establish_body(
        self,
        request: SignedIn,
        data: JSONBody[NewBody],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Establish a body: its seats and its rules come afterwards."""
        bounds.checked_day(data.since, pointer="/since")
        command = EstablishBody(body=data.key, title=data.title, since=data.since)
        receipt = await clerk.decide(request, command, key=key)
        location = f"/api/v1/bodies/{data.key}"
        return decided(receipt, status=HTTPStatus.CREATED, location=location)

    @get("/{body_key:str}", operation_id="readBody", responses=READING)
    async def read_body(
        self,
        request: SignedIn,
        body_key: BodyKey,
        reader: NamedDependency[Reader],
        bodies: NamedDependency[BodyReader],
        on: OnDay = None,
        position: bounds.Position = None,
        as_of: bounds.AsOf = None,
    ) -> Response[BodyView]:
        """One body: who sits where on a day, and which rules hold.

        As it is known now, or as it was known at a log position or a moment.
        """
        found = await bodies.body(request, body_key, moment_of(position, as_of))
        day = bounds.checked_day(on, parameter="on") or bodies.today
        people = await reader.people(people_on(found.state))
        language = language_of(request)
        view = body_view(found.state, found.entries, people, day, language)
        response = spoken(view, language)
        response.headers["ETag"] = etag(found.version)
        return response

    @put("/{body_key:str}/title", operation_id="renameBody", status_code=200, responses=CHANGING)
    async def rename_body(
        self,
        request: SignedIn,
        body_key: BodyKey,
        data: JSONBody[BodyTitle],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Give the body another name; its key stays."""
        command = RenameBody(body=body_key, title=data.title)
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @get("/{body_key:str}/rules", operation_id="readRules", responses=READING)
    async def read_rules(
        self,
        request: SignedIn,
        body_key: BodyKey,
        bodies: NamedDependency[BodyReader],
        on: OnDay = None,
    ) -> Response[RulesEdition]:
        """The edition of the rules that holds on a day."""
        found = await bodies.body(request, body_key)
        day = bounds.checked_day(on, parameter="on") or bodies.today
        held = found.state.rules_at(day)
        if held is None:
            facts = {"body": body_key, "day": day.isoformat()}
            raise EdgeProblem(HTTPStatus.NOT_FOUND, NoRules.code, facts=facts)
        language = language_of(request)
        editions = edition_views(found.state, found.entries, language)
        return spoken(editions[held.edition - 1], language)

    @post("/{body_key:str}/rules", operation_id="adoptRules", responses=CHANGING)
    async def adopt_rules(
        self,
        request: SignedIn,
        body_key: BodyKey,
        data: JSONBody[NewRules],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Adopt the next edition of the rules: it decides from its day on, and nothing earlier."""
        bounds.checked_day(data.valid_from, pointer="/valid_from")
        command = AdoptRules(
            body=body_key,
            valid_from=data.valid_from,
            rules=rules_of(data.rules),
            basis=data.basis,
            resolution=data.resolution,
        )
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post(
        "/{body_key:str}/naming-consent",
        operation_id="allowNaming",
        status_code=200,
        responses=CHANGING,
    )
    async def allow_naming(
        self,
        request: SignedIn,
        body_key: BodyKey,
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Agree to be named in public as sitting on the body: everybody for themselves."""
        return await clerk.answer(request, AllowNaming(body=body_key), key=key)

    @post(
        "/{body_key:str}/naming-consent/withdrawal",
        operation_id="withdrawNaming",
        status_code=200,
        responses=CHANGING,
    )
    async def withdraw_naming(
        self,
        request: SignedIn,
        body_key: BodyKey,
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """No longer agree to be named in public."""
        return await clerk.answer(request, WithdrawNaming(body=body_key), key=key)

    @get("/{body_key:str}/history", operation_id="readBodyHistory", responses=READING)
    async def read_history(
        self,
        request: SignedIn,
        body_key: BodyKey,
        reader: NamedDependency[Reader],
        bodies: NamedDependency[BodyReader],
        clerk: NamedDependency[Clerk],
        cursor: bounds.Cursor = None,
        limit: bounds.Limit = bounds.PAGE,
    ) -> Response[Page[HistoryEntry]]:
        """Everything that happened to the body, in order."""
        require_record_reader(request.user, clerk.now())
        found = await bodies.body(request, body_key)
        return await told(request, reader, found.entries, cursor, limit)
