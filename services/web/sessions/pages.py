"""The pages of the sessions up to their opening, put together."""

from collections.abc import Sequence
from typing import Any

from services.web.sessions import items, papers, planning, scheduling, session, sessions

SESSION_PAGES: Sequence[Any] = (
    sessions.list_sessions,
    scheduling.offer_session,
    scheduling.schedule,
    session.open_page,
    planning.take_step,
    items.offer_item,
    items.propose,
    items.show_item,
    items.offer_revision,
    items.revise,
    items.take_step,
    papers.take_agenda,
    papers.take_agenda_document,
)
