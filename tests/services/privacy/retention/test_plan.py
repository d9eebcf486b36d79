"""The retention plan is read from a file that people keep up, and refused where it is not right."""

from pathlib import Path

import pytest

from domain.retention.classes import Erasing
from services.privacy.retention.plan import PlanError, read_plan

CLASS = """
[subjects]
accounts = "accounts"
learners = "accounts"
findings = "accounts"
reports = "accounts"
holdings = "accounts"

[[classes]]
key = "accounts"
title = "Konten"
title_en = "Accounts"
years = 3
start = "file-closed"
offer_to_archive = true
archive_days = 30
rule = "Aktenplan 4.2"
is_confirmed = true
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "plan.toml"
    path.write_text(text)
    return path


def test_the_plan_that_comes_with_the_service_has_the_periods_of_the_regulation() -> None:
    plan = read_plan()
    assert {key: each.years for key, each in plan.classes.items()} == {
        "certificates": 50,
        "pupil-master-sheets": 20,
        "marks-and-examinations": 10,
        "other-school-data": 5,
        "language-assessments": 5,
        "private-devices": 1,
        "accounts": 5,
        "findings": 5,
        "company-report-contact": 2,
        "post-holders": 0,
    }
    assert all(each.rule and each.source for each in plan.classes.values())
    assert [each.key for each in plan.classes.values() if not each.offer_to_archive] == [
        "post-holders"
    ], "the archive is offered no name that was given with consent only"


def test_what_the_data_protection_officer_has_yet_to_confirm_says_so() -> None:
    unconfirmed = {key for key, each in read_plan().classes.items() if not each.is_confirmed}
    assert unconfirmed == {
        "language-assessments",
        "accounts",
        "findings",
        "company-report-contact",
        "post-holders",
    }
    assert not any(each.erasing is Erasing.AUTOMATIC for each in read_plan().classes.values())


def test_a_county_has_a_plan_of_its_own(tmp_path: Path) -> None:
    plan = read_plan(written(tmp_path, CLASS))
    assert plan.class_of("accounts").years == 3
    assert plan.class_of("accounts").erasing is Erasing.CONFIRMED


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("years = 3", "years = -1", "years"),
        ("years = 3", "", "years"),
        ("years = 3", "jahre = 3", "jahre"),
        ('start = "file-closed"', 'start = "sometime"', "sometime"),
        ("archive_days = 30", "", "archive_days is missing"),
        (
            "offer_to_archive = true",
            "offer_to_archive = false\nsilence_is_declined = true",
            "no offer",
        ),
        ("is_confirmed = true", 'is_confirmed = false\nerasing = "automatic"', "is_confirmed"),
        ('accounts = "accounts"', 'accounts = "people"', "people"),
        ('accounts = "accounts"\n', "", "[subjects]"),
        ('learners = "accounts"', "", "`learners`"),
        ("[[classes]]", "[[classes", "line"),
    ],
)
def test_a_plan_that_is_not_right_is_refused_with_the_place(
    tmp_path: Path, before: str, after: str, says: str
) -> None:
    assert before in CLASS
    path = written(tmp_path, CLASS.replace(before, after, 1))
    with pytest.raises(PlanError) as refusal:
        read_plan(path)
    assert says in str(refusal.value)
    assert str(path) in str(refusal.value)


def test_a_class_is_there_once(tmp_path: Path) -> None:
    twice = CLASS + CLASS[CLASS.index("[[classes]]") :]
    with pytest.raises(PlanError, match="twice"):
        read_plan(written(tmp_path, twice))


def test_a_plan_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="cannot be read"):
        read_plan(tmp_path / "missing.toml")
