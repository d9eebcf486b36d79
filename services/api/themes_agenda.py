"""What becomes of a theme: handed over, discussed, decided about, closed, merged, opened again."""

from uuid import UUID

from litestar import Controller, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Response

from domain.findings.commands_theme import (
    AttachResolution,
    CloseTheme,
    HandOver,
    MergeTheme,
    NoteDiscussion,
    ReopenTheme,
    TakeBack,
)
from services.api.access import SignedIn
from services.api.decisions import Clerk, Decision, IdempotencyKey, IfMatch, decided
from services.api.findings_texts import TEXT_HANDLERS
from services.api.problems import CHANGING
from services.api.sections import Because
from services.api.theme_requests import (
    ThemeClosing,
    ThemeDiscussion,
    ThemeHandover,
    ThemeMerging,
    ThemeResolution,
    ThemeReturn,
)


class ThemeAgendaController(Controller):
    """A theme before the bodies that decide, and its end."""

    path = "/themes/{theme_id:uuid}"
    tags = ("Steering",)
    exception_handlers = TEXT_HANDLERS

    @post("/agenda", operation_id="handOverTheme", status_code=200, responses=CHANGING)
    async def hand_over(
        self,
        request: SignedIn,
        theme_id: FromPath[UUID],
        data: JSONBody[ThemeHandover],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Hand the theme over to a session, with its summary and at least five cases."""
        command = HandOver(theme=theme_id, session=data.session)
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post("/taking-back", operation_id="takeThemeBack", status_code=200, responses=CHANGING)
    async def take_back(
        self,
        request: SignedIn,
        theme_id: FromPath[UUID],
        data: JSONBody[ThemeReturn],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Take the theme back from the agenda of a session, with the reason."""
        command = TakeBack(theme=theme_id, session=data.session, reason=data.reason)
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post("/discussions", operation_id="noteDiscussion", status_code=200, responses=CHANGING)
    async def note_discussion(
        self,
        request: SignedIn,
        theme_id: FromPath[UUID],
        data: JSONBody[ThemeDiscussion],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Note that the session spoke about the theme. The process of the session does so too."""
        command = NoteDiscussion(theme=theme_id, session=data.session, resolutions=data.resolutions)
        return decided(await clerk.decide(request, command, key=key))

    @post("/resolutions", operation_id="attachResolution", status_code=200, responses=CHANGING)
    async def attach_resolution(
        self,
        request: SignedIn,
        theme_id: FromPath[UUID],
        data: JSONBody[ThemeResolution],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Attach a resolution about the theme that was taken later, or by circulation."""
        command = AttachResolution(theme=theme_id, resolution=data.resolution)
        return decided(await clerk.decide(request, command, key=key))

    @post("/closing", operation_id="closeTheme", status_code=200, responses=CHANGING)
    async def close_theme(
        self,
        request: SignedIn,
        theme_id: FromPath[UUID],
        data: JSONBody[ThemeClosing],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Close the theme with what became of it."""
        command = CloseTheme(theme=theme_id, outcome=data.outcome, text=data.text)
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post("/merging", operation_id="mergeTheme", status_code=200, responses=CHANGING)
    async def merge_theme(
        self,
        request: SignedIn,
        theme_id: FromPath[UUID],
        data: JSONBody[ThemeMerging],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Let another theme go on with this one and its findings."""
        command = MergeTheme(theme=theme_id, into=data.into, reason=data.reason)
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post("/reopening", operation_id="reopenTheme", status_code=200, responses=CHANGING)
    async def reopen_theme(
        self,
        request: SignedIn,
        theme_id: FromPath[UUID],
        data: JSONBody[Because],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Go on with a theme that was closed, or undo its merging."""
        command = ReopenTheme(theme=theme_id, reason=data.reason)
        return await clerk.answer(request, command, key=key, if_match=if_match)
