"""Figures about companies' reports over HTTP: counted by hand, for groups, without any name."""

import csv
from datetime import timedelta
from http import HTTPStatus
from io import StringIO

import pytest

from domain.kernel import Role
from domain.language_needs.half_year import HalfYear, half_of
from services.need_figures.wording import half_in_words
from tests.support.appointing import appoint
from tests.support.company_reports import told
from tests.support.days import today
from tests.support.http import Json, Person, recorded, refused
from tests.support.past_reports import (
    COMPANY,
    CONTACT,
    UNTIL_COURSE,
    last_half,
    record_past_reports,
    record_report_of_today,
)
from tests.support.stack import Stack

HERE = "/company-report-figures"


@pytest.fixture
async def half(stack: Stack) -> HalfYear:
    """The one that is over, with its reports."""
    half = last_half()
    await record_past_reports(stack.runtime.store, half)
    await stack.runtime.read_models.reached(await stack.head())
    return half


def counted(rows: Json) -> list[tuple[str, int, int]]:
    return [(row["name"], row["reports"], row["learners"]) for row in rows]


def spans(half: HalfYear) -> dict[str, str]:
    return {"from": half.first.isoformat(), "to": half.last.isoformat()}


async def test_the_half_year_that_is_over_is_counted_and_small_groups_are_joined(
    stack: Stack, half: HalfYear
) -> None:
    view = await stack.koordination.read(HERE, **spans(half))
    (one,) = view["halves"]
    assert (one["received"], one["learners"], one["ended"], one["still_open"]) == (12, 41, 11, 1)
    assert one["is_over"]
    assert counted(view["trades"]) == [
        ("Industrie und verarbeitendes Handwerk", 6, 24),
        ("Handel, Kfz-Werkstätten; Gesundheit, Pflege und Soziales", 6, 17),
    ]
    assert [row["is_joined"] for row in view["trades"]] == [False, True]
    assert counted(view["municipalities"]) == [("Delbrück", 7, 26), ("Salzkotten", 5, 15)]
    assert counted(view["levels"]) == [("B1", 7, 26), ("B2", 5, 15)]
    assert counted(view["endings"]) == [
        ("Ein Kurs hat stattgefunden", 6, 24),
        ("Es gibt kein Angebot", 5, 15),
    ]
    assert view["waiting"] == [], "one alone is told of nowhere"
    assert one["to_acknowledgement"] == {"reports": 12, "early": 0, "median": 0, "late": 0}
    assert one["to_answer"]["reports"] == 11
    days = dict.fromkeys(("early", "median", "late"), UNTIL_COURSE)
    assert one["to_course"] == {"reports": 6, **days}


async def test_a_day_stands_for_its_half_year_and_longer_periods_are_sums(
    stack: Stack, half: HalfYear
) -> None:
    await record_report_of_today(stack.runtime.store)
    day = (half.first + timedelta(days=3)).isoformat()
    person = stack.koordination
    same = await person.read(HERE, **{"from": day, "to": day})
    assert same == await person.read(HERE, **spans(half))
    assert same == await person.read(HERE, to=day)
    whole = await person.read(HERE, **{"from": day})
    assert [one["received"] for one in whole["halves"]] == [12, 1]
    assert whole["trades"] == same["trades"], "the new one alone is shown nowhere"
    assert [one["name"] for one in whole["offered"]] == [
        half_in_words(half, "de"),
        half_in_words(half_of(today()), "de"),
    ]
    assert (await person.read(HERE))["halves"][0]["first"] == half_of(today()).first.isoformat()
    back = await person.read(HERE, **{"from": today().isoformat(), "to": day})
    assert (back["halves"], back["first"]) == ([], None)
    response = await person.ask("GET", f"{HERE}?from=0001-01-01")
    refused(response, HTTPStatus.UNPROCESSABLE_ENTITY, "request.moment-malformed")


async def test_whoever_steers_or_works_in_a_group_reads_what_is_over_and_names_nobody(
    stack: Stack, half: HalfYear
) -> None:
    await record_report_of_today(stack.runtime.store)
    college = await appoint(stack, Role.COLLEGE, "helene-weber-berufskolleg")
    expected = await stack.koordination.read(HERE, **spans(half))
    for person in (stack.lenkung, stack.jobcenter, stack.fallmanagement, college):
        view = await person.read(HERE)
        assert [one["is_over"] for one in view["halves"]] == [True]
        assert view == {**expected, "offered": expected["offered"][:1]}
        running = await person.read(HERE, **{"from": today().isoformat()})
        assert running["halves"] == []
        assert COMPANY not in str(view)
        assert CONTACT not in str(view)
    expert = await appoint(stack, Role.EXPERT, "kim-koordinierung")
    refused(await expert.ask("GET", HERE), HTTPStatus.FORBIDDEN, "identity.role-missing")


async def test_the_figures_can_be_taken_along(stack: Stack, half: HalfYear) -> None:
    query = f"?from={half.first}&to={half.last}"
    answer = await stack.lenkung.ask("GET", f"{HERE}/table.csv{query}")
    assert answer.status_code == HTTPStatus.OK
    assert "Sprachbedarf" in answer.headers["content-disposition"]
    lines = list(csv.reader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    period = half_in_words(half, "de")
    assert all(len(line) == len(lines[0]) for line in lines)
    assert lines[1] == [period, "Eingegangen", "", "", "12", "41", "", "", ""]
    assert [period, "Eingegangen nach Kommune", "Delbrück", "", "7", "26", "", "", ""] in lines
    days = str(UNTIL_COURSE)
    assert [period, "Tage bis zum Kursbeginn", "", "", "6", "", days, days, days] in lines
    assert COMPANY not in answer.text
    workbook = await stack.lenkung.ask("GET", f"{HERE}/table.xlsx{query}")
    assert workbook.content.startswith(b"PK")


async def test_findings_of_what_is_missing_are_listed_until_they_are_in_a_theme(
    stack: Stack,
) -> None:
    path = await told(stack)
    coordinator = stack.koordination
    assert await coordinator.read(f"{HERE}/unmet-needs") == []
    finding = await _noted(coordinator, path)
    head = await stack.head()
    (row,) = await coordinator.read(f"{HERE}/unmet-needs", at_least=head)
    assert (row["id"], row["stage"]) == (finding, "reported")
    title = {"title": "Zu wenige B1-Kurse"}
    theme = recorded(await coordinator.post("/themes", title))["id"]
    taken = await coordinator.post(
        f"/findings/{finding}/theme", {"theme": theme}, seen=row["version"]
    )
    head = recorded(taken)["position"]
    (row,) = await coordinator.read(f"{HERE}/unmet-needs", at_least=head)
    assert (row["stage"], row["theme_title"]) == ("bundled", "Zu wenige B1-Kurse")
    for person, status in (
        (stack.revision, HTTPStatus.OK),
        (stack.fallmanagement, HTTPStatus.OK),
        (stack.lenkung, HTTPStatus.FORBIDDEN),
    ):
        assert (await person.ask("GET", f"{HERE}/unmet-needs")).status_code == status


async def _noted(coordinator: Person, path: str) -> str:
    """A finding of what the report could not get, noted with it."""
    finding = {
        "municipality": "05774020",
        "kind": "gap",
        "field": "language",
        "school_year": half_of(today()).school_year,
        "band": "1-4",
        "description": "Unternehmen finden keinen Kurs.",
    }
    reported = recorded(await coordinator.post("/findings", finding))["id"]
    noted = {"municipality": "05774020", "finding": reported}
    recorded(await coordinator.post(f"{path}/unmet-need", noted))
    return reported
