"""The reference number of a report."""

from hypothesis import assume, given
from hypothesis import strategies as st

from domain.language_needs.reference import (
    ALPHABET,
    BITS,
    is_reference,
    reference_of,
    report_id,
    tidied,
)

references = st.integers(0, 2**BITS - 1).map(reference_of)
places = st.sampled_from([3, 4, 5, 6, 8, 9, 10, 11])


@given(reference=references)
def test_a_reference_is_read_however_people_write_it(reference: str) -> None:
    assert is_reference(reference)
    for written in (
        reference.lower(),
        f"  {reference.replace('-', ' ')} ",
        reference.removeprefix("DF-").replace("0", "o").replace("1", "l"),
    ):
        assert tidied(written) == reference
        assert report_id(tidied(written)) == report_id(reference)


@given(reference=references, place=places, other=st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(reference: str, place: int, other: str) -> None:
    assume(other != reference[place])
    assert not is_reference(reference[:place] + other + reference[place + 1 :])


@given(reference=references, one=places, two=places)
def test_two_characters_in_each_others_place_are_noticed(
    reference: str, one: int, two: int
) -> None:
    assume(reference[one] != reference[two])
    swapped = list(reference)
    swapped[one], swapped[two] = swapped[two], swapped[one]
    assert not is_reference("".join(swapped))


def test_two_reports_have_two_references() -> None:
    assert len({reference_of(number) for number in range(4096)}) == 4096


def test_what_is_no_reference_is_none() -> None:
    for text in ("", "DF", "DF-0000-000", "DF-0000-0000-0", "DF-UUUU-UUUU", "4711"):
        assert not is_reference(text)
