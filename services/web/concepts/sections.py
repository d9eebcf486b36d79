"""The editor of a section: written, saved, compared with what others saved; nothing is lost."""

from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.response import Redirect, Response

from services.api import bounds
from services.api.concept_views import ConceptView, SectionView
from services.api.sections import SectionVersion
from services.identity.areas import Area
from services.web.concepts.differences import differences
from services.web.concepts.people import hats_of, municipality_names, organisation_names
from services.web.concepts.stages import WRITING
from services.web.door import for_area
from services.web.forms import Wrong, form_of
from services.web.inside import After, Inside, Refusal, Visit
from services.web.rendering import Pages

CHANGED = "concept.section-changed"


class SectionPages(Controller):
    """One section of a concept."""

    path = "/konzepte/{concept_id:uuid}/abschnitte/{section:str}"
    opt = for_area(Area.CONCEPTS)

    @get("/")
    async def show_section(
        self,
        request: Visit,
        concept_id: FromPath[UUID],
        section: bounds.SectionKey,
        inside: NamedDependency[Inside],
        pages: NamedDependency[Pages],
        ab: After = None,
    ) -> Response[str]:
        """The text to write or to read. With `ab` it says that it was saved."""
        return await _show(request, inside, pages, concept_id, section, saved=ab is not None)

    @post("/")
    async def save_section(
        self,
        request: Visit,
        concept_id: FromPath[UUID],
        section: bounds.SectionKey,
        inside: NamedDependency[Inside],
        pages: NamedDependency[Pages],
    ) -> Response[Any]:
        """Save the text. If somebody else saved in between, both are shown side by side."""
        form = await form_of(request)
        text = form.text("text").replace("\r\n", "\n")
        path = f"/concepts/{concept_id}/sections/{section}"
        try:
            decision = await inside.decide(
                request, "PUT", path, {"text": text}, seen=form.seen or 0
            )
        except Refusal as refusal:
            wrong = Wrong.of(refusal)
            return await _show(
                request, inside, pages, concept_id, section, wrong=wrong, typed=text, seen=form.seen
            )
        goes_on = form.text("weiter")
        target = goes_on if goes_on.isascii() and goes_on else section
        page = f"/konzepte/{concept_id}/abschnitte/{target}"
        suffix = "" if goes_on else f"?ab={decision.position}"
        return Redirect(page + suffix, status_code=303)

    @get("/fassungen")
    async def compare_versions(
        self,
        request: Visit,
        concept_id: FromPath[UUID],
        section: bounds.SectionKey,
        inside: NamedDependency[Inside],
        pages: NamedDependency[Pages],
        alt: Annotated[int | None, QueryParameter(ge=0, required=False)] = None,
        neu: Annotated[int | None, QueryParameter(ge=1, required=False)] = None,
    ) -> Response[str]:
        """Two versions of the section against each other; the last two unless others are named."""
        concept = await inside.read(request, f"/concepts/{concept_id}", ConceptView)
        path = f"/concepts/{concept_id}/sections/{section}"
        versions = await inside.read(request, f"{path}/versions", list[SectionVersion])
        new = min(neu or len(versions), len(versions))
        old = min(new - 1 if alt is None else alt, len(versions)) if versions else 0
        return await pages.show(
            request,
            "concepts/versions.html",
            concept=concept,
            section=_section(concept, section),
            municipality=(await municipality_names(inside, request)).get(concept.municipality, ""),
            versions=versions,
            old=old,
            new=new,
            pieces=differences(
                versions[old - 1].text if old else "", versions[new - 1].text if new else ""
            ),
        )


async def _show(
    request: Visit,
    inside: Inside,
    pages: Pages,
    concept_id: UUID,
    key: str,
    *,
    saved: bool = False,
    wrong: Wrong | None = None,
    typed: str | None = None,
    seen: int | None = None,
) -> Response[str]:
    concept = await inside.read(request, f"/concepts/{concept_id}", ConceptView)
    # Asked for on its own, so that an unknown section is the API's to refuse.
    path = f"/concepts/{concept_id}/sections/{key}"
    section = await inside.read(request, path, SectionView)
    versions = await inside.read(request, f"{path}/versions", list[SectionVersion])
    is_conflict = wrong is not None and wrong.code == CHANGED
    based_on = versions[seen - 1].text if is_conflict and seen and seen <= len(versions) else ""
    keys = [one.key for one in concept.sections]
    at = keys.index(key)
    status = HTTPStatus(wrong.status) if wrong else HTTPStatus.OK
    return await pages.show(
        request,
        "concepts/section.html",
        status=HTTPStatus.CONFLICT if is_conflict else status,
        concept=concept,
        section=section,
        municipality=(await municipality_names(inside, request)).get(concept.municipality, ""),
        organisations=await organisation_names(inside, request),
        versions=versions,
        editable=concept.stage in WRITING and hats_of(request).may_write(concept.municipality),
        text=section.text if typed is None else typed,
        saved=saved,
        wrong=wrong,
        conflict=is_conflict,
        theirs=differences(based_on, section.text) if is_conflict else [],
        mine=differences(based_on, typed or "") if is_conflict else [],
        before=concept.sections[at - 1] if at else None,
        after=concept.sections[at + 1] if at + 1 < len(keys) else None,
        number=at + 1,
        objections=[one for one in concept.objections if one.section == key],
    )


def _section(concept: ConceptView, key: str) -> SectionView:
    return next(section for section in concept.sections if section.key == key)
