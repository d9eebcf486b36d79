from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.findings.bands import FEWEST, Band, band_of, cases_at_least


@given(bands=st.lists(st.sampled_from(Band)), data=st.data())
def test_there_are_never_fewer_cases_than_the_bands_say_together(
    bands: Sequence[Band], data: st.DataObject
) -> None:
    most = {Band.FROM_1: 4, Band.FROM_5: 9, Band.FROM_10: 24, Band.FROM_25: 49, Band.FROM_50: 500}
    cases = [data.draw(st.integers(FEWEST[band], most[band])) for band in bands]
    assert cases_at_least(bands) <= sum(cases)
    assert [band_of(number) for number in cases] == list(bands)


def test_one_of_few_and_one_of_few_are_two_cases_at_least() -> None:
    assert cases_at_least([Band.FROM_1, Band.FROM_1]) == 2
    assert cases_at_least([]) == 0


@pytest.mark.parametrize("band", Band)
def test_a_band_is_named_by_its_fewest_cases(band: Band) -> None:
    assert band.value.startswith(f"{FEWEST[band]}-") or band.value == f"{FEWEST[band]}+"
