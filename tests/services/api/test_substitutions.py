"""Substitutions and addresses over HTTP: who sees and does what, and what is said when refused."""

from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from uuid import uuid4

import pytest

from tests.support.http import Json, from_now, recorded, refused
from tests.support.stack import Stack

DAY = 24 * 3600


async def account_of(stack: Stack, key: str) -> str:
    return (await stack.people[key].read("/me"))["account"]


async def body_for(stack: Stack, key: str, *roles: str, **other: object) -> Json:
    """Somebody acts for a week, from a moment ago on."""
    return {
        "substitute": await account_of(stack, key),
        "roles": list(roles),
        "since": from_now(-60),
        "until": from_now(7 * DAY),
        "reason": "Urlaub",
        **other,
    }


async def test_a_substitute_does_what_the_absent_person_may_and_both_are_named(
    stack: Stack,
) -> None:
    absent = await account_of(stack, "koordination")
    body = await body_for(stack, "fachgruppe", "coordinator")
    granted = await stack.verwaltung.post(f"/accounts/{absent}/substitutions", body)
    position = recorded(granted)["position"]
    [mine] = await stack.fachgruppe.read("/me/substitutions", at_least=position)
    assert (mine["name"], mine["reason"]) == ("Karin Koordination (erfunden)", "Urlaub")
    grants = (await stack.fachgruppe.read("/me"))["grants"]
    assert [(grant["role"], grant["substitutes"]) for grant in grants] == [
        ("expert", ""),
        ("coordinator", absent),
    ]
    opening = {"municipality": "05774020", "edition": "2025"}
    opened = recorded(await stack.fachgruppe.post("/concepts", opening))
    history = await stack.revision.read(f"/concepts/{opened['id']}/history")
    [entry] = history["items"]
    assert (entry["name"], entry["absent"]) == (
        "Frida Fachgruppe (erfunden)",
        "Karin Koordination (erfunden)",
    )
    ending = {"reason": "Früher zurück"}
    path = f"/accounts/{absent}/substitutions/{mine['id']}/end"
    position = recorded(await stack.koordination.post(path, ending))["position"]
    [ended] = await stack.revision.read(f"/accounts/{absent}/substitutions", at_least=position)
    assert ended["ended_at"] is not None
    other = {"municipality": "05774036", "edition": "2025"}
    response = await stack.fachgruppe.post("/concepts", other)
    refused(response, HTTPStatus.FORBIDDEN, "identity.role-missing")


async def test_a_substitute_gives_no_rights_to_the_two(stack: Stack) -> None:
    absent = await account_of(stack, "verwaltung")
    own = await account_of(stack, "fachgruppe")
    body = await body_for(stack, "fachgruppe", "administrator")
    granted = recorded(await stack.verwaltung.post(f"/accounts/{absent}/substitutions", body))
    await stack.runtime.read_models.reached(granted["position"])
    role = {"role": "administrator", "organisation": "kim-koordinierung"}
    for account in (absent, own):
        response = await stack.fachgruppe.post(f"/accounts/{account}/roles", role)
        refused(response, HTTPStatus.FORBIDDEN, "identity.not-as-a-substitute")
    body = await body_for(stack, "jobcenter", "administrator")
    response = await stack.fachgruppe.post(f"/accounts/{absent}/substitutions", body)
    refused(response, HTTPStatus.FORBIDDEN, "identity.not-as-a-substitute")
    elsewhere = await account_of(stack, "jobcenter")
    recorded(await stack.fachgruppe.post(f"/accounts/{elsewhere}/roles", role))


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"roles": []}, HTTPStatus.UNPROCESSABLE_ENTITY, "account.nothing-to-substitute"),
        ({"roles": ["auditor"]}, HTTPStatus.CONFLICT, "account.role-not-held"),
        ({"substitute": str(uuid4())}, HTTPStatus.NOT_FOUND, "account.unknown-substitute"),
        (
            {"since": "2020-01-01T00:00:00Z", "until": "2020-01-02T00:00:00Z"},
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "account.substitution-is-over",
        ),
        (
            {"until": "2020-01-02T00:00:00Z"},
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "account.span-ends-before-it-begins",
        ),
    ],
)
async def test_what_makes_no_sense_is_refused_in_german(
    stack: Stack, change: Json, status: HTTPStatus, code: str
) -> None:
    absent = await account_of(stack, "koordination")
    body = await body_for(stack, "fachgruppe", "coordinator", **change)
    response = await stack.verwaltung.post(f"/accounts/{absent}/substitutions", body)
    refused(response, status, code)


