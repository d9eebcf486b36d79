"""Funded posts over HTTP: entered, funded, filled, accounted for, counted and taken along."""

from datetime import timedelta
from http import HTTPStatus
from io import BytesIO
from zipfile import ZipFile

from tests.support.days import today
from tests.support.http import Json, recorded, refused
from tests.support.stack import Stack

TODAY = today()
BEGAN, ENDS = TODAY - timedelta(days=90), TODAY + timedelta(days=200)
ALTENBEKEN, PADERBORN = "05774004", "05774032"
FUNDING: Json = {
    "starts_on": BEGAN.isoformat(),
    "ends_on": ENDS.isoformat(),
    "per_year": 5_700_000,
    "notice": "37.03-12",
}


def draft(key: str, **more: Json) -> Json:
    return {
        "key": key,
        "part": "case-management",
        "employer": "kim-koordinierung",
        "share": 75,
        "effective_from": BEGAN.isoformat(),
        "municipality": PADERBORN,
        "funding": FUNDING,
        **more,
    }


def totals(view: Json) -> Json:
    return view["total"]["funded"], view["total"]["filled"], view["total"]["vacant"]


async def test_a_post_is_entered_filled_vacated_and_accounted_for(stack: Stack) -> None:
    coordinator = stack.koordination
    only = {"part": "case-management", "municipality": PADERBORN}
    response = await coordinator.post("/posts", draft("cm-paderborn"))
    path = response.headers["location"].removeprefix("/api/v1")
    assert recorded(response)["version"] == 1
    assert totals(await coordinator.read("/posts/staffing", **only)) == (75, 0, 75)
    since = {"effective_from": (BEGAN + timedelta(days=30)).isoformat()}
    await coordinator.post(f"{path}/filling", since, seen=1)
    view = await coordinator.read(path)
    assert (view["is_filled"], view["is_named"], view["holder"]) == (True, False, None)
    assert totals(await coordinator.read("/posts/staffing", **only)) == (75, 75, 0)
    further = {
        "starts_on": (ENDS + timedelta(days=31)).isoformat(),
        "ends_on": (ENDS + timedelta(days=300)).isoformat(),
    }
    recorded(await coordinator.post(f"{path}/fundings", further, seen=2))
    due = {"due": (TODAY + timedelta(days=100)).isoformat()}
    headers = {"Idempotency-Key": "due-2025", "If-Match": '"3"'}
    recorded(await coordinator.ask("PUT", f"{path}/proofs/2025", due, headers=headers))
    handed_in = {"submitted_on": TODAY.isoformat()}
    recorded(await coordinator.post(f"{path}/proofs/2025/submission", handed_in, seen=4))
    left = {"effective_from": TODAY.isoformat(), "reason": "Wechsel"}
    recorded(await coordinator.post(f"{path}/vacancy", left, seen=5))
    view = await coordinator.read(path)
    assert (view["is_filled"], view["proof_due"], view["version"]) == (False, None, 6)
    assert view["funded_until"] == further["ends_on"]
    assert [one["is_filled"] for one in view["occupancies"]] == [True, False]
    gaps = {
        one["month"][:7]: one["vacant"]
        for one in (await coordinator.read("/posts/staffing", **only))["months"]
    }
    assert gaps[f"{TODAY:%Y-%m}"] == 75
    history = await coordinator.read(f"{path}/history")
    assert history["items"][-1]["sentence"].startswith("Stelle unbesetzt ab")


async def test_the_posts_decide_where_the_county_employs(stack: Stack) -> None:
    concept = {"municipality": PADERBORN, "edition": "2025"}
    refused(
        await stack.koordination.post("/concepts", concept),
        HTTPStatus.CONFLICT,
        "concept.county-is-not-employer",
    )
    recorded(await stack.koordination.post("/posts", draft("cm-paderborn")))
    municipalities = await stack.koordination.read("/municipalities")
    [city] = [one for one in municipalities if one["ags"] == PADERBORN]
    assert (city["county_is_employer"], city["assumed"]) == (True, False)
    recorded(await stack.koordination.post("/concepts", concept))


