"""The page of one concept: where it stands, what comes next and who does it, what it says."""

from uuid import UUID

import msgspec
from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Response

from services.api.concept_views import ConceptView, RoundView
from services.identity.areas import Area
from services.web.concepts.people import hats_of, municipality_names, organisation_names
from services.web.concepts.stages import STEP_OF, STEPS, further_actions, main_action
from services.web.door import for_area
from services.web.inside import After, Inside, Refusal, Visit
from services.web.rendering import Pages


class RoundSeen(msgspec.Struct, frozen=True, kw_only=True):
    """A round as far as the person may see it."""

    number: int
    view: RoundView


@get("/konzepte/{concept_id:uuid}", opt=for_area(Area.CONCEPTS))
async def show_concept(
    request: Visit,
    concept_id: FromPath[UUID],
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    ab: After = None,  # noqa: ARG001 (a concept is read from the log itself: it is never behind)
) -> Response[str]:
    """The concept as it is."""
    concept = await inside.read(request, f"/concepts/{concept_id}", ConceptView)
    hats = hats_of(request)
    return await pages.show(
        request,
        "concepts/concept.html",
        concept=concept,
        hats=hats,
        municipality=(await municipality_names(inside, request)).get(
            concept.municipality, concept.municipality
        ),
        organisations=await organisation_names(inside, request),
        rounds=await _rounds(request, inside, concept),
        main=main_action(concept, hats),
        further=further_actions(concept, hats),
        steps=STEPS,
        step=STEP_OF[concept.stage],
        objected={objection.section for objection in concept.objections},
        written=sum(bool(section.text.strip()) for section in concept.sections),
    )


async def _rounds(request: Visit, inside: Inside, concept: ConceptView) -> list[RoundSeen]:
    """The latest first. A round the person may not see is left out."""
    found: list[RoundSeen] = []
    for number in range(concept.rounds, 0, -1):
        path = f"/concepts/{concept.id}/consultations/{number}"
        try:
            view = await inside.read(request, path, RoundView)
        except Refusal:
            continue
        if view.invitations:
            found.append(RoundSeen(number=number, view=view))
    return found
