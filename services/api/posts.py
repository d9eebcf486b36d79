"""Funded posts: listed, one of them with its history, and funded against filled over time."""

from datetime import date, timedelta
from http import HTTPStatus
from uuid import UUID
from zoneinfo import ZoneInfo

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Response

from domain.directory.municipality import normal_ags
from domain.posts.commands import EstablishPost
from domain.posts.decide import POST
from domain.posts.errors import UnknownPost
from domain.posts.post import Unknown
from domain.posts.staffing import by_month, groups_on, staffing_on
from services.api import bounds
from services.api.access import SignedIn
from services.api.decisions import Clerk, Decision, IdempotencyKey, decided, etag
from services.api.finding_views import MunicipalityOnly
from services.api.pages import Page, read_cursor, write_cursor
from services.api.post_bounds import From, PartOnly, PostDraft, Until, day_given, funding_of
from services.api.post_views import (
    PostHolder,
    PostSummary,
    PostView,
    StaffingView,
    post_view,
    staffing_view,
    summary_of,
)
from services.api.problems import CHANGING, READING
from services.api.reading import Reader
from services.api.replaying import moment_of, replayed, told
from services.eventstore.store import NOW, EventStore, Moment
from services.goals.counting import day_of
from services.history import HistoryEntry
from services.identity.authorisation import require_record_reader
from services.identity.post_readers import require_post_reader, sees_holders
from services.posts.reading import PostAt, posts_at
from services.settings import Settings

LOOKED_BACK, LOOKED_AHEAD = timedelta(days=305), timedelta(days=395)
LONGEST = timedelta(days=366 * 10)


class PostController(Controller):
    """The posts the programme funds: what is granted, and whether somebody works on it."""

    path = "/posts"
    tags = ("Posts",)

    @get("/", operation_id="listPosts", responses=READING)
    async def list_posts(
        self,
        request: SignedIn,
        store: NamedDependency[EventStore],
        settings: NamedDependency[Settings],
        clerk: NamedDependency[Clerk],
        part: PartOnly = None,
        municipality: MunicipalityOnly = None,
        cursor: bounds.Cursor = None,
        limit: bounds.Limit = bounds.PAGE,
        position: bounds.Position = None,
        as_of: bounds.AsOf = None,
    ) -> Page[PostSummary]:
        """All posts in the order they were established, as they stand today."""
        require_post_reader(request.user, clerk.now())
        after = read_cursor(cursor, int, 0)
        ags = normal_ags(municipality) if municipality else None
        moment = moment_of(position, as_of)
        day = await _day(moment, store, settings, clerk)
        left = [
            this
            for this in await posts_at(store, moment)
            if this.entries[0].position > after
            and part in (None, this.post.record.part)
            and ags in (None, this.post.record.municipality)
        ]
        items = [summary_of(this, day) for this in left[:limit]]
        last = left[limit - 1].entries[0].position if len(left) > limit else None
        return Page(items=items, next=write_cursor(last) if last else None)

    @post("/", operation_id="establishPost", responses=CHANGING)
    async def establish_post(
        self,
        request: SignedIn,
        data: JSONBody[PostDraft],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Enter a post, with its first period of funding if there is a notice already."""
        command = EstablishPost(
            key=data.key,
            part=data.part,
            employer=data.employer,
            share=data.share,
            effective_from=day_given(data.effective_from, "/effective_from"),
            municipality=normal_ags(data.municipality) if data.municipality else "",
            funding=funding_of(data.funding, "/funding") if data.funding else None,
            assumed=data.assumed,
        )
        receipt = await clerk.decide(request, command, key=key)
        location = f"/api/v1/posts/{command.subject}"
        return decided(receipt, status=HTTPStatus.CREATED, location=location)

    @get("/staffing", operation_id="readStaffing", responses=READING)
    async def read_staffing(
        self,
        request: SignedIn,
        store: NamedDependency[EventStore],
        settings: NamedDependency[Settings],
        clerk: NamedDependency[Clerk],
        first: From = None,
        last: Until = None,
        part: PartOnly = None,
        municipality: MunicipalityOnly = None,
        position: bounds.Position = None,
        as_of: bounds.AsOf = None,
    ) -> StaffingView:
        """How much is funded and how much of it is filled, now and month by month."""
        require_post_reader(request.user, clerk.now())
        moment = moment_of(position, as_of)
        today = await _day(moment, store, settings, clerk)
        begins = bounds.checked_day(first, parameter="first") or today - LOOKED_BACK
        ends = bounds.checked_day(last, parameter="last") or today + LOOKED_AHEAD
        ags = normal_ags(municipality) if municipality else None
        posts = [
            this.post
            for this in await posts_at(store, moment)
            if part in (None, this.post.record.part)
            and ags in (None, this.post.record.municipality)
        ]
        return staffing_view(
            staffing_on(posts, today),
            groups_on(posts, today),
            by_month(posts, begins, min(ends, begins + LONGEST), today),
            today,
        )

    @get("/{post_id:uuid}", operation_id="readPost", responses=READING)
    async def read_post(
        self,
        request: SignedIn,
        post_id: FromPath[UUID],
        store: NamedDependency[EventStore],
        settings: NamedDependency[Settings],
        reader: NamedDependency[Reader],
        clerk: NamedDependency[Clerk],
        position: bounds.Position = None,
        as_of: bounds.AsOf = None,
    ) -> Response[PostView]:
        """The post as it is, or as it was known at a log position or a moment."""
        now = clerk.now()
        require_post_reader(request.user, now)
        moment = moment_of(position, as_of)
        found = await replayed(store, POST, post_id, UnknownPost(str(post_id)), moment)
        assert not isinstance(found.state, Unknown), "what is unknown was refused"
        this = PostAt(post=found.state, entries=found.entries)
        # Of what was, nobody is named: they may have withdrawn their consent since.
        may_see = moment == NOW and sees_holders(request.user, now)
        holder = await _holder(this, reader) if may_see else None
        view = post_view(this, await _day(moment, store, settings, clerk), holder)
        return Response(view, headers={"ETag": etag(found.version)})

    @get("/{post_id:uuid}/history", operation_id="readPostHistory", responses=READING)
    async def read_history(
        self,
        request: SignedIn,
        post_id: FromPath[UUID],
        store: NamedDependency[EventStore],
        reader: NamedDependency[Reader],
        clerk: NamedDependency[Clerk],
        cursor: bounds.Cursor = None,
        limit: bounds.Limit = bounds.PAGE,
        position: bounds.Position = None,
        as_of: bounds.AsOf = None,
    ) -> Response[Page[HistoryEntry]]:
        """Everything that happened to the post up to a moment, in order."""
        require_record_reader(request.user, clerk.now())
        unknown = UnknownPost(str(post_id))
        found = await replayed(store, POST, post_id, unknown, moment_of(position, as_of))
        return await told(request, reader, found.entries, cursor, limit)


async def _holder(this: PostAt, reader: Reader) -> PostHolder | None:
    """Who works on it now, if they agreed to be named."""
    account = this.post.record.holder
    if not account:
        return None
    if not isinstance(account, str):
        return PostHolder(account=account, name=account)
    names = await reader.people([account])
    return PostHolder(account=account, name=names.get(account, account))


async def _day(moment: Moment, store: EventStore, settings: Settings, clerk: Clerk) -> date:
    """The day it is in the county, or was at the moment."""
    zone = ZoneInfo(settings.time_zone)
    if moment == NOW:
        return clerk.now().astimezone(zone).date()
    return await day_of(store, zone, moment)
