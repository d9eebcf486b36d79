"""The steps of a session from its opening on, and its minutes to take along."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, QueryParameter
from litestar.response import Redirect, Response

from services.identity.areas import Area
from services.papers.pdf import PDF
from services.papers.word import WORD
from services.web.door import for_area
from services.web.forms import Form, Wrong, form_of
from services.web.inside import Inside, Refusal, Visit
from services.web.meetings.steps import STEPS, Step, mark_of
from services.web.papers import paper
from services.web.rendering import Pages
from services.web.sessions.addresses import ONE, to_session
from services.web.sessions.session import show_session

AREA = for_area(Area.STEERING)

MinutesVersion = Annotated[int | None, QueryParameter(name="fassung", ge=1, required=False)]


@post(f"{ONE}/verlauf/{{name:str}}", opt=AREA)
async def take_step(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    session_id: FromPath[UUID],
    name: FromPath[str],
) -> Response[str] | Redirect:
    """Open or close the session, record who is there, what was said, how was voted."""
    step = STEPS.get(name)
    if step is None:
        raise NotFoundException
    form = await form_of(request)
    path = f"/sessions/{session_id}/{_filled(step.path, form)}"
    try:
        decision = await inside.decide(
            request, step.method, path, step.body(form), key=form.key, seen=form.seen
        )
    except Refusal as refusal:
        wrong = _beside_its_field(Wrong.of(refusal), step, form)
        at = f"verlauf/{name}/{mark_of(form)}"
        return await show_session(
            request, inside, pages, session_id, form=form, wrong=wrong, step=at
        )
    return to_session(session_id, decision.position, _filled(step.part, form))


@get(f"{ONE}/protokoll.pdf", opt=AREA, media_type=PDF)
async def read_minutes(
    request: Visit,
    inside: NamedDependency[Inside],
    session_id: FromPath[UUID],
    fassung: MinutesVersion = None,
) -> Response[bytes]:
    """The minutes as PDF/A: the latest version, or the one asked for."""
    path = f"/sessions/{session_id}/minutes.pdf"
    return await paper(request, inside, path, PDF, version=fassung)


@get(f"{ONE}/protokoll.docx", opt=AREA, media_type=WORD)
async def read_minutes_document(
    request: Visit,
    inside: NamedDependency[Inside],
    session_id: FromPath[UUID],
    fassung: MinutesVersion = None,
) -> Response[bytes]:
    """The same to go on writing in."""
    path = f"/sessions/{session_id}/minutes.docx"
    return await paper(request, inside, path, WORD, version=fassung)


def _filled(template: str, form: Form) -> str:
    """With what the form says of itself; a number or id that is none leads nowhere."""
    return template.format(
        item=_id(form.text("item")),
        number=form.number("number") or 0,
        nr=form.number("nr") or 0,
        mark=mark_of(form),
    )


def _id(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        return str(UUID(int=0))


def _beside_its_field(wrong: Wrong, step: Step, form: Form) -> Wrong:
    """Fields as they are called on the page, where there may be several of the same name."""
    fields = {
        _filled(step.fields.get(name, name), form): said for name, said in wrong.fields.items()
    }
    return msgspec.structs.replace(wrong, fields=fields)


MEETING_PAGES: Sequence[Any] = (take_step, read_minutes, read_minutes_document)
