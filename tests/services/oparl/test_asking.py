"""Pages and filters of the lists, and what is answered to whoever asks for something else."""

from datetime import datetime, timedelta
from http import HTTPStatus

import msgspec

from services.runtime import Runtime
from services.settings import Settings
from tests.domain.steering.session_example import PROPOSAL, REPORT, SESSION_ID
from tests.services.oparl.group import GROUP_ID, LONG_ID, TOPICS, Group
from tests.services.oparl.walker import Walker
from tests.support.http import Json
from tests.support.stack import Stack, serving

ROOT = "/oparl/v1.1"
ITEMS = f"{ROOT}/agenda-item"
REFUSED = {
    "agenda-item?modified_since=gestern": HTTPStatus.BAD_REQUEST,
    "agenda-item?modified_since=2024-01-01": HTTPStatus.BAD_REQUEST,
    "agenda-item?created_until=2024-01-01T00:00:00": HTTPStatus.UNPROCESSABLE_ENTITY,
    "agenda-item?created_until=9999-01-01T00:00:00Z": HTTPStatus.UNPROCESSABLE_ENTITY,
    "agenda-item?after=%00": HTTPStatus.BAD_REQUEST,
    "agenda-item?after=WyJ4IiwiIl0": HTTPStatus.BAD_REQUEST,
    "gibt-es-nicht": HTTPStatus.NOT_FOUND,
    "meeting/x": HTTPStatus.NOT_FOUND,
    "meeting/%00": HTTPStatus.NOT_FOUND,
    f"organization/{str(GROUP_ID).upper()}": HTTPStatus.NOT_FOUND,
    "file/x/content": HTTPStatus.NOT_FOUND,
    "meeting/x/y": HTTPStatus.NOT_FOUND,
}


async def page(stack: Stack, query: str = "") -> Json:
    answer = await stack.http.get(f"{ITEMS}{query}")
    assert answer.status_code == HTTPStatus.OK, answer.text
    return answer.json()


async def test_filters_are_kept_on_every_page_and_the_order_stays(
    stack: Stack, group: Group
) -> None:
    await group.publish(LONG_ID, *TOPICS)
    await group.publish(SESSION_ID, REPORT, PROPOSAL)
    await group.withdraw(LONG_ID, TOPICS[0])
    everything = [one["id"] for one in (await page(stack))["data"]]
    assert len(everything) == 8
    walker, address = Walker(stack.http, limit=3), f"{stack.address}{ITEMS}"
    stamps = [datetime.fromisoformat(one["created"]) for one in (await page(stack))["data"]]
    long_ago = (min(stamps) - timedelta(days=1)).isoformat()
    later = (max(stamps) + timedelta(days=1)).isoformat()

    with_gone = await walker.read_list(address, modified_since=long_ago, created_until=later)
    assert len(with_gone) == 9
    assert [one["id"] for one in with_gone if "deleted" not in one] == everything
    assert len(await walker.read_list(address, created_since=long_ago)) == 8
    assert await walker.read_list(address, created_until=long_ago) == []
    assert await walker.read_list(address, modified_since=later) == []
    assert await walker.read_list(address, modified_until=long_ago) == []
    of_group = f"{stack.address}{ROOT}/organization/{GROUP_ID}/meeting"
    assert len(await walker.read_list(of_group, modified_since=long_ago)) == 2


async def test_what_is_withdrawn_while_somebody_reads_moves_nothing_else(
    stack: Stack, group: Group
) -> None:
    await group.publish(LONG_ID, *TOPICS)
    whole = [one["id"] for one in (await page(stack))["data"]]
    first = await page(stack, "?limit=3")
    await group.withdraw(LONG_ID, TOPICS[1])
    rest = (await stack.http.get(first["links"]["next"])).json()["data"]
    left = [one for one in whole[3:] if str(TOPICS[1].item) not in one]
    assert [one["id"] for one in rest] == left[:3]


async def test_lists_inside_are_left_out_for_whoever_asks(stack: Stack, group: Group) -> None:
    await group.publish(SESSION_ID, REPORT, PROPOSAL)
    (whole,) = (await stack.http.get(f"{ROOT}/meeting")).json()["data"]
    (short,) = (await stack.http.get(f"{ROOT}/meeting?omit_internal=true")).json()["data"]
    assert whole.keys() - short.keys() == {"agendaItem", "auxiliaryFile"}
    (body,) = (await stack.http.get(f"{ROOT}/body?omit_internal=true")).json()["data"]
    assert body["legislativeTerm"] == []


