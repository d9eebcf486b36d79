"""Course offers over HTTP: entered, changed, confirmed, withdrawn, listed, imported, exported."""

from http import HTTPStatus
from urllib.parse import urlencode
from uuid import uuid4

import httpx

from tests.support.course_lists import course_list, iso, line
from tests.support.http import Json, Person, pointers, recorded, refused
from tests.support.stack import Stack

DELBRUECK = "05774020"


def offer(**changes: object) -> Json:
    """What is sent: a course in Delbrück in two months."""
    return {
        "course_type": "job-bsk",
        "provider": "Volkshochschule vor Ort",
        "starts_on": iso(60),
        "municipality": DELBRUECK,
        "seats": 15,
        "booked": 11,
        **changes,
    }


async def send(
    person: Person, step: str, content: bytes, *, key: str | None = None, **query: object
) -> httpx.Response:
    return await person.ask(
        "POST",
        f"/course-offers/{step}?{urlencode({'source': 'kursnet', **query})}",
        headers={"content-type": "text/csv", "Idempotency-Key": key or str(uuid4())},
        content=content,
    )


async def test_a_course_entered_by_hand_is_changed_confirmed_and_withdrawn(stack: Stack) -> None:
    ada = stack.koordination
    decision = recorded(await ada.post("/course-offers", offer(), key="once"))
    assert recorded(await ada.post("/course-offers", offer(), key="once")) == decision
    path = f"/course-offers/{decision['id']}"
    view = await stack.fallmanagement.read(path)
    assert (view["standing"], view["free"], view["source"]) == ("current", 4, "manual")
    assert view["municipality_name"] == "Delbrück"
    assert view["course_type_name"] == "Job-Berufssprachkurs (Job-BSK)"
    assert (view["as_of"], view["expires"]) == (iso(0), iso(28))
    recorded(await ada.post(f"{path}/update", offer(booked=15), seen=1))
    assert (await ada.read(path))["standing"] == "full"
    long_ago = {"as_of": iso(-40)}
    response = await ada.post(f"{path}/check", long_ago, seen=2)
    refused(response, HTTPStatus.CONFLICT, "course-offer.older-than-known")
    response = await ada.post(f"{path}/check", {"expires": iso(14)}, seen=2)
    recorded(response)
    recorded(await ada.post(f"{path}/withdrawal", {"reason": "Fällt aus."}, seen=3))
    view = await ada.read(path)
    assert (view["standing"], view["withdrawn_because"]) == ("withdrawn", "Fällt aus.")
    assert (await ada.read(path, position=decision["position"]))["free"] == 4
    told = await stack.revision.all_pages(f"{path}/history")
    assert [entry["topic"].partition(".")[2] for entry in told] == [
        "entered",
        "updated",
        "checked",
        "withdrawn",
    ]


async def test_a_partner_keeps_the_courses_of_its_own_organisation_and_no_others(
    stack: Stack,
) -> None:
    jana, ada = stack.jobcenter, stack.koordination
    names = {one["key"]: one["name"] for one in await jana.read("/organisations")}
    own = offer(provider=names["jobcenter"])
    decision = recorded(await jana.post("/course-offers", own))
    path = f"/course-offers/{decision['id']}"
    assert (await jana.read(path))["organisation"] == "jobcenter"
    recorded(await jana.post(f"{path}/update", {**own, "booked": 12}, seen=1))
    for person, body in ((jana, offer(provider="VHS")), (stack.agentur, own)):
        given_away = await person.post(f"{path}/update", body, seen=2)
        refused(given_away, HTTPStatus.FORBIDDEN, "identity.outside-own-area")
    foreign = await stack.agentur.post(f"{path}/check", {}, seen=2)
    refused(foreign, HTTPStatus.FORBIDDEN, "identity.outside-own-area")
    said = await jana.post("/course-offers", offer())
    refused(said, HTTPStatus.FORBIDDEN, "identity.outside-own-area")
    others = recorded(await ada.post("/course-offers", offer()))
    response = await jana.post(
        f"/course-offers/{others['id']}/withdrawal", {"reason": "Weg damit."}, seen=1
    )
    refused(response, HTTPStatus.FORBIDDEN, "identity.outside-own-area")
    recorded(await jana.post(f"{path}/withdrawal", {"reason": "Fällt aus."}, seen=2))


