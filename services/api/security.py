"""The security log over HTTP, and the invitation that mails somebody their first link."""

from collections.abc import Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.openapi.spec import Example
from litestar.params import FromPath, QueryParameter
from litestar.response import Response

from domain.kernel import Erased
from services.api import bounds
from services.api.access import SignedIn
from services.api.decisions import Clerk, IdempotencyKey
from services.api.pages import Page, read_cursor, write_cursor
from services.api.problems import CHANGING, READING
from services.api.refusals import visitor_of
from services.eventstore.database import Pool
from services.eventstore.store import EventStore
from services.history import account_names
from services.identity.authorisation import (
    KEEPS_THE_DOOR,
    READS_SECURITY_LOG,
    require,
    require_may_invite,
)
from services.identity.entrance import Entrance
from services.identity.principal import grants_of, read_grants
from services.identity.recovery import Recovery
from services.identity.security_log import Happening, Noted, SecurityLog

About = Annotated[
    UUID | None,
    QueryParameter(required=False, description="What was noted about this account."),
]
OfKind = Annotated[
    Happening | None,
    QueryParameter(
        required=False,
        description="What happened.",
        examples=[Example(value="sign-in-failed")],
    ),
]


class SecurityEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What happened at the door. `account` is whom it is about; null if nobody is known by it.

    `by` is who did it: an account, or `console` for the command line; `name` and `by_name` are what
    these are called. `method` is how they signed in.
    `origin` is the network they came from, without the last part of their address.
    """

    id: int
    at: datetime
    happening: str
    account: UUID | None
    name: str | Erased
    by: str
    by_name: str | Erased
    method: str
    origin: str
    correlation: str


class InvitationSent(msgspec.Struct, frozen=True, kw_only=True):
    """A link is on its way by mail; it lets the person in once, until `expires_at`."""

    account: UUID
    expires_at: datetime


class SignedOut(msgspec.Struct, frozen=True, kw_only=True):
    """`ended` is how many sessions there were."""

    account: UUID
    ended: int


@get("/security-log", operation_id="readSecurityLog", tags=["Audit"], responses=READING)
async def read_security_log(
    request: SignedIn,
    security_log: NamedDependency[SecurityLog],
    pool: NamedDependency[Pool],
    store: NamedDependency[EventStore],
    clerk: NamedDependency[Clerk],
    account: About = None,
    happening: OfKind = None,
    cursor: bounds.Cursor = None,
    limit: bounds.Limit = bounds.PAGE,
) -> Page[SecurityEntry]:
    """What happened at the door, the latest first: who signed in or failed to, when, from where."""
    require(request.user, READS_SECURITY_LOG, clerk.now())
    noted = await security_log.read(
        before=read_cursor(cursor, int, bounds.LARGEST_POSITION),
        limit=limit + 1,
        account=account,
        happening=happening.value if happening else None,
    )
    items = await _named(pool, store, noted[:limit])
    more = len(noted) > limit
    return Page(items=items, next=write_cursor(items[-1].id) if more else None)


@post(
    "/accounts/{account:uuid}/invitation",
    operation_id="inviteAccount",
    tags=["Administration"],
    status_code=HTTPStatus.ACCEPTED,
    responses=CHANGING,
)
async def invite_account(
    request: SignedIn,
    account: FromPath[UUID],
    key: IdempotencyKey,
    pool: NamedDependency[Pool],
    recovery: NamedDependency[Recovery],
    clerk: NamedDependency[Clerk],
) -> Response[InvitationSent]:
    """Mail a person the link with which they sign in for the first time and choose a password.

    Administrators invite everybody; coordinators members of organisations who are nothing else.
    Sent again with the same key, nothing more is mailed.
    """
    held = await pool.fetchval(f"select {grants_of('$1::uuid')}", account)
    require_may_invite(request.user, read_grants(held), clerk.now())
    mailed = await recovery.invite(
        account, request.user.account, visitor_of(request), key=f"{request.user.account} {key}"
    )
    answer = InvitationSent(account=mailed.account, expires_at=mailed.expires_at.astimezone(UTC))
    return Response(answer, status_code=HTTPStatus.ACCEPTED)


@post(
    "/accounts/{account:uuid}/sessions/end",
    operation_id="endSessions",
    tags=["Administration"],
    status_code=HTTPStatus.OK,
    responses=CHANGING,
)
async def end_sessions(
    request: SignedIn,
    account: FromPath[UUID],
    entrance: NamedDependency[Entrance],
    clerk: NamedDependency[Clerk],
) -> SignedOut:
    """Sign a person out everywhere. Access tokens stay: they are revoked one by one."""
    require(request.user, KEEPS_THE_DOOR, clerk.now())
    visitor = visitor_of(request)
    ended = await entrance.sessions.end_all(account, visitor.at)
    await entrance.log.note(
        Happening.ALL_SESSIONS_ENDED, visitor, account=account, by=request.user.account
    )
    return SignedOut(account=account, ended=ended)


@post(
    "/accounts/{account:uuid}/second-factor/removal",
    operation_id="removeSecondFactor",
    tags=["Administration"],
    status_code=HTTPStatus.OK,
    responses=CHANGING,
)
async def remove_second_factor(
    request: SignedIn,
    account: FromPath[UUID],
    entrance: NamedDependency[Entrance],
    clerk: NamedDependency[Clerk],
) -> SignedOut:
    """For whoever lost app and recovery codes, and has shown in person who they are.

    They are signed out everywhere, and sign in with the password alone until they set up another.
    """
    require(request.user, KEEPS_THE_DOOR, clerk.now())
    visitor, by = visitor_of(request), request.user.account
    return SignedOut(
        account=account, ended=await entrance.remove_second_factor(account, visitor, by=by)
    )


async def _named(pool: Pool, store: EventStore, noted: Sequence[Noted]) -> list[SecurityEntry]:
    """The entries with what the people in them are called."""
    people = {str(entry.account) for entry in noted} | {entry.by for entry in noted}
    rows = await pool.fetch("select position from account where id::text = any($1)", sorted(people))
    names = await account_names(store, [row["position"] for row in rows])
    return [
        SecurityEntry(
            **msgspec.structs.asdict(entry),
            name=names.get(str(entry.account), ""),
            by_name=names.get(entry.by, ""),
        )
        for entry in noted
    ]
