"""Where a proposal of a need review can be put forward, and which resolution took it up."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from domain.steering.agenda import ItemKind
from services.api.need_review_views import NeedReviewView
from services.api.resolution_views import ResolutionSummary, ResolutionView
from services.api.session_views import SessionView
from services.web.inside import Inside, Visit
from services.web.mandates.reader import Reader, read_if_shown

ALL = 200
NEW = "neu"
"""Chosen where the session is to get a new item with the wordings of the proposal."""


class SessionListed(msgspec.Struct, frozen=True, kw_only=True):
    """What the list of sessions says, as far as it is needed here."""

    id: UUID
    title: str
    stage: str
    starts_at: datetime


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """An item of a session, as `<session>/<item>`; a new one if `item` is empty."""

    value: str
    session: str
    at: datetime
    item: str


class Proposing(msgspec.Struct, frozen=True, kw_only=True):
    """What the proposals of a review are linked with.

    `titles` are those of the sessions they were put before; `taken_up` are the resolutions of the
    same item, by the number of the proposal.
    """

    places: Sequence[Place] = ()
    titles: Mapping[UUID, str] = {}
    taken_up: Mapping[int, Sequence[tuple[str, str]]] = {}


async def proposal_choices(
    request: Visit,
    inside: Inside,
    reader: Reader,
    review: NeedReviewView,
    resolutions: Sequence[ResolutionSummary],
) -> Proposing:
    """The choices are for the coordination, and only while they are needed."""
    titles = await _titles(request, inside, review)
    if not reader.coordinates or review.stage != "open":
        return Proposing(titles=titles)
    stages = {proposal.stage for proposal in review.proposals}
    return Proposing(
        titles=titles,
        places=await _places(request, inside) if "written" in stages else (),
        taken_up=await _taken_up(request, inside, review, resolutions),
    )


async def _titles(request: Visit, inside: Inside, review: NeedReviewView) -> Mapping[UUID, str]:
    found: dict[UUID, str] = {}
    for session in {one.session for one in review.proposals if one.session}:
        view = await read_if_shown(inside, request, f"/sessions/{session}", SessionView)
        if view is not None:
            found[session] = view.title
    return found


async def _places(request: Visit, inside: Inside) -> list[Place]:
    """New items where the agenda is not settled, and the proposals that are on one."""
    listed = inside.items(request, "/sessions", SessionListed, limit=ALL)
    to_come = [one async for one in listed if one.stage in {"scheduled", "frozen", "open"}]
    found: list[Place] = []
    for one in sorted(to_come, key=lambda session: session.starts_at):
        if one.stage == "scheduled":
            value = f"{one.id}/{NEW}"
            found.append(Place(value=value, session=one.title, at=one.starts_at, item=""))
        view = await inside.read(request, f"/sessions/{one.id}", SessionView)
        found += [
            Place(
                value=f"{one.id}/{item.item}",
                session=one.title,
                at=one.starts_at,
                item=item.title,
            )
            for item in view.items
            if item.kind is ItemKind.PROPOSAL
        ]
    return found


async def _taken_up(
    request: Visit,
    inside: Inside,
    review: NeedReviewView,
    resolutions: Sequence[ResolutionSummary],
) -> Mapping[int, Sequence[tuple[str, str]]]:
    """For each proposal before the body the resolutions on its item."""
    found: dict[int, list[tuple[str, str]]] = {}
    for proposal in review.proposals:
        if proposal.stage != "put-forward":
            continue
        found[proposal.number] = []
        for one in resolutions:
            if one.session != proposal.session:
                continue
            view = await inside.read(request, f"/resolutions/{one.id}", ResolutionView)
            if view.item == proposal.item:
                found[proposal.number].append((str(one.id), one.title))
    return found