async def test_what_will_count_as_unchecked_soon_is_a_task_of_its_provider(stack: Stack) -> None:
    jana = stack.jobcenter
    name = next(
        one["name"] for one in await jana.read("/organisations") if one["key"] == "jobcenter"
    )
    decision = recorded(
        await stack.koordination.post("/course-offers", offer(provider=name, expires=iso(2)))
    )

    async def asked(person: Person) -> list[Json]:
        tasks = await person.read("/tasks", at_least=await stack.head())
        return [one for one in tasks if one["kind"] == "confirm-offers"]

    [task] = await asked(jana)
    assert (task["organisation"], task["count"]) == ("jobcenter", 1)
    assert await asked(stack.agentur) == await asked(stack.koordination) == []
    recorded(await jana.post(f"/course-offers/{decision['id']}/check", {}, seen=1))
    assert await asked(jana) == []


async def test_what_makes_no_sense_is_refused_where_it_stands(stack: Stack) -> None:
    ada, before = stack.koordination, await stack.head()
    for wrong, code, pointer in (
        ({"course_type": "yoga"}, "course-offer.unknown-type", ["/course_type"]),
        ({"municipality": "05999999"}, "course-offer.outside-the-county", ["/municipality"]),
        ({"booked": 16}, "course-offer.more-booked-than-seats", ["/booked"]),
        ({"url": "http://vhs.example"}, "course-offer.address-not-safe", ["/url"]),
        ({"as_of": iso(2)}, "course-offer.as-of-in-the-future", ["/as_of"]),
        ({"from_level": "b1", "to_level": "a2"}, "course-offer.levels-out-of-order", ["/to_level"]),
    ):
        response = await ada.post("/course-offers", offer(**wrong))
        problem = refused(response, HTTPStatus.UNPROCESSABLE_ENTITY, code)
        assert pointers(problem) == pointer
    for nobody, code in (
        (stack.fallmanagement, "identity.role-missing"),
        (stack.jobcenter, "identity.outside-own-area"),
        (stack.revision, "identity.role-missing"),
    ):
        response = await nobody.post("/course-offers", offer())
        refused(response, HTTPStatus.FORBIDDEN, code)
        refused(await send(nobody, "preview", b""), HTTPStatus.FORBIDDEN, "identity.role-missing")
    assert await stack.head() == before


async def test_offers_are_found_by_what_they_are_and_how_they_stand_today(stack: Stack) -> None:
    ada = stack.koordination
    provider = f"Träger {uuid4()}"
    wanted = {
        "current": offer(),
        "full": offer(booked=15),
        "unchecked": offer(as_of=iso(-40)),
        "closed": offer(apply_until=iso(-1)),
        "begun": offer(starts_on=iso(-1)),
    }
    at = 0
    for number, each in enumerate(wanted.values()):
        response = await ada.post("/course-offers", {**each, "provider": f"{provider} {number}"})
        at = recorded(response)["position"]
    await ada.read("/course-offers", at_least=at)
    for number, standing in enumerate(wanted):
        rows = await ada.all_pages("/course-offers", standing=standing, limit=2)
        assert all(row["standing"] == standing for row in rows)
        assert f"{provider} {number}" in {row["provider"] for row in rows}
    for query in ({"type": "bsk-b2"}, {"municipality": "05774036"}, {"starts_from": iso(900)}):
        rows = await ada.all_pages("/course-offers", **query)
        assert not {row["provider"] for row in rows if row["provider"].startswith(provider)}
    response = await ada.ask("GET", "/course-offers?cursor=WzFd")
    refused(response, HTTPStatus.BAD_REQUEST, "request.cursor-malformed")


