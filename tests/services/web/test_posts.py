"""Funded posts at the pages: entered, filled, shown over time, and recorded step by step."""

from datetime import timedelta
from http import HTTPStatus

import pytest

from services.web.posts.typed import hundredths
from tests.support.days import today
from tests.support.reading import visitor_of
from tests.support.stack import Stack

HOME, NEW = "/stellen", "/stellen/neu"
TODAY = today()
BEGAN, ENDS = TODAY - timedelta(days=60), TODAY + timedelta(days=300)
PADERBORN = "05774032"
ONLY_THERE = f"{HOME}?baustein=case-management&kommune={PADERBORN}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1", 100), ("0,75", 75), ("0,5", 50), ("57.000", 5_700_000), ("57 000,50 €", 5_700_050)],
)
def test_shares_and_sums_are_read_as_people_write_them(text: str, expected: int) -> None:
    assert hundredths(text) == expected


def test_what_is_no_number_is_left_for_the_api_to_refuse() -> None:
    assert hundredths("viel") == "viel"


async def test_a_post_is_entered_filled_and_shown_with_its_gap(stack: Stack) -> None:
    karin = await visitor_of(stack, "koordination")
    page = await karin.open(HOME)
    assert NEW in page.links
    page = await karin.open(NEW)
    typed = {
        "part": "case-management",
        "municipality": PADERBORN,
        "employer": "kim-koordinierung",
        "share": "0,75",
        "effective_from": BEGAN.isoformat(),
        "starts_on": BEGAN.isoformat(),
        "ends_on": (BEGAN - timedelta(days=1)).isoformat(),
        "per_year": "57.000",
    }
    page = await karin.send(page, NEW, **typed)
    assert page.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert page.form(NEW).fields["share"] == ["0,75"]
    page = await karin.send(page, NEW, ends_on=ENDS.isoformat())
    here = page.path
    assert page.headline == "Case Management, Paderborn: 0,75 Stelle, unbesetzt"
    assert "57 000 € im Jahr" in page.text
    gap = await karin.open(ONLY_THERE)
    assert gap.headline == "0,0 von 0,75 Stellen besetzt"
    assert "0,75 geförderte Stellen sind unbesetzt" in gap.text
    assert gap.response.text.count('role="img"') == 1
    filled = await karin.send(page, f"{here}/schritt/besetzen", effective_from=BEGAN.isoformat())
    assert filled.headline == "Case Management, Paderborn: 0,75 Stelle, besetzt"
    assert (await karin.open(ONLY_THERE)).headline == "0,75 von 0,75 Stellen besetzt"
    due = (TODAY + timedelta(days=30)).isoformat()
    page = await karin.send(filled, f"{here}/schritt/nachweis", year="2025", due=due)
    assert "Für 2025: fällig am" in page.text
    late = (TODAY + timedelta(days=1)).isoformat()
    page = await karin.send(page, f"{here}/schritt/vorgelegt", submitted_on=late)
    assert page.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Dieser Tag liegt in der Zukunft" in page.text
    page = await karin.send(page, f"{here}/schritt/vorgelegt", submitted_on=TODAY.isoformat())
    assert "Für 2025: vorgelegt am" in page.text


async def test_the_steering_group_reads_and_case_managers_are_not_led_there(stack: Stack) -> None:
    member = await visitor_of(stack, "lenkung")
    page = await member.open(HOME)
    assert page.status == HTTPStatus.OK
    assert NEW not in page.links
    ben = await visitor_of(stack, "fallmanagement")
    assert HOME not in (await ben.open("/aufgaben")).links
    refused = await ben.ask(HOME)
    assert refused.status == HTTPStatus.FORBIDDEN
    assert "Ihnen fehlt die nötige Rolle" in refused.text
