"""How an error about a finding or a theme names texts, and places in them."""

import pytest

from domain.findings.checking import check_text
from domain.findings.errors import LooksLikeAClient
from domain.findings.errors_theme import AlreadyEnded, ResolutionMissing
from domain.findings.events_theme import ThemeOutcome
from services.texts import Language, problem
from services.texts.findings import part, places

TEXT = "Erreichbar unter 05251 308-4610, geboren am 03.05.1999."


def test_what_was_found_is_named_with_its_characters_counted_from_one() -> None:
    with pytest.raises(LooksLikeAClient) as refusal:
        check_text(TEXT, part="description")
    german, english = _details(refusal.value)
    assert (
        "Gefunden wurde in einer Angabe (Beschreibung): Telefonnummer (Zeichen 18 bis 31)"
        " und Geburtsdatum (Zeichen 34 bis 54)." in german
    )
    assert (
        "This was found in a text (description): telephone number (characters 18 to 31)"
        " and date of birth (characters 34 to 54)." in english
    )
    assert TEXT[17:31] == "05251 308-4610"


def test_what_stands_at_the_place_is_not_repeated() -> None:
    with pytest.raises(LooksLikeAClient) as refusal:
        check_text(TEXT, part="description")
    for detail in _details(refusal.value):
        assert "308" not in detail
        assert "1999" not in detail


@pytest.mark.parametrize(
    ("name", "german", "english"),
    [
        ("reason", "Begründung", "reason"),
        ("title", "Titel", "title"),
        ("lage", "Abschnitt „lage“", "section “lage”"),
        ("lage/heading", "Überschrift des Abschnitts „lage“", "heading of the section “lage”"),
        ("section", "Abschnitt „section“", "section “section”"),
        ("open", "Abschnitt „open“", "section “open”"),
    ],
)
def test_a_text_is_named_by_what_it_is_and_a_section_by_its_key(
    name: str, german: str, english: str
) -> None:
    assert (part(name, "de"), part(name, "en")) == (german, english)


@pytest.mark.parametrize("language", ["de", "en"])
def test_what_lists_no_places_stays_as_it_is(language: Language) -> None:
    assert places("Muster", language) == "Muster"


def test_the_stage_and_the_outcome_of_a_theme_are_said_in_words() -> None:
    ended = AlreadyEnded("merged")
    assert "es ist: mit einem anderen Thema zusammengeführt." in _details(ended)[0]
    missing = ResolutionMissing(ThemeOutcome.REPORTED)
    assert "Mit dem Ergebnis „dem Ministerium gemeldet“" in _details(missing)[0]


def _details(error: LooksLikeAClient | AlreadyEnded | ResolutionMissing) -> list[str]:
    return [problem(error.code, language, error.facts).detail for language in ("de", "en")]