async def test_a_list_is_shown_taken_in_and_changes_nothing_when_it_comes_again(
    stack: Stack,
) -> None:
    ada, one, other, third = stack.koordination, *(uuid4().hex[:8] for _ in range(3))
    provider = f"Träger {uuid4()}"
    first = course_list(line(one, provider=provider), line(other, provider=provider))
    preview = (await send(ada, "preview", first)).json()
    assert (preview["new"], preview["vanished"]) == ([one, other], [])
    assert preview["rows"][0] == {"number": 2, "cells": line(one, provider=provider)}
    taken = (await send(ada, "import", first)).json()
    assert taken["recorded"]
    await ada.read("/course-offers", at_least=taken["position"])
    head = await stack.head()
    again = (await send(ada, "import", first)).json()
    assert (again["recorded"], await stack.head()) == (False, head)
    assert again["message"].startswith("Nichts zu ändern")
    second = course_list(
        line(one, booked="15/15", provider=provider), line(third, provider=provider)
    )
    preview = (await send(ada, "preview", second)).json()
    assert (preview["new"], preview["changed"]) == ([third], [{"key": one, "fields": ["booked"]}])
    assert [gone["key"] for gone in preview["vanished"]] == [other]
    taken = (await send(ada, "import", second, withdraw_vanished=True)).json()
    assert taken["withdrawn"] == [gone["id"] for gone in preview["vanished"]]
    gone = await ada.read(f"/course-offers/{taken['withdrawn'][0]}")
    assert gone["standing"] == "withdrawn"
    assert gone["withdrawn_because"].startswith("Steht nicht mehr in der Liste vom ")
    older = (await send(ada, "preview", first, as_of=iso(-3))).json()
    assert (older["older"], older["new"]) == ([one], [other])


async def test_of_a_list_with_faults_only_the_clean_rows_are_taken_in_and_only_on_wish(
    stack: Stack,
) -> None:
    ada, good, bad = stack.koordination, uuid4().hex[:8], uuid4().hex[:8]
    content = course_list(line(good), line(bad, booked="viele"))
    preview = (await send(ada, "preview", content)).json()
    assert (preview["new"], preview["vanished"]) == ([good], [])
    (fault,) = preview["faults"]
    assert (fault["cell"], fault["value"]) == ("F3", "viele")
    before = await stack.head()
    refused(await send(ada, "import", content), HTTPStatus.UNPROCESSABLE_ENTITY, "file.faulty")
    assert await stack.head() == before
    taken = (await send(ada, "import", content, only_clean=True)).json()
    assert taken["recorded"]
    assert [left["cell"] for left in taken["left_out"]] == ["F3"]
    unreadable = await send(ada, "import", b"Nummer\n1\n", only_clean=True)
    refused(unreadable, HTTPStatus.UNPROCESSABLE_ENTITY, "file.faulty")
    unknown = await send(ada, "import", content, column="colour:Farbe")
    refused(unknown, HTTPStatus.UNPROCESSABLE_ENTITY, "file.faulty")


async def test_what_is_exported_can_be_taken_in_again(stack: Stack) -> None:
    ada, number = stack.koordination, uuid4().hex[:8]
    taken = (await send(ada, "import", course_list(line(number)))).json()
    await ada.read("/course-offers", at_least=taken["position"])
    response = await ada.ask("GET", "/course-offers/export")
    assert response.headers["content-type"].startswith("text/csv")
    assert number in response.text
    again = (await send(ada, "preview", response.content)).json()
    assert again["faults"] == []
    assert number in again["same"]


async def test_types_of_courses_say_whether_they_are_held_on_a_day(stack: Stack) -> None:
    def held(types: Json) -> set[str]:
        return {each["key"] for each in types if each["is_offered"]}

    now = held(await stack.jobcenter.read("/course-types"))
    before = held(await stack.jobcenter.read("/course-types", on="2024-12-31"))
    assert "job-bsk" in now
    assert {"bsk-a2", "bsk-c1", "bsk-retail"} <= before - now
