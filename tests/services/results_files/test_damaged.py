"""Damaged files: a whole import or faults that say where, whatever happened on the way."""

from collections.abc import Callable
from io import BytesIO
from random import Random

import pytest

from services.results_files.reading import read_results
from services.results_files.template import csv_template
from services.results_files.template_workbook import xlsx_template
from tests.support.class_files import (
    ABOUT,
    ANNA,
    ANNAS_RESULT,
    HEADINGS,
    LEARNERS,
    expected,
    ods_file,
    template,
)
from tests.support.damage import damaged

SEED = 20261123
FILES = 120


def xlsx() -> bytes:
    return xlsx_template(template(recorded=dict.fromkeys(LEARNERS, ANNAS_RESULT)))


def ods() -> bytes:
    return ods_file(HEADINGS, ANNA, stamp=ABOUT.stamp()).getvalue()


def as_csv() -> bytes:
    return csv_template(template(recorded=dict.fromkeys(LEARNERS, ANNAS_RESULT)))


@pytest.mark.parametrize("whole", [xlsx, ods, as_csv])
def test_a_damaged_file_is_read_whole_or_its_faults_are_named(whole: Callable[[], bytes]) -> None:
    print(f"seed {SEED}")  # noqa: T201 - what a failure is repeated with
    random, data = Random(SEED), whole()
    for number in range(FILES):
        bad, how = damaged(data, random)
        reading = read_results(BytesIO(bad), "if1a", expected())
        assert bool(reading.rows) != bool(reading.faults), (number, how)
        for fault in reading.faults:
            assert "{" not in fault.sentence("de"), (number, how)
            assert fault.sentence("en"), (number, how)
