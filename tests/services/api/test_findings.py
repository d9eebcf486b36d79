"""Findings over HTTP: reported without clients, corrected, bundled, withdrawn, erased."""

from http import HTTPStatus
from uuid import uuid4

from domain.kernel import Role
from tests.support.appointing import appoint
from tests.support.findings import (
    CALLED,
    NO_CLIENT,
    SALZKOTTEN,
    SCARCE,
    YEAR,
    Bundler,
    report,
)
from tests.support.http import pointers, recorded, refused
from tests.support.stack import Stack

KIM = "kim-koordinierung"


async def test_a_case_manager_reports_what_is_missing_where_they_work(stack: Stack) -> None:
    falk = stack.fallmanagement
    response = await falk.post("/findings", report(), key="once")
    decision = recorded(response)
    assert response.headers["location"] == f"/api/v1/findings/{decision['id']}"
    assert recorded(await falk.post("/findings", report(), key="once")) == decision
    response = await falk.ask("GET", f"/findings/{decision['id']}")
    assert response.headers["etag"] == '"1"'
    view = response.json()
    assert (view["description"], view["band"], view["stage"]) == (SCARCE, "5-9", "reported")
    assert view["organisation"] == KIM
    listed = await falk.read("/findings", at_least=decision["position"])
    (row,) = listed["items"]
    assert (row["municipality_name"], row["description"]) == ("Delbrück", SCARCE)
    response = await falk.post("/findings", report(municipality=SALZKOTTEN))
    refused(response, HTTPStatus.FORBIDDEN, "identity.outside-own-area")
    for person in (stack.jobcenter, stack.revision, stack.berufskolleg):
        response = await person.post("/findings", report())
        refused(response, HTTPStatus.FORBIDDEN, "identity.role-missing")


async def test_what_looks_like_a_client_is_refused_with_its_kind_until_it_is_no_false_alarm(
    stack: Stack,
) -> None:
    falk = stack.fallmanagement
    before = await stack.head()
    found = await falk.post("/findings/checks", {"text": CALLED})
    assert found.json() == [{"sign": "phone", "start": 21, "end": 35, "name": "Telefonnummer"}]
    response = await falk.post("/findings", report(CALLED))
    problem = refused(response, HTTPStatus.UNPROCESSABLE_ENTITY, "finding.looks-like-a-client")
    assert "4610" not in response.text
    assert pointers(problem) == ["/description"]
    assert problem["errors"][0]["code"] == "phone"
    assert problem["errors"][0]["detail"] == "Telefonnummer (Zeichen 22 bis 35)"
    elsewhere = {**NO_CLIENT, "start": 1}
    response = await falk.post("/findings", report(CALLED, false_alarms=[elsewhere]))
    problem = refused(response, HTTPStatus.UNPROCESSABLE_ENTITY, "finding.no-such-place")
    assert pointers(problem) == ["/false_alarms"]
    assert await stack.head() == before
    decision = recorded(await falk.post("/findings", report(CALLED, false_alarms=[NO_CLIENT])))
    view = await falk.read(f"/findings/{decision['id']}")
    assert view["false_alarms"] == [NO_CLIENT]
    (told,) = await stack.revision.all_pages(f"/findings/{decision['id']}/history")
    assert told["sentence"].endswith("1 Fehlalarm der Prüfung vermerkt.")


async def test_everybody_reads_the_findings_of_their_area_alone(stack: Stack) -> None:
    bundler = Bundler(stack, stack.koordination)
    here = await bundler.reported(by=stack.fallmanagement)
    there = await bundler.reported(municipality=SALZKOTTEN, kind="potential", field="work")
    sam = await appoint(stack, Role.CASE_MANAGER, KIM, SALZKOTTEN)
    for person, seen in (
        (stack.revision, [there, here]),
        (stack.verwaltung, [there, here]),
        (stack.fallmanagement, [here]),
        (sam, [there]),
    ):
        assert [row["id"] for row in await person.all_pages("/findings", limit=1)] == seen
    refused(
        await sam.ask("GET", f"/findings/{here}"),
        HTTPStatus.FORBIDDEN,
        "identity.outside-own-area",
    )
    for path in ("/findings", f"/findings/{here}"):
        response = await stack.jobcenter.ask("GET", path)
        refused(response, HTTPStatus.FORBIDDEN, "identity.role-missing")
    for query, found in (
        ({"municipality": SALZKOTTEN}, [there]),
        ({"municipality": "774020"}, [here]),
        ({"field": "work"}, [there]),
        ({"kind": "gap"}, [here]),
        ({"school_year": YEAR, "stage": "reported"}, [there, here]),
        ({"stage": "withdrawn"}, []),
    ):
        rows = await stack.revision.read("/findings", **query)
        assert [row["id"] for row in rows["items"]] == found
    fields = await stack.fallmanagement.read("/fields")
    assert {"language", "work", "housing"} <= {field["key"] for field in fields}


