"""The offers that fit a company's report over HTTP, with what speaks for and against them."""

from http import HTTPStatus
from uuid import uuid4

from tests.services.api.test_course_offers import offer
from tests.support.company_reports import triaged
from tests.support.course_lists import iso
from tests.support.http import Json, recorded, refused
from tests.support.stack import Stack


async def entered(stack: Stack, **changes: object) -> str:
    """The id of an offer that is seen."""
    decision = recorded(await stack.koordination.post("/course-offers", offer(**changes)))
    await stack.runtime.read_models.reached(decision["position"])
    return decision["id"]


def speaking(match: Json) -> dict[str, str]:
    return {reason["topic"]: reason["speaks"] for reason in match["reasons"]}


async def test_a_report_is_told_which_offers_fit_and_why_the_others_do_not(stack: Stack) -> None:
    near = await entered(stack, starts_on=iso(30), begins="17:30", ends="20:00")
    full = await entered(stack, starts_on=iso(30), begins="17:30", ends="20:00", booked=14)
    late = await entered(stack, starts_on=iso(200), begins="17:30", ends="20:00")
    old = await entered(stack, starts_on=iso(30), begins="17:30", ends="20:00", as_of=iso(-40))
    path = await triaged(stack)

    [group] = await stack.koordination.read(f"{path}/matches")
    by_id = {match["offer"]: match for match in group["offers"]}

    assert (group["group"], group["number"], group["present"]) == (0, 4, "a2")
    assert by_id[near]["fits"]
    assert by_id[near]["km"] == 0
    assert speaking(by_id[near])["entitlement"] == "open"
    assert speaking(by_id[full])["seats"] == "against"
    assert speaking(by_id[late])["start"] == "against"
    assert (by_id[old]["standing"], by_id[old]["fits"]) == ("unchecked", False)
    texts = [reason["text"] for reason in by_id[full]["reasons"]]
    assert "Es reicht nicht für alle: 1 freie Plätze, gebraucht werden 4." in texts
    order = [match["fits"] for match in group["offers"]]
    assert order == sorted(order, reverse=True)


async def test_matches_are_for_those_who_read_every_report(stack: Stack) -> None:
    path = await triaged(stack)

    response = await stack.fallmanagement.ask("GET", f"{path}/matches")
    refused(response, HTTPStatus.FORBIDDEN, "identity.role-missing")
    response = await stack.koordination.ask("GET", f"/company-reports/{uuid4()}/matches")
    refused(response, HTTPStatus.NOT_FOUND, "company-report.unknown")
