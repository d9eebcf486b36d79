"""What the process of a session needs, fulfilled by the store and the desk."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from domain.calendar import Calendar
from domain.findings.commands_theme import NoteDiscussion, TakeBack
from domain.findings.decide_theme import THEME
from domain.findings.theme import OnAgenda
from domain.kernel import Command
from domain.steering.body_commands import body_id
from domain.steering.body_decide import BODY
from domain.steering.need_review import Open as OpenReview
from domain.steering.need_review_commands import NoteRejection
from domain.steering.need_review_decide import NEED_REVIEW
from domain.steering.need_review_proposal import PutForward
from domain.steering.resolution_commands import ShowProgress
from domain.steering.resolution_decide import RESOLUTION
from domain.steering.resolution_standing import is_to_show
from domain.steering.session import Cancelled, Held, Open, Released, Session, Unknown
from domain.steering.session_course import Course, course
from domain.steering.session_decide import SESSION
from domain.steering.session_events import SessionKind
from services.commissions import hand_in
from services.contexts.streams import Streams
from services.desk import Desk
from services.eventstore.store import EventStore
from services.steering_log import (
    proposals_put_to,
    resolutions_of,
    resolutions_of_session,
    themes_handed_to,
)
from workflows.commissions import Commission


class LoggedSessions:
    """Reads courses from the log and takes the process's commands through the same door."""

    def __init__(self, store: EventStore, desk: Desk, calendar: Calendar) -> None:
        self._store = store
        self._streams = Streams(store)
        self._desk = desk
        self._calendar = calendar

    async def course(self, session: UUID, at: datetime) -> tuple[Course, int]:
        # The head is read first: what comes after it is noted again, never missed.
        head = await self._store.head()
        state = await self._session(session)
        key = "" if isinstance(state, Unknown) else state.record.body
        body = await self._streams.state(BODY, body_id(key))
        today = at.astimezone(self._calendar.zone).date()
        return course(state, body, self._calendar, today), head

    async def to_show(self, session: UUID) -> Sequence[Command]:
        """While people meet, or before the first minutes if the meeting was recorded later."""
        state = await self._session(session)
        if not isinstance(state, Open | Held) or state.record.versions:
            return []
        if state.record.kind is SessionKind.CIRCULAR:
            return []
        shown: list[Command] = []
        for resolution in await resolutions_of(self._store, state.record.body):
            passed = await self._streams.state(RESOLUTION, resolution)
            if is_to_show(passed, session):
                shown.append(ShowProgress(resolution=resolution, session=session))
        return shown

    async def to_follow_up(self, session: UUID) -> Sequence[Command]:
        """Themes were discussed or go back to the coordination; proposals were turned down."""
        state = await self._session(session)
        if not isinstance(state, Released | Cancelled):
            return []
        return [*await self._of_themes(state, session), *await self._of_proposals(session)]

    async def _of_themes(self, state: Released | Cancelled, session: UUID) -> Sequence[Command]:
        resolutions = await resolutions_of_session(self._store, session)
        following: list[Command] = []
        for theme in await themes_handed_to(self._store, session):
            stage = await self._streams.state(THEME, theme)
            if not isinstance(stage, OnAgenda) or stage.session != session:
                continue
            put_off = _put_off(state, theme)
            if put_off:
                following.append(TakeBack(theme=theme, session=session, reason=put_off))
            elif any(theme in item.themes for item in state.record.items):
                of_theme = tuple(one.resolution for one in resolutions if theme in one.themes)
                following.append(NoteDiscussion(theme=theme, session=session, resolutions=of_theme))
        return following

    async def _of_proposals(self, session: UUID) -> Sequence[Command]:
        """Whether one was turned down is for the domain to say."""
        following: list[Command] = []
        for put in await proposals_put_to(self._store, session):
            review = await self._streams.state(NEED_REVIEW, put.review)
            if not isinstance(review, OpenReview):
                continue
            proposal = review.examined.proposals.get(put.proposal)
            if isinstance(proposal, PutForward) and proposal.session == session:
                following.append(NoteRejection(review=put.review, proposal=put.proposal))
        return following

    async def commission(self, commission: Commission) -> None:
        await hand_in(self._desk, commission)

    async def _session(self, session: UUID) -> Session:
        return await self._streams.state(SESSION, session)


def _put_off(state: Released | Cancelled, theme: UUID) -> str:
    """Why the theme did not come up: the session was cancelled, or each of its items deferred."""
    if isinstance(state, Cancelled):
        return state.reason
    record = state.record
    items = [item.item for item in record.items if theme in item.themes]
    if items and all(item in record.deferred for item in items):
        return record.deferred[items[0]]
    return ""
