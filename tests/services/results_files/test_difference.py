"""What a file would change, before it is applied."""

from collections.abc import Mapping

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.assessments.commands_class import Row
from domain.assessments.results import Attendance, Result
from services.results_files.difference import Change, Difference, FieldChange, difference
from tests.support.class_files import ANNAS_RESULT, C_TEST, TAKEN_ON, results

RECORDED = st.dictionaries(st.text("abc", min_size=1, max_size=2), results(C_TEST), max_size=4)


@given(recorded=RECORDED)
@settings(max_examples=50)
def test_the_same_file_again_changes_nothing(recorded: Mapping[str, Result]) -> None:
    found = difference(recorded, rows(recorded))
    assert found.is_empty
    assert found.same == tuple(recorded)


@given(recorded=RECORDED, given_now=RECORDED)
@settings(max_examples=100)
def test_everybody_is_in_one_list_and_applying_the_file_leaves_no_difference(
    recorded: Mapping[str, Result], given_now: Mapping[str, Result]
) -> None:
    found = difference(recorded, rows(given_now))
    changed = [change.pseudonym for change in found.changed]
    everybody = [*found.new, *found.same, *changed, *found.absent]
    assert sorted(everybody) == sorted({*recorded, *given_now})
    assert set(found.absent) == recorded.keys() - given_now.keys()
    applied = {**recorded, **{who: given_now[who] for who in (*found.new, *changed)}}
    assert difference(applied, rows(given_now)).is_empty


@given(recorded=RECORDED, given_now=RECORDED)
@settings(max_examples=50)
def test_back_and_forth_are_mirrored(
    recorded: Mapping[str, Result], given_now: Mapping[str, Result]
) -> None:
    there = difference(recorded, rows(given_now))
    back = difference(given_now, rows(recorded))
    assert (set(there.new), set(there.same)) == (set(back.absent), set(back.same))
    fields = {
        (change.pseudonym, field.part, field.field, field.old, field.new)
        for change in there.changed
        for field in change.fields
    }
    assert fields == {
        (change.pseudonym, field.part, field.field, field.new, field.old)
        for change in back.changed
        for field in change.fields
    }


def test_a_correction_shows_the_old_and_the_new_value_of_each_field() -> None:
    first, second = ANNAS_RESULT.scores
    corrected = msgspec.structs.replace(
        ANNAS_RESULT,
        taken_on=TAKEN_ON.replace(day=4),
        accommodation=("extra-time",),
        scores=(second, msgspec.structs.replace(first, exact=13)),
    )
    found = difference({"p-anna": ANNAS_RESULT}, [Row(pseudonym="p-anna", result=corrected)])
    assert found == Difference(
        changed=(
            Change(
                pseudonym="p-anna",
                fields=(
                    FieldChange(field="taken_on", old="2026-09-03", new="2026-09-04"),
                    FieldChange(field="accommodation", old="", new="extra-time"),
                    FieldChange(part="t1", field="exact", old=12, new=13),
                ),
            ),
        )
    )


def test_somebody_who_was_absent_after_all_loses_the_scores() -> None:
    absent = Row(pseudonym="p-anna", result=Result(attendance=Attendance.ABSENT))
    [change] = difference({"p-anna": ANNAS_RESULT}, [absent]).changed
    lost = [field for field in change.fields if field.part]
    assert all(field.new is None for field in lost)
    assert {field.part for field in lost} == {"t1", "t2"}


def rows(recorded: Mapping[str, Result]) -> list[Row]:
    return [Row(pseudonym=who, result=result) for who, result in recorded.items()]