async def test_a_finding_is_corrected_and_can_be_read_as_it_was(stack: Stack) -> None:
    finding = await Bundler(stack, stack.koordination).reported(by=stack.fallmanagement)
    path = f"/findings/{finding}"
    first = await stack.revision.read(path)
    correction = {**report("Es fehlen Plätze.", band="10-24"), "reason": "Es sind mehr."}
    del correction["municipality"]
    stale = await stack.fallmanagement.post(f"{path}/correction", correction, seen=7)
    refused(stale, HTTPStatus.PRECONDITION_FAILED, "request.version-changed")
    counted = await stack.koordination.post(f"{path}/correction", correction, seen=1)
    refused(counted, HTTPStatus.FORBIDDEN, "finding.only-case-managers-count")
    recorded(await stack.fallmanagement.post(f"{path}/correction", correction, seen=1))
    now = await stack.revision.read(path)
    assert (now["description"], now["band"], now["corrections"]) == (
        "Es fehlen Plätze.",
        "10-24",
        1,
    )
    assert await stack.revision.read(path, position=first["position"]) == first
    assert await stack.revision.read(path, as_of=first["changed_at"]) == first
    earlier = await stack.revision.ask("GET", f"{path}?position={first['position'] - 1}")
    refused(earlier, HTTPStatus.NOT_FOUND, "finding.unknown")
    told = await stack.revision.all_pages(f"{path}/history", limit=1)
    assert [entry["topic"] for entry in told] == ["finding.reported", "finding.corrected"]
    assert told[1]["reason"] == "Es sind mehr."


async def test_a_client_that_slipped_through_is_erased_and_the_finding_withdrawn(
    stack: Stack,
) -> None:
    bundler = Bundler(stack, stack.koordination)
    finding = await bundler.reported(by=stack.fallmanagement)
    path = f"/findings/{finding}"
    theme = await bundler.opened()
    await bundler.take(finding, theme)
    why = {"reason": "Eine Person war zu erkennen."}
    erased = recorded(await stack.verwaltung.post(f"/subjects/{finding}/erasure", why))
    await stack.runtime.read_models.reached(erased["position"])
    view = await stack.revision.read(path)
    assert view["description"]["reason"] == why["reason"]
    (row,) = (await stack.revision.read("/findings"))["items"]
    assert row["description"] == view["description"]
    for page in (f"{path}/history", "/audit/trail"):
        assert SCARCE not in (await stack.revision.ask("GET", page)).text
    recorded(await stack.fallmanagement.post(f"{path}/withdrawal", why, seen=view["version"]))
    assert (await stack.revision.read(path))["withdrawn_because"] == why["reason"]
    assert (await stack.revision.read(f"/themes/{theme}"))["findings"] == []


async def test_what_cannot_be_reported_is_pointed_to(stack: Stack) -> None:
    for change, pointer in (
        ({"school_year": "2026"}, "/school_year"),
        ({"band": "7"}, "/band"),
        ({"description": ""}, "/description"),
        ({"field": "weather"}, "/field"),
        ({"name": "Meyer"}, "/name"),
    ):
        response = await stack.koordination.post("/findings", report(**change))
        assert response.status_code in {HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.NOT_FOUND}
        assert pointers(response.json()) == [pointer]
    blank = await stack.koordination.post("/findings", report("  "))
    problem = refused(blank, HTTPStatus.UNPROCESSABLE_ENTITY, "finding.text-missing")
    assert pointers(problem) == ["/description"]
    nowhere = await stack.koordination.post("/findings", report(municipality="05999999"))
    refused(nowhere, HTTPStatus.NOT_FOUND, "municipality.unknown")
    for path in (f"/findings/{uuid4()}", f"/findings/{uuid4()}/history"):
        refused(await stack.revision.ask("GET", path), HTTPStatus.NOT_FOUND, "finding.unknown")
