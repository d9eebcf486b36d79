"""Courses that companies fill together over HTTP: proposed, answered, formed, dissolved."""

from http import HTTPStatus
from uuid import uuid4

from domain.kernel import Role
from tests.support.appointing import appoint
from tests.support.company_reports import told, triaged
from tests.support.course_pools import (
    ONE,
    OTHER,
    POOLS,
    STARTS,
    answered,
    formed_pool,
    member,
    proposal,
    proposed_pool,
    report_of,
)
from tests.support.days import today
from tests.support.http import Json, pointers, recorded, refused
from tests.support.stack import Stack

WHY = "Das Unternehmen hat einen eigenen Kurs."


def said(view: Json) -> dict[str, str]:
    """What each company has said."""
    return {one["company_name"]: one["standing"] for one in view["members"]}


async def test_a_person_puts_two_companies_together_and_both_agree_by_telephone(
    stack: Stack,
) -> None:
    ada = stack.koordination
    one, other = await triaged(stack, name=ONE), await triaged(stack, name=OTHER)
    response = await ada.post(POOLS, proposal(one, other), key="once")
    decision = recorded(response)
    path = f"{POOLS}/{decision['id']}"
    assert response.headers["location"] == f"/api/v1{path}"
    assert recorded(await ada.post(POOLS, proposal(one, other), key="once")) == decision
    view = await ada.read(path)
    assert said(view) == {ONE: "asked", OTHER: "asked"}
    assert (view["standing"], view["companies"], view["learners"]) == ("proposed", 2, 4)
    assert (view["minimum"], view["maximum"]) == (3, 25), "as the type of course has it"
    assert (view["course_type_name"], view["municipality_name"]) == (
        "Job-Berufssprachkurs (Job-BSK)",
        "Delbrück",
    )
    first = await answered(stack, path, one)
    assert (said(first), first["standing"]) == ({ONE: "agreed", OTHER: "asked"}, "proposed")
    assert [each["by_telephone"] for each in first["members"]] == [True, False]
    view = await answered(stack, path, other)
    assert (view["standing"], view["agreed"], view["unanswered"]) == ("formed", 2, 0)
    assert view["formed_at"] == view["members"][1]["answered_at"]
    late = {"answer": "decline", "reason": WHY}
    response = await ada.post(f"{path}/members/{report_of(one)}/answer", late)
    refused(response, HTTPStatus.CONFLICT, "course-pool.already-formed")
    earlier = await ada.read(path, position=decision["position"])
    assert (earlier["standing"], said(earlier)) == ("proposed", {ONE: "asked", OTHER: "asked"})
    entries = await stack.revision.all_pages(f"{path}/history")
    assert [entry["topic"].partition(".")[2] for entry in entries] == [
        "proposed",
        "agreed",
        "agreed",
        "formed",
    ]
    assert ONE not in str(entries)


async def test_who_declines_is_out_and_somebody_else_is_asked(stack: Stack) -> None:
    ada = stack.koordination
    one, other, third = [await triaged(stack, name=name) for name in (ONE, OTHER, "Drei GmbH")]
    path = await proposed_pool(stack, one, other)
    await answered(stack, path, one)
    no_reason = await ada.post(f"{path}/members/{report_of(other)}/answer", {"answer": "decline"})
    refused(no_reason, HTTPStatus.UNPROCESSABLE_ENTITY, "company-report.text-missing")
    view = await answered(stack, path, other, "decline", WHY)
    assert said(view) == {ONE: "agreed", OTHER: "declined"}
    assert (view["companies"], view["learners"], view["is_below_minimum"]) == (1, 2, True)
    assert view["members"][1]["reason"] == WHY
    assert view["standing"] == "proposed", "one company alone shares with nobody"
    response = await ada.post(f"{path}/members", member(third, 1), seen=1)
    refused(response, HTTPStatus.PRECONDITION_FAILED, "request.version-changed")
    recorded(await ada.post(f"{path}/members", member(third, 1), seen=view["version"]))
    view = await answered(stack, path, third)
    assert (view["standing"], view["learners"]) == ("formed", 3)
    assert said(view) == {ONE: "agreed", OTHER: "declined", "Drei GmbH": "agreed"}


async def test_taking_out_the_last_one_waited_for_forms_the_pool(stack: Stack) -> None:
    ada = stack.koordination
    reports = [await triaged(stack, name=name) for name in (ONE, OTHER, "Drei GmbH")]
    path = await proposed_pool(stack, *reports)
    await answered(stack, path, reports[0])
    view = await answered(stack, path, reports[1])
    removal = f"{path}/members/{report_of(reports[2])}/removal"
    recorded(await ada.post(removal, {"reason": WHY}, seen=view["version"]))
    view = await ada.read(path)
    assert (view["standing"], said(view)["Drei GmbH"]) == ("formed", "removed")
    removal = f"{path}/members/{report_of(reports[1])}/removal"
    recorded(await ada.post(removal, {"reason": WHY}, seen=view["version"]))
    view = await ada.read(path)
    assert (view["standing"], view["is_below_minimum"]) == ("formed", True)


async def test_a_pool_that_is_given_up_lets_its_companies_go(stack: Stack) -> None:
    ada = stack.koordination
    one, other = await triaged(stack, name=ONE), await triaged(stack, name=OTHER)
    path = await proposed_pool(stack, one, other)
    response = await ada.post(POOLS, proposal(other, one))
    problem = refused(response, HTTPStatus.CONFLICT, "course-pool.in-another-pool")
    assert pointers(problem) == ["/members/0/report"]
    recorded(await ada.post(f"{path}/dissolution", {"reason": "Kein Raum."}, seen=1))
    view = await ada.read(path)
    assert (view["standing"], view["dissolved_because"]) == ("dissolved", "Kein Raum.")
    again = await proposed_pool(stack, one, other)
    assert again != path


