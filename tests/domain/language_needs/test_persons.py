"""Nobody who learns is named in a report."""

import pytest

from domain.findings.clients import Sign
from domain.language_needs.persons import persons_in


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("Frau Yildiz braucht B1.", Sign.NAME),
        ("Name: Yusuf Demir, Lager", Sign.NAME),
        ("ein Kollege namens Yusuf aus dem Lager", Sign.NAME),
        ("one colleague named Yusuf", Sign.NAME),
        ("Nachname= Demir", Sign.NAME),
        ("geboren am 12.03.1998", Sign.BIRTH_DATE),
        ("ein 34-jähriger Syrer", Sign.AGE_AND_NATIONALITY),
        ("yusuf@betrieb.example", Sign.E_MAIL),
    ],
)
def test_what_says_something_about_one_person_is_found(text: str, sign: Sign) -> None:
    (place,) = persons_in(text)
    assert place.sign is sign
    assert 0 <= place.start < place.end <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Sechs Beschäftigte in der Lagerlogistik, Wechselschicht.",
        "Kurs ab 04.05.2026, dienstags und donnerstags von 14 bis 18 Uhr.",
        "Der Name der Maschine muss verstanden werden.",
        "Unser Azubi-Kurs heißt Deutsch am Arbeitsplatz.",
        "12 Auszubildende im 2. Lehrjahr, Niveau A2 bis B1",
    ],
)
def test_what_is_said_about_a_group_is_not(text: str) -> None:
    assert persons_in(text) == ()


def test_a_place_within_another_is_listed_once() -> None:
    (place,) = persons_in("Herr Yusuf Demir, 34 Jahre alt, Syrer")[:1]
    assert place.start == 0
    ends = [found.end for found in persons_in("Name: Demir Yusuf, 34 Jahre alt, und Frau Yildiz")]
    assert ends == sorted(set(ends))
