"""Agenda and minutes of a session on paper, as PDF/A and as Office Open XML."""

from http import HTTPStatus
from uuid import UUID

import msgspec
from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Response

from services.api.access import SignedIn
from services.api.agenda_views import agenda_view
from services.api.minutes_views import minutes_view, people_in_minutes
from services.api.papers import as_document, as_pdf, head_of
from services.api.problems import READING, EdgeProblem
from services.api.reading import Reader
from services.api.session_bounds import WhichVersion
from services.api.session_reading import SessionAt, SessionReader
from services.eventstore.database import Pool
from services.papers.agenda import agenda_paper
from services.papers.minutes import minutes_paper
from services.papers.paper import Paper
from services.papers.pdf import PDF
from services.papers.word import WORD
from services.settings import Settings
from services.texts import Names
from services.texts.seats import seat_names


class SessionPaperController(Controller):
    """What members are sent. The agenda as it is, the minutes in the version asked for."""

    path = "/sessions/{session:uuid}"
    tags = ("Steering",)

    @get("/agenda.pdf", operation_id="exportAgenda", media_type=PDF, responses=READING)
    async def export_agenda(
        self,
        request: SignedIn,
        session: FromPath[UUID],
        reader: NamedDependency[Reader],
        session_reader: NamedDependency[SessionReader],
        settings: NamedDependency[Settings],
        pool: NamedDependency[Pool],
    ) -> Response[bytes]:
        """The agenda as PDF/A."""
        paper = await _agenda(request, session, reader, session_reader, settings, pool)
        return await as_pdf(paper)

    @get("/agenda.docx", operation_id="exportAgendaDocument", media_type=WORD, responses=READING)
    async def export_agenda_document(
        self,
        request: SignedIn,
        session: FromPath[UUID],
        reader: NamedDependency[Reader],
        session_reader: NamedDependency[SessionReader],
        settings: NamedDependency[Settings],
        pool: NamedDependency[Pool],
    ) -> Response[bytes]:
        """The agenda as a document to go on writing in (DOCX)."""
        paper = await _agenda(request, session, reader, session_reader, settings, pool)
        return await as_document(paper)

    @get("/minutes.pdf", operation_id="exportMinutes", media_type=PDF, responses=READING)
    async def export_minutes(
        self,
        request: SignedIn,
        session: FromPath[UUID],
        reader: NamedDependency[Reader],
        session_reader: NamedDependency[SessionReader],
        settings: NamedDependency[Settings],
        pool: NamedDependency[Pool],
        version: WhichVersion = None,
    ) -> Response[bytes]:
        """The minutes as PDF/A: a draft says that it is one."""
        paper = await _minutes(request, session, version, reader, session_reader, settings, pool)
        return await as_pdf(paper)

    @get("/minutes.docx", operation_id="exportMinutesDocument", media_type=WORD, responses=READING)
    async def export_minutes_document(
        self,
        request: SignedIn,
        session: FromPath[UUID],
        reader: NamedDependency[Reader],
        session_reader: NamedDependency[SessionReader],
        settings: NamedDependency[Settings],
        pool: NamedDependency[Pool],
        version: WhichVersion = None,
    ) -> Response[bytes]:
        """The minutes as a document to go on writing in (DOCX): a draft says that it is one."""
        paper = await _minutes(request, session, version, reader, session_reader, settings, pool)
        return await as_document(paper)


async def _agenda(
    request: SignedIn,
    session: UUID,
    reader: Reader,
    session_reader: SessionReader,
    settings: Settings,
    pool: Pool,
) -> Paper:
    at = await session_reader.session(request, session)
    head = await head_of(request, await _names(at, reader), settings, pool)
    return agenda_paper(agenda_view(at), head)


async def _minutes(
    request: SignedIn,
    session: UUID,
    version: int | None,
    reader: Reader,
    session_reader: SessionReader,
    settings: Settings,
    pool: Pool,
) -> Paper:
    at = await session_reader.session(request, session)
    head = await head_of(request, await _names(at, reader), settings, pool)
    view = minutes_view(at.found.entries, version, head.names.accounts)
    if view is None:
        raise EdgeProblem(HTTPStatus.NOT_FOUND, "session.unknown-minutes")
    return minutes_paper(view, at.body.title, head)


async def _names(at: SessionAt, reader: Reader) -> Names:
    """Those of the seats, and of everybody in the minutes too."""
    people = await reader.people(people_in_minutes(at.found.entries))
    names = await reader.names(())
    held = {seat.seat: seat.organisation for seat in at.body.seats.values()}
    seats = seat_names(held, names.organisations)
    return msgspec.structs.replace(names, accounts=people, seats=seats)
