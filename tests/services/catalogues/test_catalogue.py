from datetime import date

import pytest

from domain.assessments.definition import Level
from services.catalogues.catalogue import catalogues, first_day, valid_in

AUTUMN_2026 = date(2026, 9, 1)


def test_a_trade_belongs_to_the_programmes_of_its_index() -> None:
    programme = catalogues().programme("A01", AUTUMN_2026)
    trade = catalogues().trade("10-10104", AUTUMN_2026)
    assert programme is not None
    assert trade is not None
    assert programme.index == trade.index == "10"
    assert catalogues().trade_name("10-10104").startswith("Anlagenmechaniker/-in")


def test_a_programme_changes_its_trades_with_the_school_year() -> None:
    def index(day: date) -> str:
        entry = catalogues().programme("A14", day)
        assert entry is not None
        return entry.index

    assert [index(date(2020, 7, 31)), index(date(2020, 8, 1))] == ["59", "61"]


def test_a_programme_ends_with_its_last_school_year() -> None:
    ended = catalogues().programme("B03", AUTUMN_2026)
    assert ended is not None
    assert [valid_in(ended, year) for year in ("2015/16", "2016/17")] == [True, False]
    assert ended.valid_until == date(2016, 7, 31)


def test_what_is_not_catalogued_is_unknown() -> None:
    assert catalogues().programme("Z99", AUTUMN_2026) is None
    assert catalogues().trade("10-99999", AUTUMN_2026) is None


@pytest.mark.parametrize("year", ["2026", "2026/28", "2026-27", "26/27", "2026/2027", "x"])
def test_a_school_year_is_followed_by_the_next(year: str) -> None:
    with pytest.raises(ValueError, match=year):
        first_day(year)


def test_every_trade_has_a_programme() -> None:
    indexes = {period.index for entry in catalogues().programmes.values() for period in entry}
    assert {period.index for entry in catalogues().trades.values() for period in entry} <= indexes


def test_the_centuries_turn_is_a_school_year_too() -> None:
    assert first_day("2099/00") == date(2099, 8, 1)


def test_every_level_but_the_lowest_reaches_a_cefr_level() -> None:
    cefr = catalogues().cefr
    assert list(cefr) == list(Level)
    assert [level for level, uri in cefr.items() if not uri] == [Level.A1_MINUS]
    assert cefr[Level.A2_B1] == cefr[Level.A2] == "http://data.europa.eu/snb/cefr/c_3458f114"


def test_facts_say_where_they_come_from() -> None:
    assert all(source.commit and source.licence for source in catalogues().sources)
    assert all(measure.source for measure in catalogues().measures.values())
    assert {"azubi-bsk", "formal-language", "reading-vocabulary"} <= catalogues().measures.keys()
    assert "extra-time" in catalogues().accommodations
