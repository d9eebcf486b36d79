"""Themes over HTTP: bundled, written, handed over to a session, merged, closed."""

from datetime import UTC, datetime
from http import HTTPStatus
from uuid import UUID, uuid4

import pytest

from domain.kernel import Role
from services.catalogues.catalogue import catalogues
from services.contexts.findings import FindingContexts
from tests.support.appointing import appoint
from tests.support.findings import CALLED, SALZKOTTEN, SUMMARY, Bundler
from tests.support.http import pointers, recorded, refused
from tests.support.stack import Stack
from tests.support.steering_log import SteeringLog

KIM = "kim-koordinierung"
AUTUMN = datetime(2026, 11, 24, 13, tzinfo=UTC)


@pytest.fixture
async def bundler(stack: Stack) -> Bundler:
    return Bundler(stack, stack.koordination)


async def session_in(stack: Stack) -> UUID:
    return await SteeringLog(stack.runtime.store).schedule(AUTUMN)


async def ready(stack: Stack, *themes: str) -> set[str]:
    """Those of the themes that a session may have on its agenda."""
    contexts = FindingContexts(stack.runtime.store, catalogues().fields)
    return {str(theme) for theme in await contexts.ready_themes([UUID(t) for t in themes])}


async def test_a_theme_goes_from_its_findings_to_a_session_and_its_end(
    stack: Stack, bundler: Bundler
) -> None:
    coordinator, session = stack.koordination, await session_in(stack)
    theme = await bundler.opened(key="sprache-im-betrieb")
    path = f"/themes/{theme}"
    here = await bundler.reported(by=stack.fallmanagement, band="1-4")
    await bundler.take(here, theme)
    early = await coordinator.post(f"{path}/agenda", {"session": str(session)}, seen=1)
    refused(early, HTTPStatus.CONFLICT, "theme.summary-missing")
    await bundler.write(theme)
    few = await coordinator.post(f"{path}/agenda", {"session": str(session)}, seen=2)
    refused(few, HTTPStatus.CONFLICT, "theme.too-few-cases")
    view = await coordinator.read(path)
    assert (view["cases_at_least"], view["obstacles"]) == (1, ["theme.too-few-cases"])
    assert await ready(stack, theme, str(uuid4())) == set()

    there = await bundler.reported(municipality=SALZKOTTEN, band="5-9")
    await bundler.take(there, theme)
    assert await ready(stack, theme) == {theme}
    nowhere = await coordinator.post(f"{path}/agenda", {"session": str(uuid4())}, seen=2)
    refused(nowhere, HTTPStatus.NOT_FOUND, "session.unknown")
    await bundler.hand_over(theme, session)
    view = await coordinator.read(path)
    assert (view["stage"], view["session"]) == ("on-agenda", str(session))
    assert (view["cases_at_least"], view["municipalities"]) == (6, [SALZKOTTEN])
    assert {finding["id"] for finding in view["findings"]} == {here, there}
    fixed = await coordinator.put(f"{path}/summary", {**SUMMARY, "title": "Anders"}, seen=1)
    refused(fixed, HTTPStatus.CONFLICT, "theme.on-an-agenda")
    listed = await coordinator.read("/themes", session=session, stage="on-agenda")
    assert [(row["findings"], row["cases_at_least"]) for row in listed["items"]] == [(2, 6)]

    resolution = str(uuid4())
    body = {"session": str(session), "resolutions": [resolution]}
    recorded(await coordinator.post(f"{path}/discussions", body))
    await bundler.step(path, "closing", {"outcome": "mandated", "text": "Eine Gruppe beginnt."})
    view = await coordinator.read(path)
    assert (view["stage"], view["outcome"]) == ("closed", "mandated")
    assert (view["discussed_in"], view["resolutions"]) == ([str(session)], [resolution])
    (row,) = (await coordinator.read("/themes", session=session))["items"]
    assert (row["outcome"], row["resolutions"]) == ("mandated", [resolution])
    told = await stack.revision.all_pages(f"{path}/history", limit=2)
    assert [entry["topic"] for entry in told] == [
        "theme.opened",
        "theme.summarised",
        "theme.handed-over",
        "theme.discussed",
        "theme.closed",
    ]
    assert "mit 2 Erkenntnissen über mindestens 6 Fälle" in told[2]["sentence"]
    before = await stack.revision.read(path, position=told[1]["position"])
    assert (before["stage"], len(before["findings"])) == ("open", 1)
    await bundler.step(path, "reopening", {"reason": "Die Gruppe fand nicht statt."})
    assert (await coordinator.read(path))["stage"] == "open"


