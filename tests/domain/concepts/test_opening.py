import msgspec

from domain.concepts.commands import DraftSection, OpenConcept, concept_id
from domain.concepts.errors import (
    AlreadyOpened,
    CountyIsNotEmployer,
    UnknownConcept,
    UnknownEdition,
)
from domain.concepts.framework import FrameworkEdition
from domain.directory.errors import UnknownMunicipality
from domain.directory.municipality import Municipality
from tests.domain.concepts.example import CONCEPT_ID, OPENED, SECTIONS, concept, published
from tests.domain.county import SALZKOTTEN

EDITION = FrameworkEdition(edition="2025", title="Rahmenkonzept 2025", sections=SECTIONS)
OPEN = OpenConcept(municipality="05774036", edition="2025")

concept = concept.knowing(edition=EDITION, municipality=SALZKOTTEN)


def test_a_concept_takes_its_sections_from_the_edition() -> None:
    concept.given().when(OPEN).then(OPENED)


def test_a_concept_of_the_next_edition_names_the_one_before() -> None:
    next_edition = msgspec.structs.replace(EDITION, edition="2027", replaces="2025")
    opening = OpenConcept(municipality="05774036", edition="2027")
    concept.given().knowing(edition=next_edition, predecessor=CONCEPT_ID).when(opening).then(
        msgspec.structs.replace(
            OPENED, concept=opening.subject, edition="2027", predecessor=CONCEPT_ID
        )
    )


def test_a_concept_needs_a_municipality_of_the_county() -> None:
    concept.given().knowing(municipality=Municipality()).when(OPEN).then_refused(
        UnknownMunicipality, municipality="05774036"
    )


def test_a_concept_needs_a_published_edition() -> None:
    concept.given().knowing(edition=FrameworkEdition()).when(OPEN).then_refused(
        UnknownEdition, edition="2025"
    )


def test_a_concept_is_only_for_a_municipality_whose_case_managers_the_county_employs() -> None:
    for employs in (False, None):
        other = msgspec.structs.replace(SALZKOTTEN, county_is_employer=employs)
        concept.given().knowing(municipality=other).when(OPEN).then_refused(
            CountyIsNotEmployer, municipality="05774036"
        )


def test_there_is_one_concept_for_each_municipality_and_edition() -> None:
    concept.given(OPENED).when(OPEN).then_refused(
        AlreadyOpened, municipality="05774036", edition="2025"
    )
    concept.given(*published()).when(OPEN).then_refused(AlreadyOpened)


def test_the_id_of_a_concept_follows_from_its_municipality_and_edition() -> None:
    assert OPEN.subject == concept_id("05774036", "2025") == CONCEPT_ID
    assert concept_id("05774036", "2027") != CONCEPT_ID
    assert concept_id("05774040", "2025") != CONCEPT_ID


def test_a_concept_that_was_never_opened_takes_no_other_command() -> None:
    draft = DraftSection(concept=CONCEPT_ID, section="situation", text="…", based_on=0)
    concept.given().when(draft).then_refused(UnknownConcept, concept=str(CONCEPT_ID))
