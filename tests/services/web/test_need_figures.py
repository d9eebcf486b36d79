"""Figures about companies' reports at the pages: read by groups, and what is missing, one click."""

from http import HTTPStatus

import pytest

from domain.language_needs.half_year import HalfYear, half_of
from tests.support.company_reports import triaged
from tests.support.days import today
from tests.support.past_reports import (
    COMPANY,
    last_half,
    record_past_reports,
    record_report_of_today,
)
from tests.support.reading import visitor_of
from tests.support.stack import Stack

HERE = "/meldungen/zahlen"
BUNDLE = "/steuerung/themen/buendeln"


@pytest.fixture
async def half(stack: Stack) -> HalfYear:
    half = last_half()
    await record_past_reports(stack.runtime.store, half)
    await record_report_of_today(stack.runtime.store)
    await stack.runtime.read_models.reached(await stack.head())
    return half


async def test_the_steering_group_reads_the_half_year_that_is_over(
    stack: Stack, half: HalfYear
) -> None:
    member = await visitor_of(stack, "lenkung")
    assert HERE in (await member.open("/steuerung")).links
    page = await member.open(HERE)
    assert page.headline == "12 Meldungen sind eingegangen"
    assert all(shown in page.text for shown in ("Salzkotten", "28 (28 bis 28), 6 Meldungen"))
    assert "Handel, Kfz-Werkstätten; Gesundheit, Pflege und Soziales (zusammengefasst)" in page.text
    assert page.response.text.count('role="img"') == 4, "one for each table with rows to compare"
    assert COMPANY not in page.response.text
    assert "Was fehlt" not in page.text
    span = f"from={half.first}&to={half.last}"
    assert f"/api/v1/company-report-figures/table.csv?{span}" in page.links
    english = await visitor_of(stack, "lenkung", language="en")
    assert (await english.open(HERE)).headline == "12 reports came in"


async def test_the_coordination_chooses_half_years_and_sees_the_one_that_runs(
    stack: Stack, half: HalfYear
) -> None:
    karin = await visitor_of(stack, "koordination")
    assert HERE in (await karin.open("/meldungen")).links
    page = await karin.open(HERE)
    assert page.headline == "1 Meldung ist eingegangen"
    assert "Das letzte Halbjahr läuft noch" in page.text
    assert page.form(HERE).fields["von"] == [half_of(today()).first.isoformat()]
    page = await karin.open(f"{HERE}?von={half.first}&bis={half_of(today()).last}")
    assert page.headline == "13 Meldungen sind eingegangen"
    page = await karin.ask(f"{HERE}?von=gestern")
    assert page.status == HTTPStatus.UNPROCESSABLE_ENTITY


async def test_without_a_half_year_that_is_over_it_says_when_there_are_figures(
    stack: Stack,
) -> None:
    member = await visitor_of(stack, "jobcenter")
    page = await member.open(HERE)
    assert page.headline == "Noch keine Zahlen"
    assert "vom 1. August und vom 1. Februar an" in page.text


async def test_what_is_missing_becomes_a_theme_with_one_click(stack: Stack) -> None:
    karin = await visitor_of(stack, "koordination")
    reports = [f"/meldungen/{(await triaged(stack)).rpartition('/')[2]}" for _ in range(2)]
    pages = [await karin.send(await karin.open(path), f"{path}/luecke") for path in reports]
    assert all("Thema daraus machen" in page.text for page in pages)
    theme = await karin.send(pages[1], BUNDLE)
    assert theme.path.startswith("/steuerung/themen/")
    assert theme.headline == "Fehlende Deutschkurse für Unternehmen in Delbrück"
    assert "Thema daraus machen" not in (await karin.open(reports[1])).text
    figures = await karin.open(HERE)
    assert "Im Thema „Fehlende Deutschkurse für Unternehmen in Delbrück“" in figures.text
    (waiting,) = [form for form in figures.forms if form.action == BUNDLE]
    other = await karin.send(figures, BUNDLE, title=waiting.fields["title"])
    assert other.path.startswith("/steuerung/themen/")
    assert other.path != theme.path
    assert BUNDLE not in [form.action for form in (await karin.open(HERE)).forms]
    ben = await visitor_of(stack, "fallmanagement")
    assert BUNDLE not in [form.action for form in (await ben.open(HERE)).forms]
