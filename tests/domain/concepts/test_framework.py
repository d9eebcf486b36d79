from domain.concepts.commands import PublishEdition
from domain.concepts.errors import EditionAlreadyPublished, MalformedEdition
from domain.concepts.events import FrameworkEditionPublished, Section
from domain.concepts.framework import FRAMEWORK
from domain.kernel import Context
from tests.domain.county import ADA, MONDAY
from tests.support.scenario import Scenario

framework = Scenario(FRAMEWORK, Context(by=ADA, at=MONDAY))

SITUATION = Section(key="situation", title="Ausgangslage")
OUTLOOK = Section(key="outlook", title="Ausblick", required=False)

PUBLISHED = FrameworkEditionPublished(
    edition="2025", title="Rahmenkonzept 2025", sections=(SITUATION, OUTLOOK), replaces="2023"
)


def publish(
    edition: str = "2025",
    title: str = "Rahmenkonzept 2025",
    sections: tuple[Section, ...] = (SITUATION, OUTLOOK),
    replaces: str | None = "2023",
) -> PublishEdition:
    return PublishEdition(edition=edition, title=title, sections=sections, replaces=replaces)


def test_an_edition_is_published_with_its_sections_and_the_edition_it_replaces() -> None:
    framework.given().when(publish()).then(PUBLISHED)


def test_publishing_the_same_edition_again_adds_nothing() -> None:
    framework.given(PUBLISHED).when(publish()).then_nothing()


def test_a_published_edition_never_changes() -> None:
    for changed in (
        publish(title="Rahmenkonzept"),
        publish(sections=(SITUATION,)),
        publish(replaces=None),
    ):
        framework.given(PUBLISHED).when(changed).then_refused(
            EditionAlreadyPublished, edition="2025"
        )


def test_an_edition_has_sections() -> None:
    framework.given().when(publish(sections=())).then_refused(MalformedEdition, edition="2025")


def test_a_section_stands_once_in_an_edition() -> None:
    framework.given().when(publish(sections=(SITUATION, SITUATION))).then_refused(MalformedEdition)


def test_at_least_one_section_of_an_edition_is_required() -> None:
    framework.given().when(publish(sections=(OUTLOOK,))).then_refused(MalformedEdition)


def test_an_edition_does_not_replace_itself() -> None:
    framework.given().when(publish(replaces="2025")).then_refused(MalformedEdition)


def test_an_edition_has_a_name() -> None:
    framework.given().when(publish(edition="")).then_refused(MalformedEdition, edition="")


def test_every_edition_is_a_stream_of_its_own() -> None:
    assert publish("2025").subject == publish("2025", title="other").subject
    assert publish("2025").subject != publish("2027").subject
