"""The table of OWASP ASVS: nothing is missing in it, and the tests it names are there."""

import re
from collections import Counter
from pathlib import Path

from tests.support.documents import DOCS

TESTS = Path(__file__).parents[1]
ROW = re.compile(r"\| (\d+\.\d+\.\d+) \| ([12]) \| ([a-z ]+) \| (.+) \| (.*) \|")
LEVELS = {"1": 70, "2": 183}
"""How many requirements version 5.0.0 has of each level."""


def rows() -> list[tuple[str, str, str, str, str]]:
    return ROW.findall((DOCS / "reference/asvs.md").read_text())


def test_each_requirement_of_both_levels_has_its_row_once() -> None:
    found = rows()
    assert Counter(level for _, level, *_ in found) == LEVELS
    assert len({number for number, *_ in found}) == len(found)
    assert {state for _, _, state, _, _ in found} <= {"met", "partly", "open", "not applicable"}


def test_the_sum_at_the_top_is_that_of_the_rows() -> None:
    counted = Counter(state for _, _, state, _, _ in rows())
    text = (DOCS / "reference/asvs.md").read_text()
    numbers = [int(number) for number in re.findall(r"\d+", text.split("\n\n")[2])]
    assert numbers == [
        sum(counted.values()),
        *(counted[state] for state in ("met", "partly", "open", "not applicable")),
    ]


def test_every_test_that_is_named_exists() -> None:
    there = {
        name
        for file in TESTS.rglob("test_*.py")
        for name in re.findall(r"def (test_\w+)\(", file.read_text())
    }
    named = {name for *_, tests in rows() for name in re.findall(r"`(test_\w+)`", tests)}
    assert len(named) > 100
    assert named <= there, sorted(named - there)