async def test_a_finding_is_in_one_theme_at_a_time_and_goes_on_where_it_is_merged(
    stack: Stack, bundler: Bundler
) -> None:
    finding = await bundler.reported()
    first, second = await bundler.opened("Erstes"), await bundler.opened("Zweites")
    await bundler.take(finding, first)
    response = await stack.koordination.post(
        f"/findings/{finding}/theme", {"theme": second}, seen=2
    )
    refused(response, HTTPStatus.CONFLICT, "finding.in-another-theme")
    await bundler.step(f"/themes/{first}", "merging", {"into": second, "reason": "Dasselbe."})
    view = await stack.koordination.read(f"/themes/{second}")
    assert ([f["id"] for f in view["findings"]], view["merged_here"]) == ([finding], [first])
    (row,) = (await stack.revision.read("/findings", theme=second))["items"]
    assert (row["theme"], row["theme_title"]) == (second, "Zweites")
    (told,) = [
        entry
        for entry in await stack.revision.all_pages(f"/themes/{first}/history")
        if entry["topic"] == "theme.merged"
    ]
    assert "„Zweites“" in told["sentence"]
    await bundler.step(f"/themes/{first}", "reopening", {"reason": "Doch nicht."})
    assert (await stack.koordination.read(f"/themes/{second}"))["findings"] == []
    await bundler.step(f"/findings/{finding}", "release", {"reason": "Gehört nicht dazu."})
    assert (await stack.revision.read(f"/findings/{finding}"))["stage"] == "reported"


async def test_who_reads_a_theme_depends_on_whether_it_was_on_an_agenda(
    stack: Stack, bundler: Bundler
) -> None:
    theme = await bundler.opened()
    await bundler.take(await bundler.reported(band="10-24"), theme)
    await bundler.take(await bundler.reported(band="1-4", municipality=SALZKOTTEN), theme)
    await bundler.write(theme)
    member = await appoint(stack, Role.STEERING_MEMBER, "jobcenter")
    elsewhere = await appoint(stack, Role.CASE_MANAGER, KIM, "05774028")
    for person in (member, elsewhere):
        assert (await person.read("/themes"))["items"] == []
        response = await person.ask("GET", f"/themes/{theme}")
        refused(response, HTTPStatus.FORBIDDEN, "theme.may-not-read")
    own = await stack.fallmanagement.read(f"/themes/{theme}")
    assert [finding["municipality"] for finding in own["findings"]] == ["05774020"]
    assert own["cases_at_least"] == 0, "from the sum, the others' cases could be told"
    (row,) = (await stack.fallmanagement.read("/themes"))["items"]
    assert (row["findings"], row["cases_at_least"]) == (None, None)

    session = await session_in(stack)
    await bundler.hand_over(theme, session)
    for person in (member, elsewhere):
        assert [row["id"] for row in (await person.read("/themes"))["items"]] == [theme]
        view = await person.read(f"/themes/{theme}")
        assert (view["findings"], view["cases_at_least"]) == ([], 11)
        assert view["municipalities"] == ["05774020"]
    back = {"session": str(session), "reason": "Die Sitzung fällt aus."}
    await bundler.step(f"/themes/{theme}", "taking-back", back)
    assert (await stack.koordination.read(f"/themes/{theme}"))["stage"] == "open"
    for path in ("/themes", f"/themes/{theme}", f"/themes/{theme}/summary"):
        response = await stack.jobcenter.ask("GET", path)
        refused(response, HTTPStatus.FORBIDDEN, "identity.role-missing")
    for path in ("/closing", "/agenda", "/merging"):
        body = {"outcome": "settled", "text": "Gut.", "session": str(session), "into": theme}
        wanted = {"/closing": ("outcome", "text"), "/agenda": ("session",), "/merging": ("into",)}
        sent = {name: body[name] for name in wanted[path]}
        sent |= {"reason": "Dasselbe."} if path == "/merging" else {}
        response = await stack.fallmanagement.post(f"/themes/{theme}{path}", sent, seen=1)
        refused(response, HTTPStatus.FORBIDDEN, "identity.role-missing")


async def test_texts_of_a_theme_name_nobody_and_are_not_overwritten(
    stack: Stack, bundler: Bundler
) -> None:
    coordinator = stack.koordination
    named = await coordinator.post("/themes", {"title": "Herr Kowalski sucht Arbeit"})
    problem = refused(named, HTTPStatus.UNPROCESSABLE_ENTITY, "finding.looks-like-a-client")
    assert pointers(problem) == ["/title"]
    theme = await bundler.opened()
    path = f"/themes/{theme}/summary"
    (section,) = SUMMARY["sections"]
    called = {**SUMMARY, "sections": [{**section, "text": CALLED}]}
    problem = refused(
        await coordinator.put(path, called, seen=0),
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "finding.looks-like-a-client",
    )
    assert pointers(problem) == ["/sections"]
    recorded(await coordinator.put(path, SUMMARY, seen=0))
    stale = await coordinator.put(path, {**SUMMARY, "title": "Anders"}, seen=0)
    refused(stale, HTTPStatus.PRECONDITION_FAILED, "theme.summary-changed")
    response = await coordinator.ask("GET", path)
    assert (response.headers["etag"], response.json()["title"]) == ('"1"', SUMMARY["title"])
    source = {"kind": "company", "text": "Ein Betrieb sucht Kurse.", "reference": "ihk"}
    recorded(await coordinator.post(f"/themes/{theme}/sources", source))
    assert (await coordinator.read(f"/themes/{theme}"))["sources"] == [source]
    for missing in (f"/themes/{uuid4()}", f"/themes/{uuid4()}/history"):
        refused(await coordinator.ask("GET", missing), HTTPStatus.NOT_FOUND, "theme.unknown")
