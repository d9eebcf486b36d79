"""What is said of a course makes sense, or is refused at the field that does not."""

from datetime import date

import msgspec
import pytest

from domain.course_offers.checking import check_details, faults
from domain.course_offers.errors import UnknownCourseType
from domain.course_offers.levels import Level
from tests.domain.course_offers.example import CONTEXT, JOB_BSK, STARTS


def test_what_makes_sense_is_taken() -> None:
    check_details(JOB_BSK, CONTEXT.known)


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"course_type": "yoga"}, ["course_type"]),
        ({"municipality": "05999999"}, ["municipality"]),
        ({"provider": " "}, ["provider"]),
        ({"provider": "x" * 201}, ["provider"]),
        ({"title": "x" * 201}, ["title"]),
        ({"units": 0}, ["units"]),
        ({"seats": 0, "booked": 0}, ["seats"]),
        ({"booked": -1}, ["booked"]),
        ({"booked": 16}, ["booked"]),
        ({"price": -1}, ["price"]),
        ({"ends_on": date(2026, 3, 15)}, ["ends_on"]),
        ({"ends_on": STARTS}, []),
        ({"apply_until": date(2026, 6, 1)}, ["apply_until"]),
        ({"weekdays": (4, 2)}, ["weekdays"]),
        ({"weekdays": (0,)}, ["weekdays"]),
        ({"begins": "24:00"}, ["begins"]),
        ({"ends": "17:30"}, ["ends"]),
        ({"begins": ""}, ["begins"]),
        ({"begins": "", "ends": ""}, []),
        ({"to_level": Level.A2}, ["to_level"]),
        ({"to_level": None}, []),
        ({"url": ""}, []),
        ({"url": "http://vhs.example"}, ["url"]),
        ({"url": "javascript:alert(1)"}, ["url"]),
        ({"url": "https://vhs.example@böse.example/"}, ["url"]),
        ({"url": "https://u:p@vhs.example/"}, ["url"]),
        ({"url": "https:///kurse"}, ["url"]),
        ({"url": "https://[vhs"}, ["url"]),
    ],
)
def test_each_fault_names_its_field(changes: dict[str, object], fields: list[str]) -> None:
    details = msgspec.structs.replace(JOB_BSK, **changes)
    found = faults(details, CONTEXT.known)
    assert [error.facts["field"] for error in found] == fields


def test_the_first_fault_is_raised() -> None:
    wrong = msgspec.structs.replace(JOB_BSK, course_type="yoga", provider="")
    with pytest.raises(UnknownCourseType):
        check_details(wrong, CONTEXT.known)