async def test_what_makes_no_sense_is_refused_where_it_stands(stack: Stack) -> None:
    ada = stack.koordination
    one, other = await triaged(stack, name=ONE), await triaged(stack, name=OTHER)
    fresh = await told(stack, name="Neu GmbH")
    alone = await triaged(stack, name="Allein GmbH", need={"pooling": False})
    unprocessable, conflict = HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.CONFLICT
    head = await stack.head()
    for wrong, status, code, pointer in (
        ({"course_type": "yoga"}, unprocessable, "unknown-type", "/course_type"),
        ({"course_type": "bsk-c1"}, unprocessable, "unknown-type", "/course_type"),
        ({"municipality": "05999999"}, unprocessable, "outside-the-county", "/municipality"),
        ({"starts_on": today().isoformat()}, unprocessable, "start-out-of-range", "/starts_on"),
        ({"offer": str(uuid4())}, conflict, "offer-not-open", "/offer"),
        ({"members": [member(one)]}, unprocessable, "too-few-members", "/members"),
        (
            {"members": [member(one), member(one)]},
            unprocessable,
            "named-twice",
            "/members/1/report",
        ),
        (
            {"members": [member(one), member(str(uuid4()))]},
            unprocessable,
            "report-unknown",
            "/members/1/report",
        ),
        (
            {"members": [member(one), member(other, 5)]},
            unprocessable,
            "learners-not-there",
            "/members/1/learners",
        ),
        (
            {"members": [member(fresh), member(one)]},
            conflict,
            "report-not-ready",
            "/members/0/report",
        ),
        (
            {"members": [member(one), member(alone)]},
            conflict,
            "pooling-not-wanted",
            "/members/1/report",
        ),
    ):
        response = await ada.post(POOLS, proposal(one, other, **wrong))
        problem = refused(response, status, f"course-pool.{code}")
        assert pointers(problem) == [pointer]
    assert await stack.head() == head
    unknown = f"{POOLS}/{uuid4()}"
    refused(await ada.ask("GET", unknown), HTTPStatus.NOT_FOUND, "course-pool.unknown")
    refused(
        await ada.post(f"{unknown}/members", member(one), seen=0),
        HTTPStatus.NOT_FOUND,
        "course-pool.unknown",
    )


async def test_an_offer_that_is_held_anyway_takes_as_many_as_it_has_free_seats(
    stack: Stack,
) -> None:
    ada = stack.koordination
    one, other = await triaged(stack, name=ONE), await triaged(stack, name=OTHER)
    offer = {
        "course_type": "job-bsk",
        "provider": "Volkshochschule",
        "starts_on": STARTS,
        "seats": 15,
        "booked": 12,
    }
    entered = recorded(await ada.post("/course-offers", offer))
    await stack.runtime.read_models.reached(entered["position"])
    response = await ada.post(POOLS, proposal(one, other, offer=entered["id"]))
    problem = refused(response, HTTPStatus.CONFLICT, "course-pool.no-room")
    assert pointers(problem) == ["/members"]
    small = [member(one, 1), member(other, 1)]
    view = await ada.read(await proposed_pool(stack, offer=entered["id"], members=small))
    assert (view["minimum"], view["maximum"], view["offer"]) == (1, 3, entered["id"])


async def test_who_reads_every_report_reads_pools_and_only_who_works_on_them_the_names(
    stack: Stack,
) -> None:
    path = await formed_pool(stack)
    partner = await appoint(stack, Role.ORGANISATION_MEMBER, "ihk")
    for reader in (stack.koordination, stack.verwaltung):
        assert set(said(await reader.read(path))) == {ONE, OTHER}
    view = await stack.revision.read(path)
    assert [one["company_name"] for one in view["members"]] == [None, None]
    assert [one["municipality_name"] for one in view["members"]] == ["Delbrück"] * 2
    for nobody in (partner, stack.jobcenter, stack.fallmanagement, stack.berufskolleg):
        for page in (POOLS, path, f"{POOLS}/table.csv"):
            refused(await nobody.ask("GET", page), HTTPStatus.FORBIDDEN, "identity.role-missing")
    version = view["version"]
    for nobody in (stack.verwaltung, stack.revision, stack.jobcenter):
        response = await nobody.post(f"{path}/dissolution", {"reason": WHY}, seen=version)
        refused(response, HTTPStatus.FORBIDDEN, "identity.role-missing")


async def test_pools_are_listed_the_newest_first_and_taken_along_as_a_table(stack: Stack) -> None:
    ada = stack.koordination
    formed, proposed = await formed_pool(stack), await proposed_pool(stack)
    rows = await ada.all_pages(POOLS, limit=1)
    assert [f"{POOLS}/{row['id']}" for row in rows[:2]] == [proposed, formed]
    for standing, path in (("formed", formed), ("proposed", proposed)):
        found = (await ada.read(POOLS, standing=standing))["items"]
        assert f"{POOLS}/{found[0]['id']}" == path
        assert {row["standing"] for row in found} == {standing}
    view = await ada.read(proposed)
    del view["members"], view["dissolved_because"]
    assert rows[0] == view, "a row says the same as the page"
    response = await ada.ask("GET", f"{POOLS}/table.csv")
    assert response.headers["content-type"].startswith("text/csv")
    _, first, second, *_ = response.content.decode("utf-8-sig").splitlines()
    assert first.startswith("Job-Berufssprachkurs (Job-BSK);B1;Delbrück;")
    assert ";angefragt;" in first
    assert ";zustande gekommen;" in second
    assert ONE not in response.text