async def test_a_vacant_post_without_funding_employs_nobody_any_more(stack: Stack) -> None:
    for post in (await stack.koordination.read("/posts", municipality=ALTENBEKEN))["items"]:
        end = {"effective_from": TODAY.isoformat(), "reason": "Nicht mehr bewilligt"}
        path = f"/posts/{post['id']}/ending"
        recorded(await stack.koordination.post(path, end, seen=post["version"]))
    body = draft("cm-altenbeken-2", municipality=ALTENBEKEN, funding=None)
    recorded(await stack.koordination.post("/posts", body))
    concept = {"municipality": ALTENBEKEN, "edition": "2025"}
    refused(
        await stack.koordination.post("/concepts", concept),
        HTTPStatus.CONFLICT,
        "concept.county-is-not-employer",
    )


async def test_who_holds_a_post_is_named_only_with_consent_and_only_to_some(stack: Stack) -> None:
    coordinator = stack.koordination
    me = (await coordinator.read("/me"))["account"]
    location = (await coordinator.post("/posts", draft("cm-paderborn"))).headers["location"]
    path = location.removeprefix("/api/v1")
    body = {"effective_from": TODAY.isoformat(), "holder": me}
    refused(
        await coordinator.post(f"{path}/filling", body, seen=1),
        HTTPStatus.CONFLICT,
        "post.consent-missing",
    )
    agreed = {**body, "has_consent": True}
    recorded(await coordinator.post(f"{path}/filling", agreed, seen=1))
    assert (await coordinator.read(path))["holder"]["account"] == me
    assert (await stack.revision.read(path))["holder"]["account"] == me
    seen = await stack.lenkung.read(path)
    assert (seen["is_filled"], seen["is_named"], seen["holder"]) == (True, True, None)
    recorded(await coordinator.post(f"{path}/holder-removal", None, seen=3))
    assert (await coordinator.read(path))["holder"] is None
    earlier = (await coordinator.read(path))["position"] - 1
    before = await coordinator.read(path, position=earlier)
    assert before["holder"] is None


async def test_posts_are_taken_along_as_a_table_without_people(stack: Stack) -> None:
    recorded(await stack.koordination.post("/posts", draft("cm-paderborn")))
    response = await stack.lenkung.ask("GET", "/posts/table.csv")
    lines = response.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Schlüssel;Baustein;Kommune;Anstellungsträger;")
    [line] = [line for line in lines if line.startswith("cm-paderborn;")]
    assert line.startswith("cm-paderborn;Case Management;Paderborn;KIM-Koordinierung")
    assert ";0,75;nein;ja;" in line
    assert ";57000,0;37.03-12;" in line
    workbook = await stack.lenkung.ask("GET", "/posts/table.xlsx")
    assert "xl/workbook.xml" in ZipFile(BytesIO(workbook.content)).namelist()


async def test_case_managers_and_organisations_read_no_posts(stack: Stack) -> None:
    for person in (stack.fallmanagement, stack.jobcenter):
        for path in ("/posts", "/posts/staffing", "/posts/table.csv"):
            response = await person.ask("GET", path)
            assert response.status_code == HTTPStatus.FORBIDDEN


async def test_who_held_a_post_can_be_erased_and_that_it_was_filled_stays(stack: Stack) -> None:
    coordinator = stack.koordination
    me = (await coordinator.read("/me"))["account"]
    location = (await coordinator.post("/posts", draft("cm-paderborn"))).headers["location"]
    path = location.removeprefix("/api/v1")
    body = {"effective_from": TODAY.isoformat(), "holder": me, "has_consent": True}
    recorded(await coordinator.post(f"{path}/filling", body, seen=1))
    named = (await coordinator.read(f"{path}/history"))["items"][-1]
    assert named["event"]["holder"] == me
    subject = f"/subjects/{named['event']['holding']}/erasure"
    recorded(await stack.verwaltung.post(subject, {"reason": "Auf Wunsch der Person."}))
    again = (await coordinator.read(f"{path}/history"))["items"][-1]
    assert again["event"]["holder"] != me
    view = await coordinator.read(path)
    assert view["is_filled"]
    assert me not in str(view)
