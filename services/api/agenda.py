"""The agenda of a session: items proposed, revised, withdrawn and ordered, until it is settled."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID, uuid5

import msgspec
from litestar import Controller, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Response

from domain.kernel import NAMESPACE
from domain.steering.agenda import AgendaItem, Alternative, ItemKind
from domain.steering.agenda_errors import UnknownItem
from domain.steering.session_commands import (
    FreezeAgenda,
    OrderAgenda,
    ProposeItem,
    ReopenAgenda,
    ReviseItem,
    WithdrawItem,
)
from services.api import bounds
from services.api.access import SignedIn
from services.api.agenda_views import AgendaView, ItemView, agenda_view, item_views
from services.api.decisions import Clerk, Decision, IdempotencyKey, IfMatch, decided, etag
from services.api.problems import CHANGING, READING
from services.api.replaying import moment_of
from services.api.sections import Because
from services.api.session_bounds import (
    MOST_ALTERNATIVES,
    MOST_ITEMS,
    MOST_THEMES,
    ItemText,
    Title,
)
from services.api.session_reading import SessionReader

Ids = Annotated[tuple[UUID, ...], msgspec.Meta(max_length=MOST_THEMES)]


class WordingDraft(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One wording of a proposal, under a short key."""

    key: bounds.Key
    text: ItemText


class ItemDraft(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An item as it is to be. Only a proposal has alternatives, and each of them a text.

    `themes` it comes from, with enough cases behind them; `about` are ids of what else it is
    about, such as resolutions whose progress a follow-up shows.
    """

    kind: ItemKind
    title: Title
    text: ItemText = ""
    themes: Ids = ()
    about: Ids = ()
    alternatives: Annotated[
        tuple[WordingDraft, ...], msgspec.Meta(max_length=MOST_ALTERNATIVES)
    ] = ()


class AgendaOrder(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Every item once."""

    items: Annotated[tuple[UUID, ...], msgspec.Meta(max_length=MOST_ITEMS)]


class AgendaController(Controller):
    """What the body is to deal with."""

    path = "/sessions/{session:uuid}"
    tags = ("Steering",)

    @get("/agenda", operation_id="readAgenda", responses=READING)
    async def read_agenda(
        self,
        request: SignedIn,
        session: FromPath[UUID],
        session_reader: NamedDependency[SessionReader],
        position: bounds.Position = None,
        as_of: bounds.AsOf = None,
    ) -> Response[AgendaView]:
        """The agenda as it is, or as it was at a log position or a moment."""
        at = await session_reader.session(request, session, moment_of(position, as_of))
        view = agenda_view(at)
        return Response(view, headers={"ETag": etag(at.found.version)})

    @post("/items", operation_id="proposeItem", responses=CHANGING)
    async def propose_item(
        self,
        request: SignedIn,
        session: FromPath[UUID],
        data: JSONBody[ItemDraft],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Propose an item for the agenda. Sent again with the same key, it is the same item."""
        item = uuid5(NAMESPACE, f"item/{request.user.account}/{key}")
        command = ProposeItem(session=session, item=_item(item, data))
        receipt = await clerk.decide(request, command, key=key)
        location = f"/api/v1/sessions/{session}/items/{item}"
        return decided(receipt, status=HTTPStatus.CREATED, location=location)

    @get("/items/{item:uuid}", operation_id="readItem", responses=READING)
    async def read_item(
        self,
        request: SignedIn,
        session: FromPath[UUID],
        item: FromPath[UUID],
        session_reader: NamedDependency[SessionReader],
    ) -> Response[ItemView]:
        """One item as it is. Its digest is what a ballot in writing is to."""
        at = await session_reader.session(request, session)
        for view in item_views(at):
            if view.item == item:
                return Response(view, headers={"ETag": etag(at.found.version)})
        raise UnknownItem(str(item))

    @put("/items/{item:uuid}", operation_id="reviseItem", status_code=200, responses=CHANGING)
    async def revise_item(
        self,
        request: SignedIn,
        session: FromPath[UUID],
        item: FromPath[UUID],
        data: JSONBody[ItemDraft],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Put an item in other words: the coordination any, a member the ones they proposed."""
        command = ReviseItem(session=session, item=_item(item, data))
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post(
        "/items/{item:uuid}/withdrawal",
        operation_id="withdrawItem",
        status_code=200,
        responses=CHANGING,
    )
    async def withdraw_item(
        self,
        request: SignedIn,
        session: FromPath[UUID],
        item: FromPath[UUID],
        data: JSONBody[Because],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Take an item off the agenda, with a reason."""
        command = WithdrawItem(session=session, item=item, reason=data.reason)
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @put("/agenda/order", operation_id="orderAgenda", status_code=200, responses=CHANGING)
    async def order_agenda(
        self,
        request: SignedIn,
        session: FromPath[UUID],
        data: JSONBody[AgendaOrder],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Put the items in the order in which they are taken."""
        command = OrderAgenda(session=session, items=data.items)
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post("/agenda/freezing", operation_id="freezeAgenda", status_code=200, responses=CHANGING)
    async def freeze_agenda(
        self,
        request: SignedIn,
        session: FromPath[UUID],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Settle the agenda: every item is whole, and its themes have enough cases."""
        return await clerk.answer(
            request, FreezeAgenda(session=session), key=key, if_match=if_match
        )

    @post("/agenda/reopening", operation_id="reopenAgenda", status_code=200, responses=CHANGING)
    async def reopen_agenda(
        self,
        request: SignedIn,
        session: FromPath[UUID],
        data: JSONBody[Because],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Open the settled agenda again, with a reason: until people meet."""
        command = ReopenAgenda(session=session, reason=data.reason)
        return await clerk.answer(request, command, key=key, if_match=if_match)


def alternative_of(draft: WordingDraft) -> Alternative:
    return Alternative(key=draft.key, text=draft.text)


def _item(item: UUID, draft: ItemDraft) -> AgendaItem:
    return AgendaItem(
        item=item,
        kind=draft.kind,
        title=draft.title,
        text=draft.text,
        themes=draft.themes,
        about=draft.about,
        alternatives=tuple(alternative_of(one) for one in draft.alternatives),
    )
