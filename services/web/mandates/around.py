"""What a resolution is linked with: its session, themes, and what it caused, for who reads it."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import msgspec

from domain.steering.mandate import (
    AdoptionMandate,
    DissolutionMandate,
    GroupMandate,
    ReviewMandate,
    RevocationMandate,
)
from services.api.concept_views import ConceptView
from services.api.group_views import WorkingGroupView
from services.api.need_review_views import NeedReviewView
from services.api.resolution_views import ResolutionSummary, ResolutionView
from services.api.session_views import SessionView
from services.api.theme_views import ThemeView
from services.web.administration.answers import municipality_names
from services.web.inside import Inside, Visit
from services.web.mandates.kinds import IN_FORCE, REVOCATION
from services.web.mandates.reader import Reader, read_if_shown
from services.web.steering.reporting import fields_of

ALL = 200


class Around(msgspec.Struct, frozen=True, kw_only=True):
    """None is what is not there, or not for this person.

    `revoking` are resolutions that may put an end to this one, `others` what resolutions are
    called that it revokes or that revoke it, `sessions` those that were shown it, `fields` what
    the fields of a need review are called.
    `vote_stands`: the vote that passed it was not annulled.
    """

    session: SessionView | None = None
    vote_stands: bool = True
    themes: Mapping[UUID, str] = {}
    group: WorkingGroupView | None = None
    review: NeedReviewView | None = None
    concept: str | None = None
    others: Mapping[UUID, str] = {}
    fields: Mapping[str, str] = {}
    revoking: Sequence[tuple[str, str]] = ()
    sessions: Mapping[UUID, SessionView] = {}


async def around(
    request: Visit,
    inside: Inside,
    reader: Reader,
    resolution: ResolutionView,
    recorded: int | None,
) -> Around:
    """Only what this person may read."""
    session = await _session(request, inside, resolution.session)
    is_in_force = resolution.standing in IN_FORCE
    return Around(
        session=session,
        vote_stands=session is None or resolution.number in {v.number for v in session.votes},
        themes=await _themes(request, inside, resolution),
        group=await _group(request, inside, resolution),
        review=await _review(request, inside, resolution),
        concept=await _concept(request, inside, resolution),
        others=await _others(request, inside, resolution),
        fields=await fields_of(inside, request)
        if reader.reads_trace and isinstance(resolution.mandate, ReviewMandate)
        else {},
        revoking=await _revoking(request, inside, resolution, recorded)
        if reader.coordinates and is_in_force
        else (),
        sessions=await _shown_to(request, inside, resolution),
    )


async def _session(request: Visit, inside: Inside, session: UUID) -> SessionView | None:
    return await read_if_shown(inside, request, f"/sessions/{session}", SessionView)


async def _shown_to(
    request: Visit, inside: Inside, resolution: ResolutionView
) -> Mapping[UUID, SessionView]:
    found: dict[UUID, SessionView] = {}
    for session in {one.session for one in resolution.shown}:
        view = await _session(request, inside, session)
        if view is not None:
            found[session] = view
    return found


async def _themes(request: Visit, inside: Inside, resolution: ResolutionView) -> Mapping[UUID, str]:
    found: dict[UUID, str] = {}
    for theme in resolution.themes:
        view = await read_if_shown(inside, request, f"/themes/{theme}", ThemeView)
        if view is not None:
            found[theme] = view.title
    return found


async def _group(
    request: Visit, inside: Inside, resolution: ResolutionView
) -> WorkingGroupView | None:
    """The one it establishes or dissolves."""
    match resolution.mandate:
        case GroupMandate():
            group = resolution.leads_to
        case DissolutionMandate(group=group):
            pass
        case _:
            return None
    return await read_if_shown(inside, request, f"/working-groups/{group}", WorkingGroupView)


async def _review(
    request: Visit, inside: Inside, resolution: ResolutionView
) -> NeedReviewView | None:
    if not isinstance(resolution.mandate, ReviewMandate):
        return None
    path = f"/need-reviews/{resolution.leads_to}"
    return await read_if_shown(inside, request, path, NeedReviewView)


async def _concept(request: Visit, inside: Inside, resolution: ResolutionView) -> str | None:
    """Whose concept it is, and of which edition."""
    if not isinstance(resolution.mandate, AdoptionMandate):
        return None
    path = f"/concepts/{resolution.mandate.concept}"
    concept = await read_if_shown(inside, request, path, ConceptView)
    if concept is None:
        return None
    names = await municipality_names(inside, request)
    return f"{names.get(concept.municipality, concept.municipality)} {concept.edition}"


async def _others(request: Visit, inside: Inside, resolution: ResolutionView) -> Mapping[UUID, str]:
    mandate = resolution.mandate
    revoked = mandate.resolution if isinstance(mandate, RevocationMandate) else None
    found: dict[UUID, str] = {}
    for other in filter(None, (revoked, resolution.revoking)):
        view = await read_if_shown(inside, request, f"/resolutions/{other}", ResolutionView)
        if view is not None:
            found[other] = view.title
    return found


async def _revoking(
    request: Visit, inside: Inside, resolution: ResolutionView, recorded: int | None
) -> Sequence[tuple[str, str]]:
    """Later ones of the same body that put an end to another: which, the API looks up."""
    listed = inside.items(
        request,
        "/resolutions",
        ResolutionSummary,
        body=resolution.body,
        limit=ALL,
        at_least=recorded,
    )
    return [
        (str(one.id), one.title)
        async for one in listed
        if one.kind == REVOCATION
        and one.standing in IN_FORCE
        and (one.decided_at, one.number) > (resolution.decided_at, resolution.number)
    ]
