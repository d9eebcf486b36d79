import re
from pathlib import Path
from typing import Any, get_args

import pytest

import services.ledger
from services.ledger.findings import told
from services.ledger.verifier import Finding
from services.texts import Language

FACTS: dict[str, Any] = {
    "size": 5,
    "source": "kept.txt",
    "found": 3,
    "stated": 4,
    "before": 1,
    "key": "k",
    "name": "n",
    "tile": "0/1",
    "command": "c",
}


def codes() -> set[str]:
    """Every code that some finding is raised with."""
    folder = Path(services.ledger.__file__).parent
    text = "".join(file.read_text("utf-8") for file in folder.glob("*.py"))
    return set(re.findall(r'Finding\(\s*"(\w+)"', text))


@pytest.mark.parametrize("code", sorted(codes()))
def test_every_finding_is_told_in_both_languages_with_its_position(code: str) -> None:
    sentences = {told(Finding(code, 17, **FACTS), language) for language in get_args(Language)}
    assert len(sentences) == 2
    assert all(sentence.endswith(": 17.") for sentence in sentences)


def test_a_range_is_told_if_the_position_is_not_known_more_closely() -> None:
    finding = Finding("root", 17, 40, size=40, source="checkpoint")
    assert told(finding, "en").endswith("The first bad position is between 17 and 40.")
    assert told(finding, "de").endswith("Die erste falsche Position liegt zwischen 17 und 40.")