async def test_a_page_is_as_large_as_asked_but_not_larger_than_a_hundred(
    stack: Stack, group: Group
) -> None:
    await group.publish(LONG_ID, *TOPICS)
    for asked, taken in (("3", 3), ("100000", 100), ("0", 100), ("-1", 100), ("viele", 100)):
        found = await page(stack, f"?limit={asked}")
        assert found["pagination"]["elementsPerPage"] == taken, asked
    plus_not_encoded = await page(stack, "?created_since=2000-01-01T00:00:00+01:00")
    assert len(plus_not_encoded["data"]) == 7


async def test_what_does_not_fit_is_refused_in_the_form_of_oparl(stack: Stack) -> None:
    walker = Walker(stack.http)
    for path, status in REFUSED.items():
        answer = await walker.get(f"{ROOT}/{path}")
        assert answer.status_code == status, path
        assert answer.headers["content-type"] == "application/json", path
        found = answer.json()
        assert found["type"] == "https://schema.oparl.org/1.1/Error"
        assert found["message"].endswith((".", ")"))
        assert found["debug"].startswith("request.")


async def test_it_is_there_to_read_for_everybody_and_to_change_for_nobody(stack: Stack) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        answer = await stack.http.request(method, f"{ROOT}/system")
        assert answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED, method
        assert answer.headers["access-control-allow-origin"] == "*"
    answer = await stack.http.get(f"{ROOT}/system", headers={"Authorization": "Bearer krs_wrong"})
    assert answer.status_code == HTTPStatus.OK
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    other = await stack.http.get("/health/live")
    assert not any(name.startswith("access-control") for name in other.headers)


async def test_what_a_client_has_already_is_not_sent_again(stack: Stack, group: Group) -> None:
    first = await stack.http.get(f"{ROOT}/system")
    known = {"If-None-Match": f'"x", {first.headers["etag"]}'}
    again = await stack.http.get(f"{ROOT}/system", headers=known)
    assert (again.status_code, again.content) == (HTTPStatus.NOT_MODIFIED, b"")
    assert again.headers["etag"] == first.headers["etag"]
    empty = await stack.http.get(ITEMS)
    await group.publish(LONG_ID, *TOPICS)
    known = {"If-None-Match": empty.headers["etag"]}
    assert (await stack.http.get(ITEMS, headers=known)).status_code == HTTPStatus.OK


async def test_addresses_are_those_people_know_the_service_by(
    runtime: Runtime, settings: Settings, county: dict[str, str]
) -> None:
    public = msgspec.structs.replace(settings, public_url="https://kim.example")
    async with serving(runtime, public, county) as stack:
        group = Group(stack)
        await group.set_up()
        await group.publish(SESSION_ID, REPORT)
        system = (await stack.http.get(f"{ROOT}/system")).json()
        assert system["id"] == f"https://kim.example{ROOT}/system"
        for kind in ("meeting", "membership", "file"):
            text = (await stack.http.get(f"{ROOT}/{kind}?limit=1")).text
            assert f"https://kim.example{ROOT}/{kind}" in text
            assert stack.address not in text


async def test_the_system_and_the_county_say_who_publishes_and_under_which_terms(
    runtime: Runtime, settings: Settings, county: dict[str, str]
) -> None:
    told = msgspec.structs.replace(
        settings,
        public_url="https://kim.example",
        imprint_name="Kreis Paderborn",
        imprint_email="kim@kreis.example",
        open_data_license="https://www.govdata.de/dl-de/zero-2-0",
    )
    said = {
        "license": told.open_data_license,
        "contactEmail": told.imprint_email,
        "contactName": told.imprint_name,
    }
    keys = {"ags": "05774000", "rgs": "057740000000"}
    async with serving(runtime, told, county) as stack:
        before = (await stack.http.get(f"{ROOT}/system")).json()
        assert before == before | said | {"website": "https://kim.example"}
        group = Group(stack)
        await group.set_up()
        await group.publish(SESSION_ID, REPORT)
        system = (await stack.http.get(f"{ROOT}/system")).json()
        assert system == system | said | {"website": "https://kim.example"}
        [body] = (await stack.http.get(f"{ROOT}/body")).json()["data"]
        assert body == body | said | keys
        [item] = (await stack.http.get(ITEMS)).json()["data"]
        assert not said.keys() & item.keys()
    async with serving(runtime, settings, county) as stack:
        [body] = (await stack.http.get(f"{ROOT}/body")).json()["data"]
        assert not said.keys() & body.keys()
