"""Every fault has its sentence, and every sentence its fault."""

import re
import tomllib
from pathlib import Path

import pytest

from services.importers.faults import sentences
from services.texts.catalogue import InBoth

FOLDER = Path("services/results_files")
TEXTS: dict[str, dict[str, str]] = tomllib.loads((FOLDER / "faults.toml").read_text("utf-8"))
PLACEHOLDER = re.compile(r"\{(\w+)\}")


def test_each_code_that_is_used_has_a_sentence_and_no_sentence_is_left_over() -> None:
    modules = [path.read_text("utf-8") for path in FOLDER.glob("*.py")]
    used = {code for text in modules for code in re.findall(r'"(results\.[a-z-]+)"', text)}
    assert used == TEXTS.keys()
    assert sentences().keys() >= used


@pytest.mark.parametrize("code", TEXTS)
def test_both_languages_say_the_same_facts_and_what_to_do(code: str) -> None:
    sentence = InBoth(**TEXTS[code])
    assert set(PLACEHOLDER.findall(sentence.de)) == set(PLACEHOLDER.findall(sentence.en))
    assert "Bitte" in sentence.de or "bitte" in sentence.de or "bekommt" in sentence.de
    assert "lease" in sentence.en or "is marked so" in sentence.en