async def test_nobody_appoints_themselves_and_a_member_nobody_for_others(stack: Stack) -> None:
    member = await account_of(stack, "jobcenter")
    path = f"/accounts/{member}/substitutions"
    body = await body_for(stack, "koordination", "organisation-member")
    response = await stack.koordination.post(path, body)
    refused(response, HTTPStatus.FORBIDDEN, "account.substitute-appoints-themselves")
    response = await stack.agentur.post(path, await body_for(stack, "agentur"))
    refused(response, HTTPStatus.FORBIDDEN, "identity.role-missing")
    asked = await stack.agentur.ask("GET", path)
    refused(asked, HTTPStatus.FORBIDDEN, "identity.role-missing")
    assert await stack.jobcenter.read(path) == []
    assert await stack.revision.read(path) == []


async def test_colleagues_are_those_of_ones_own_organisations(stack: Stack) -> None:
    names = {one["name"].split()[0] for one in await stack.koordination.read("/me/colleagues")}
    assert names == {"Falk", "Renate", "Viktor", "Frida"}
    assert await stack.jobcenter.read("/me/colleagues") == []


async def test_an_address_is_recorded_by_the_person_and_read_by_few(stack: Stack) -> None:
    member = await account_of(stack, "jobcenter")
    address = {"address": "jana@example.org"}
    recorded(await stack.jobcenter.put(f"/accounts/{member}/address", address))
    position = await stack.head()
    await stack.runtime.read_models.reached(position)
    assert (await stack.jobcenter.read("/me"))["address"] == "jana@example.org"
    for reader, known in (("koordination", "jana@example.org"), ("revision", None)):
        found = await stack.people[reader].read(f"/accounts/{member}", at_least=position)
        assert found["address"] == known
    entries = await stack.revision.read("/audit/trail", account=member)
    assert "jana@example.org" not in str(entries)
    other = await account_of(stack, "agentur")
    response = await stack.agentur.put(f"/accounts/{other}/address", address)
    refused(response, HTTPStatus.CONFLICT, "account.address-taken")
    response = await stack.agentur.put(f"/accounts/{member}/address", address)
    refused(response, HTTPStatus.FORBIDDEN, "identity.role-missing")
    gone = await stack.jobcenter.ask("DELETE", f"/accounts/{member}/address")
    await stack.runtime.read_models.reached(recorded(gone)["position"])
    assert (await stack.jobcenter.read("/me"))["address"] is None


async def test_a_coordinator_reaches_members_only(stack: Stack) -> None:
    member, staff = await account_of(stack, "jobcenter"), await account_of(stack, "revision")
    path = "/accounts/{}/address"
    address = {"address": "neu@example.org"}
    recorded(await stack.koordination.put(path.format(member), address))
    response = await stack.koordination.put(path.format(staff), {"address": "x@example.org"})
    refused(response, HTTPStatus.FORBIDDEN, "identity.role-missing")


@pytest.mark.parametrize("address", ["jana", "jana@", "", "a@b\r\nBcc: c@d.de", "x" * 300])
async def test_what_is_no_address_is_refused_and_not_repeated(stack: Stack, address: str) -> None:
    member = await account_of(stack, "jobcenter")
    response = await stack.jobcenter.put(f"/accounts/{member}/address", {"address": address})
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert not address or address not in response.json()["detail"]


async def test_the_same_account_is_registered_once_with_its_address(stack: Stack) -> None:
    body = {"name": "Gül Aydin", "address": "guel@example.org"}
    made = [recorded(await stack.verwaltung.post("/accounts", body, key="a")) for _ in range(2)]
    assert made[0] == made[1]
    found = await stack.verwaltung.read(f"/accounts/{made[0]['id']}", at_least=made[0]["position"])
    assert (found["name"], found["address"]) == ("Gül Aydin", "guel@example.org")


async def test_what_is_no_account_neither_substitutes_nor_has_an_address(stack: Stack) -> None:
    opening = {"municipality": "05774020", "edition": "2025"}
    concept = recorded(await stack.koordination.post("/concepts", opening))["id"]
    absent = await account_of(stack, "koordination")
    body = await body_for(stack, "fachgruppe", "coordinator", substitute=concept)
    response = await stack.verwaltung.post(f"/accounts/{absent}/substitutions", body)
    refused(response, HTTPStatus.NOT_FOUND, "account.unknown-substitute")
    address = {"address": "delbrueck@example.org"}
    response = await stack.verwaltung.put(f"/accounts/{concept}/address", address)
    refused(response, HTTPStatus.NOT_FOUND, "account.unknown")


async def test_processes_say_what_comes_next(stack: Stack) -> None:
    items = await stack.revision.all_pages("/processes", limit=1)
    assert {item["kind"] for item in items} == {"funded-post", "retention"}
    [retention] = [item for item in items if item["kind"] == "retention"]
    assert retention["next_step"] == "look-at-files"
    moment = datetime.fromisoformat(retention["next_at"])
    assert moment - datetime.now(UTC) <= timedelta(days=1)
    assert retention["running"] == "unknown", "Temporal is away here"
    response = await stack.jobcenter.ask("GET", "/processes")
    refused(response, HTTPStatus.FORBIDDEN, "identity.role-missing")
