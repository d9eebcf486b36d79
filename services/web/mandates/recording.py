"""Recording what a vote resolved: choose the vote, then the kind of mandate, then say the rest."""

from typing import Annotated, TypeAlias
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import QueryParameter
from litestar.response import Redirect, Response

from domain.steering.minutes import Decided
from services.api.agenda_views import ItemView, VoteView
from services.api.resolution_views import ResolutionSummary
from services.api.session_views import SessionView
from services.api.tasks import Task, TaskKind
from services.identity.areas import Area
from services.web.administration.answers import organisation_names
from services.web.door import for_area
from services.web.forms import Form, Wrong, form_of
from services.web.inside import Inside, Refusal, Visit
from services.web.mandates.addresses import NEW, resolution_at
from services.web.mandates.kinds import (
    KINDS,
    WITHOUT_OWNER,
    Choices,
    choices_for,
    mandate_in,
)
from services.web.mandates.reader import read_if_shown, reader_of, require_coordinator
from services.web.mandates.wrong import wrong_of
from services.web.rendering import Pages
from services.web.steering.reporting import fields_of

AREA = for_area(Area.STEERING)
ALL = 200

OfSession: TypeAlias = Annotated[UUID | None, QueryParameter(name="sitzung", required=False)]
OfVote: TypeAlias = Annotated[
    int | None, QueryParameter(name="abstimmung", ge=1, le=10_000, required=False)
]
OfKind: TypeAlias = Annotated[str | None, QueryParameter(name="art", max_length=64, required=False)]


class Adopted(msgspec.Struct, frozen=True, kw_only=True):
    """A vote that the body adopted, on this item of this session."""

    session: SessionView
    vote: VoteView
    item: ItemView


@get(NEW, opt=AREA)
async def offer_recording(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    sitzung: OfSession = None,
    abstimmung: OfVote = None,
    art: OfKind = None,
) -> Response[str] | Redirect:
    """What is still to choose, or the form. A resolution that is recorded has its own page."""
    require_coordinator(request)
    sessions = [sitzung] if sitzung else await _sessions_waiting(request, inside)
    adopted: list[Adopted] = []
    for session in sessions:
        for one in await _adopted_by(request, inside, session):
            recorded = await _recorded(request, inside, one)
            if recorded and one.vote.number == abstimmung:
                return Redirect(resolution_at(recorded), status_code=303)
            if not recorded:
                adopted.append(one)
    chosen = [one for one in adopted if sitzung and one.vote.number == abstimmung]
    if not chosen:
        return await pages.show(request, "mandates/choose_vote.html", adopted=adopted)
    [one] = chosen
    if art not in KINDS:
        return await pages.show(request, "mandates/choose_kind.html", one=one, kinds=KINDS)
    return await _show_form(request, inside, pages, one, art, Form({}, {}), None)


@post(NEW, opt=AREA)
async def record(
    request: Visit, inside: NamedDependency[Inside], pages: NamedDependency[Pages]
) -> Response[str] | Redirect:
    """Record it with its mandate, who sees to it, and until when."""
    require_coordinator(request)
    form = await form_of(request)
    kind, number = form.text("art"), form.number("abstimmung")
    body = {
        "session": form.text("sitzung"),
        "number": number,
        "mandate": mandate_in(form, kind),
        "owner": form.text("owner") or None,
        "due": form.text("due") or None,
        "reference": form.text("reference"),
    }
    try:
        decision = await inside.decide(request, "POST", "/resolutions", body, key=form.key)
    except Refusal as refusal:
        found = await _adopted_by(request, inside, form.text("sitzung"))
        chosen = [one for one in found if one.vote.number == number]
        if not chosen or kind not in KINDS:
            raise
        return await _show_form(request, inside, pages, chosen[0], kind, form, wrong_of(refusal))
    return Redirect(f"{resolution_at(decision.id)}?ab={decision.position}", status_code=303)


async def _sessions_waiting(request: Visit, inside: Inside) -> list[str]:
    """Those held that adopted what is not recorded yet: the task of the coordination."""
    tasks = await inside.read(request, "/tasks", list[Task])
    return [str(task.target) for task in tasks if task.kind is TaskKind.RECORD_RESOLUTIONS]


async def _adopted_by(request: Visit, inside: Inside, session: UUID | str) -> list[Adopted]:
    """What the session adopted with a quorum; nothing if it is not for this person."""
    view = await read_if_shown(inside, request, f"/sessions/{session}", SessionView)
    if view is None:
        return []
    items = {item.item: item for item in view.items}
    return [
        Adopted(session=view, vote=vote, item=items[vote.item])
        for vote in view.votes
        if vote.decided is Decided.ADOPTED and vote.is_quorate and vote.item in items
    ]


async def _recorded(request: Visit, inside: Inside, one: Adopted) -> UUID | None:
    """The resolution of this vote, if there is one."""
    listed = inside.items(
        request, "/resolutions", ResolutionSummary, session=one.session.id, limit=ALL
    )
    found = {resolution.number: resolution.id async for resolution in listed}
    return found.get(one.vote.number)


async def _show_form(
    request: Visit,
    inside: Inside,
    pages: Pages,
    one: Adopted,
    kind: str,
    form: Form,
    wrong: Wrong | None,
) -> Response[str]:
    choices = await choices_for(request, inside, kind, one.session.body, one.vote.at)
    return await pages.show(
        request,
        "mandates/record.html",
        status=wrong.status if wrong else 200,
        one=one,
        kind=kind,
        has_owner=kind not in WITHOUT_OWNER,
        choices=choices,
        about=_about(one, choices),
        organisations=await organisation_names(inside, request),
        own=reader_of(request).organisation,
        fields=await fields_of(inside, request),
        form=form,
        wrong=wrong,
    )


def _about(one: Adopted, choices: Choices) -> str:
    """What the item of the agenda is about already, if it can be chosen."""
    offered = {key for key, _ in (*choices.concepts, *choices.groups, *choices.resolutions)}
    return next((str(thing) for thing in one.item.about if str(thing) in offered), "")
