"""The concept on paper: a page to print, and the same text as PDF/A."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from uuid import UUID

from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Response

from services.api.concept_views import ConceptView
from services.calendar import HolidayCalendar
from services.identity.areas import Area
from services.settings import Settings
from services.texts import word
from services.texts.language import Language
from services.texts.words import day, moment, number
from services.web.concepts.people import municipality_names
from services.web.documents.typesetting import typeset
from services.web.door import for_area
from services.web.inside import Inside, Visit
from services.web.language import language_of
from services.web.rendering import Pages
from services.web.texts import say

ADOPTED = frozenset({"adopted", "published", "superseded"})


class PrintPages(Controller):
    """A concept to hand round."""

    path = "/konzepte/{concept_id:uuid}"
    opt = for_area(Area.CONCEPTS)

    @get("/druck")
    async def show_print(
        self,
        request: Visit,
        concept_id: FromPath[UUID],
        inside: NamedDependency[Inside],
        pages: NamedDependency[Pages],
        settings: NamedDependency[Settings],
    ) -> Response[str]:
        """The whole text on one page, with what it rests on."""
        concept, name = await _read(request, concept_id, inside)
        return await pages.show(
            request,
            "concepts/print.html",
            concept=concept,
            municipality=name,
            facts=_facts(concept, language_of(request), settings),
        )

    @get("/konzept.pdf", media_type="application/pdf")
    async def read_pdf(
        self,
        request: Visit,
        concept_id: FromPath[UUID],
        inside: NamedDependency[Inside],
        settings: NamedDependency[Settings],
    ) -> Response[bytes]:
        """The same as PDF/A. Its language is that of the page, its text that of the concept."""
        concept, name = await _read(request, concept_id, inside)
        language = language_of(request)
        # The county's name is that of the frame, which every page has been given.
        county = request.scope["state"]["frame"].county
        content = await typeset("concept.typ", _data(concept, name, county, language, settings))
        return Response(
            content,
            status_code=HTTPStatus.OK,
            media_type="application/pdf",
            headers={
                "Content-Disposition": f'inline; filename="konzept-{concept.municipality}.pdf"',
                "Cache-Control": "private, no-store",
            },
        )


async def _read(request: Visit, concept_id: UUID, inside: Inside) -> tuple[ConceptView, str]:
    concept = await inside.read(request, f"/concepts/{concept_id}", ConceptView)
    names = await municipality_names(inside, request)
    return concept, names.get(concept.municipality, concept.municipality)


def _data(
    concept: ConceptView, name: str, county: str, language: Language, settings: Settings
) -> Mapping[str, object]:
    digest = concept.adoption.digest if concept.adoption else concept.digest
    at = concept.adoption.adopted_at if concept.adoption else concept.changed_at
    return {
        "language": language,
        "at": [at.year, at.month, at.day],
        "title": say("concepts.print.headline", language, {"name": name}),
        "county": county,
        "draft": ""
        if concept.stage in ADOPTED
        else say("concepts.print.draft", language, {"stage": concept.stage}),
        "facts": [*_facts(concept, language, settings)],
        "contents": say("concepts.print.contents", language, {}),
        "page": say("concepts.print.page", language, {}),
        "of": say("concepts.print.of", language, {}),
        "sections": [
            {"title": section.title, "paragraphs": section.text.split("\n")}
            for section in concept.sections
            if section.text.strip()
        ],
        "proof": say("concepts.print.proof", language, {}),
        "proof_text": say("concepts.print.proof_text", language, {}),
        "digest": digest,
    }


def _facts(
    concept: ConceptView, language: Language, settings: Settings
) -> Sequence[tuple[str, str]]:
    """What the text rests on: its edition, its adoption, its place in the log."""
    zone = HolidayCalendar(settings.holidays, settings.time_zone).zone
    edition = say("concepts.print.edition_value", language, {"edition": concept.edition})
    facts = [("edition", edition), ("stage", word(concept.stage, language))]
    position = concept.position
    if concept.adoption:
        position = concept.adoption.position
        facts.append(("adopted", moment(concept.adoption.adopted_at, language, zone)))
        if concept.adoption.resolution:
            facts.append(("resolution", concept.adoption.resolution))
    if concept.valid_from:
        facts.append(("valid", day(concept.valid_from, language)))
    if concept.review_at:
        facts.append(("review", day(concept.review_at.astimezone(zone).date(), language)))
    facts.append(("position", number(position, language)))
    return [(say(f"concepts.print.{key}", language, {}), value) for key, value in facts]
