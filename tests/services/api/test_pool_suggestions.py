"""Courses for several companies together over HTTP: suggested, and confirmed by a person."""

from http import HTTPStatus

from tests.support.company_reports import content, step, triaged
from tests.support.http import Json, refused
from tests.support.stack import Stack

SUGGEST = "/company-reports/pool-suggestions"


def need(number: int, **changes: object) -> Json:
    group = {"number": number, "status": "employed", "present": "b1", "wanted": "b2"}
    return {"groups": [group], "times": {"shift": "late"}, **changes}


async def suggestions(stack: Stack) -> Json:
    response = await stack.koordination.post(SUGGEST)
    assert response.status_code == HTTPStatus.OK, response.text
    return response.json()


def with_report(found: Json, report: str) -> Json:
    """The pool the report would be in."""
    return next(
        (
            pool
            for pool in found["pools"]
            if report in {member["report"] for member in pool["members"]}
        ),
        None,
    )


async def test_two_companies_that_are_too_small_are_suggested_together_and_put_into_a_pool(
    stack: Stack,
) -> None:
    assert content(need=need(1))["need"]["pooling"], "the example company would share"
    one = await triaged(stack, name="Eins GmbH", need=need(1))
    other = await triaged(stack, name="Zwei GmbH", need=need(2))
    alone = await triaged(stack, name="Drei GmbH", need=need(1, pooling=False))
    ids = [path.rpartition("/")[2] for path in (one, other, alone)]

    found = await suggestions(stack)

    pool = with_report(found, ids[0])
    assert pool == with_report(found, ids[1])
    assert pool["learners"] >= 3
    assert found["proof"] == "optimal"
    left = {each["member"]["report"]: each for each in found["not_placed"]}
    assert left[ids[2]]["because"] == "too-few-alone"
    assert (left[ids[2]]["together"], left[ids[2]]["needed"]) == (1, 3)
    view = await step(stack, one, "pool", {"pool_id": pool["pool"]})
    assert view["holder"]["what"] == "place"
    response = await stack.koordination.post(f"{alone}/pool", {"pool_id": pool["pool"]}, seen=3)
    refused(response, HTTPStatus.CONFLICT, "company-report.pooling-not-wanted")
    assert with_report(await suggestions(stack), ids[0]) is None
    await step(stack, one, "pool/leaving", {"pool_id": pool["pool"], "reason": "Eigener Kurs."})
    assert with_report(await suggestions(stack), ids[0]) == pool


async def test_only_the_coordination_asks_for_suggestions(stack: Stack) -> None:
    response = await stack.revision.post(SUGGEST)

    refused(response, HTTPStatus.FORBIDDEN, "identity.role-missing")
