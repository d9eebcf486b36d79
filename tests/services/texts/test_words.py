"""Single words, dates, numbers and lists."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from enum import Enum
from zoneinfo import ZoneInfo

import pytest

from domain.concepts.concept import Existing, Unknown
from domain.concepts.events import DecidedBy, ObjectionEffect, Outcome, Position
from domain.directory.events import OrganisationKind
from domain.kernel import Role
from domain.retention.case import STAGES as CASES
from domain.retention.classes import Erasing, Start
from domain.retention.events import ArchiveAnswer
from services.texts import day, moment, word
from services.texts.catalogue import words
from services.texts.words import all_of, number, one_of

BERLIN = ZoneInfo("Europe/Berlin")
FRIDAY = datetime(2026, 11, 27, 17, tzinfo=UTC)
STAGES = [stage.__name__.lower() for stage in (Unknown, *Existing.__args__)]
GROUPS = {
    "stages": STAGES,
    "roles": list(Role),
    "positions": list(Position),
    "outcomes": list(Outcome),
    "objection-effects": list(ObjectionEffect),
    "decided-by": list(DecidedBy),
    "organisation-kinds": list(OrganisationKind),
    "archive-answers": list(ArchiveAnswer),
    "retention-stages": [*CASES],
    "retention-starts": list(Start),
    "erasing": list(Erasing),
}


def test_every_code_word_has_its_words_and_no_other_has() -> None:
    assert {group: sorted(codes) for group, codes in words().words.items()} == {
        group: sorted(codes) for group, codes in GROUPS.items()
    }
    assert set(words().counted) == set(Position)


def test_a_code_word_in_two_groups_has_the_same_words() -> None:
    found: dict[str, object] = {}
    for group in words().words.values():
        for code, text in group.items():
            assert found.setdefault(code, text) == text


def test_a_code_word_is_shown_in_the_language() -> None:
    assert word("consulting", "de") == "in Abstimmung"
    assert word("consulting", "en") == "in consultation"
    assert word(Role.CASE_MANAGER, "de") == "Case Management"
    assert word(Position.AGREE_WITH_REMARKS, "de") == "Zustimmung mit Anmerkungen"


def test_what_is_no_code_word_is_shown_as_it_is() -> None:
    assert word("Salzkotten", "de") == "Salzkotten"


def test_a_moment_is_written_out_on_the_clock_of_the_zone() -> None:
    assert moment(FRIDAY, "de", BERLIN) == "Freitag, 27. November 2026, 18:00 Uhr"
    assert moment(FRIDAY, "en", BERLIN) == "Friday, 27 November 2026, 18:00"
    assert moment(FRIDAY, "de", UTC) == "Freitag, 27. November 2026, 17:00 Uhr"


def test_a_moment_near_midnight_lies_on_the_day_of_the_zone() -> None:
    late = datetime(2026, 7, 31, 22, 5, tzinfo=UTC)
    assert moment(late, "de", BERLIN) == "Samstag, 1. August 2026, 00:05 Uhr"


def test_a_moment_without_an_offset_is_of_the_zone() -> None:
    naive = datetime.fromisoformat("2026-11-27T18:00")
    assert moment(naive, "de", BERLIN) == "Freitag, 27. November 2026, 18:00 Uhr"


def test_a_day_is_written_with_its_weekday() -> None:
    assert day(date(2026, 3, 2), "de") == "Montag, 2. März 2026"
    assert day(date(2026, 3, 2), "en") == "Monday, 2 March 2026"


def test_thousands_are_set_apart() -> None:
    assert number(4711, "de") == "4\u202f711"
    assert number(1_048_576, "en") == "1,048,576"
    assert number(999, "de") == "999"


@pytest.mark.parametrize(
    ("parts", "german"),
    [([], ""), (["A"], "A"), (["A", "B"], "A und B"), (["A", "B", "C"], "A, B und C")],
)
def test_a_list_ends_with_a_conjunction(parts: list[str], german: str) -> None:
    assert all_of(parts, "de") == german
    assert one_of(parts, "de") == german.replace("und", "oder")


def code_words() -> Iterator[str]:
    for codes in GROUPS.values():
        yield from (code.value if isinstance(code, Enum) else code for code in codes)


def test_german_words_are_not_the_code_words() -> None:
    assert {word(code, "de") for code in code_words()}.isdisjoint(code_words())
