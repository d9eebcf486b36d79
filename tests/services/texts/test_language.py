import pytest

from services.texts import Language, preferred_language


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("de", "de"),
        ("en", "en"),
        ("de-DE,de;q=0.9,en;q=0.8", "de"),
        ("en-GB, en;q=0.9, de;q=0.8", "en"),
        ("de;q=0.3, en;q=0.7", "en"),
        ("fr-FR, fr;q=0.9, en;q=0.1", "en"),
        ("EN-us", "en"),
        ("de-DE;q=0.2, de;q=0.9, en;q=0.5", "de"),
        ("en ; q=0.5 , de;q=0.4", "en"),
    ],
)
def test_the_language_with_the_highest_weight_is_taken(accepted: str, language: Language) -> None:
    assert preferred_language(accepted) == language


def test_among_equals_the_one_named_first_is_taken() -> None:
    assert preferred_language("en, de") == "en"
    assert preferred_language("de, en") == "de"


def test_a_star_stands_for_every_language_not_named() -> None:
    assert preferred_language("*") == "de"
    assert preferred_language("fr, *;q=0.1") == "de"
    assert preferred_language("en;q=0.5, *") == "de"
    assert preferred_language("de;q=0, *") == "en"


def test_a_weight_of_zero_means_not_this_language() -> None:
    assert preferred_language("de;q=0, en;q=0.001") == "en"
    assert preferred_language("en;q=0, de") == "de"


@pytest.mark.parametrize(
    "accepted", ["", ",", "fr", "en;q=0", "de;q=0", "en;q=2", "en;q=x", ";q=1", "en_GB", "😀"]
)
def test_german_is_taken_if_nothing_else_is_asked_for(accepted: str) -> None:
    assert preferred_language(accepted) == "de"


def test_a_malformed_range_does_not_spoil_the_others() -> None:
    assert preferred_language("de;q=high, en;q=0.2") == "en"
