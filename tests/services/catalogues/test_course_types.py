"""The catalogue of course types: dated, with its sources, and whole."""

from datetime import date

from domain.course_offers.course_type import Grantor, Status
from domain.course_offers.levels import Level
from services.catalogues.course_types import course_types
from services.importers.mapping import plain

BEFORE, SINCE = date(2024, 12, 31), date(2025, 1, 1)
FIELDS = {"from", "to", "units", "participants", "grantors", "offered"}


def test_since_2025_many_courses_are_not_held_any_more() -> None:
    known = course_types()
    ended = {each.key for each in known.types_on(BEFORE)} - {
        each.key for each in known.types_on(SINCE)
    }
    assert ended == {
        *("bsk-a2", "bsk-b1", "bsk-c1", "bsk-c2"),
        *("bsk-retail", "bsk-trades", "bsk-practice"),
    }


def test_a_course_begins_from_three_seven_or_fifteen_participants_and_has_at_most_25() -> None:
    types = course_types().types
    assert {key: types[key].least_participants for key in ("job-bsk", "azubi-bsk", "bsk-b2")} == {
        "job-bsk": 3,
        "azubi-bsk": 7,
        "bsk-b2": 15,
    }
    assert types["employees-bsk"].least_participants == 7
    assert {each.most_participants for each in types.values()} <= {25, None}


def test_who_decides_follows_from_what_the_learner_is() -> None:
    types = course_types().types
    assert types["bsk-b2"].grantors_of(Status.EMPLOYED) == (Grantor.BAMF,)
    assert types["bsk-b2"].grantors_of(Status.PROSPECTIVE) == (Grantor.AGENTUR, Grantor.JOBCENTER)
    assert types["azubi-bsk"].grantors_of(Status.APPRENTICE) == (Grantor.BAMF,)
    assert types["azubi-bsk"].grantors_of(Status.EMPLOYED) == ()


def test_a_type_suits_a_level_from_which_it_leads_on() -> None:
    types = course_types().types
    assert types["bsk-b2"].suits(Level.B1, Level.C1)
    assert not types["bsk-b2"].suits(Level.A2, Level.B2)
    assert types["job-bsk"].suits(Level.A2, Level.B2)
    assert not types["job-bsk"].suits(Level.A1, Level.B1)


def test_every_type_has_its_source_and_says_what_is_assumed() -> None:
    for key, entry in course_types().entries.items():
        assert entry.source.startswith("https://"), key
        assert set(entry.assumed) <= FIELDS, key
        assert entry.from_, key


def test_no_name_means_two_types() -> None:
    words = [
        (plain(word), key)
        for key, entry in course_types().entries.items()
        for word in (key, entry.de, entry.en, *entry.aliases)
    ]
    assert len(dict(words)) == len({word for word, _ in words})
    assert {key for _, key in words} == {dict(words)[word] for word, _ in words}
    assert all(dict(words)[word] == key for word, key in words)
