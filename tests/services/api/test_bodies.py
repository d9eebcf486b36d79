"""Bodies over HTTP: seats, who sits on them when, editions of the rules, and who reads them."""

from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus

import pytest

from domain.kernel import Role
from tests.support.http import Json, recorded, refused
from tests.support.stack import Stack
from tests.support.steering import (
    BODY,
    FOUNDED,
    MARCH,
    MEETING,
    RULES,
    Clock,
    Sitting,
    appointed,
    established,
    member,
)

LATER = datetime(2026, 3, 25, 9, tzinfo=UTC)


@pytest.fixture
async def stack(clock: Clock, stack: Stack) -> Stack:
    """At the time the clock shows."""
    assert clock() == MARCH
    return stack


async def test_a_body_is_established_seated_and_read_as_it_was(stack: Stack) -> None:
    dora, emil = await member(stack, "Dora"), await member(stack, "Emil")
    await established(stack, {"jobcenter": dora})
    await appointed(stack, "jobcenter", emil, "deputy")
    response = await stack.koordination.ask("GET", f"/bodies/{BODY}")
    view = response.json()
    assert response.headers["etag"] == f'"{view["version"]}"'
    (seat,) = view["seats"]
    assert (seat["holder"], seat["deputies"]) == (dora.account, [emil.account])
    assert view["people"] == {dora.account: "Dora", emil.account: "Emil"}
    assert (view["edition"], view["editions"][0]["rules"]["majority"]) == (1, "simple")
    assert "mehr als 1/2" in view["editions"][0]["in_words"]
    before = view["position"]

    ending = {
        "person": dora.account,
        "capacity": "holder",
        "since": FOUNDED,
        "until": "2026-03-10",
    }
    path = f"/bodies/{BODY}/seats/jobcenter/appointments/ending"
    stale = await stack.koordination.post(path, ending, seen=1)
    refused(stale, HTTPStatus.PRECONDITION_FAILED, "request.version-changed")
    decision = recorded(await stack.koordination.post(path, ending, seen=view["version"]))
    now = await stack.koordination.read(f"/bodies/{BODY}", on="2026-03-11")
    assert now["seats"][0]["holder"] is None
    same_day = await stack.koordination.read(f"/bodies/{BODY}", on="2026-03-11", position=before)
    assert same_day["seats"][0]["holder"] == dora.account
    earlier = datetime.fromisoformat(decision["recorded_at"]) - timedelta(microseconds=1)
    as_of = await stack.koordination.read(
        f"/bodies/{BODY}", on="2026-03-11", as_of=earlier.isoformat()
    )
    assert as_of == same_day

    renaming = {"title": "Lenkungsgruppe Integration"}
    headers = {"Idempotency-Key": "1", "If-Match": f'"{now["version"]}"'}
    renamed = await stack.verwaltung.ask("PUT", f"/bodies/{BODY}/title", renaming, headers=headers)
    seen = recorded(renamed)["version"]
    ending = {"until": "2026-06-30", "reason": "Die Organisation tritt aus."}
    ended = await stack.verwaltung.post(f"/bodies/{BODY}/seats/jobcenter/ending", ending, seen=seen)
    await stack.runtime.read_models.reached(recorded(ended)["position"])
    (row,) = (await stack.revision.read("/bodies"))["items"]
    assert (row["key"], row["title"]) == (BODY, "Lenkungsgruppe Integration")
    told = await stack.revision.all_pages(f"/bodies/{BODY}/history", limit=3)
    assert [entry["topic"] for entry in told] == [
        "body.established",
        "body.seat-created",
        "body.person-appointed",
        "body.rules-adopted",
        "body.person-appointed",
        "body.appointment-ended",
        "body.renamed",
        "body.seat-ended",
    ]
    said = "Dora für den Sitz „Jobcenter Kreis Paderborn“ benannt, als Mitglied"
    assert told[2]["sentence"].startswith(said)


async def test_a_body_is_read_by_those_who_sit_on_it_and_by_the_offices(stack: Stack) -> None:
    dora, stranger = await member(stack, "Dora"), await member(stack, "Sina")
    expert = await member(stack, "Frida", Role.EXPERT)
    await established(stack, {"jobcenter": dora})
    sitting = await Sitting.scheduled(stack, "2026-1", MEETING)
    await stack.runtime.read_models.reached(await stack.head())
    assert [row["key"] for row in (await dora.person.read("/bodies"))["items"]] == [BODY]
    assert (await stranger.person.read("/bodies"))["items"] == []
    assert [row["id"] for row in (await dora.person.read("/sessions"))["items"]] == [
        str(sitting.id)
    ]
    assert (await stranger.person.read("/sessions"))["items"] == []
    for path in (f"/bodies/{BODY}", sitting.path, f"{sitting.path}/agenda"):
        assert await dora.person.read(path)
        answer = await stranger.person.ask("GET", path)
        refused(answer, HTTPStatus.FORBIDDEN, "body.may-not-read")
    for path in ("/bodies", f"/bodies/{BODY}", "/sessions", sitting.path):
        answer = await expert.person.ask("GET", path)
        refused(answer, HTTPStatus.FORBIDDEN, "identity.role-missing")
        assert await stack.revision.read(path)
    answer = await dora.person.ask("GET", f"{sitting.path}/history")
    refused(answer, HTTPStatus.FORBIDDEN, "identity.role-missing")
    answer = await stack.revision.ask("GET", "/bodies/beirat")
    refused(answer, HTTPStatus.NOT_FOUND, "body.unknown")


async def test_everybody_agrees_for_themselves_to_be_named(stack: Stack) -> None:
    dora = await member(stack, "Dora")
    await established(stack, {"jobcenter": dora})
    path = f"/bodies/{BODY}/naming-consent"
    recorded(await dora.person.post(path))
    assert (await stack.revision.read(f"/bodies/{BODY}"))["named"] == [dora.account]
    answer = await stack.koordination.post(path)
    refused(answer, HTTPStatus.FORBIDDEN, "body.not-on-body")
    recorded(await dora.person.post(f"{path}/withdrawal"))
    assert (await stack.revision.read(f"/bodies/{BODY}"))["named"] == []


async def test_new_rules_apply_from_their_day_and_each_vote_shows_which_decided(
    stack: Stack, clock: Clock
) -> None:
    """Two of three seats are quorate under the first edition, not under the second."""
    dora, fadi, gina = [await member(stack, name) for name in ("Dora", "Fadi", "Gina")]
    await established(stack, {"jobcenter": dora, "agentur": fadi, "ihk": gina})
    first = await Sitting.scheduled(stack, "2026-1", MEETING)
    second = await Sitting.scheduled(stack, "2026-2", LATER + timedelta(days=30))
    outcomes: list[Json] = []
    path = f"/bodies/{BODY}/rules"
    stricter = {**RULES, "quorum": {"type": "number", "seats": 3}, "majority": "consensus"}
    edition = {
        "valid_from": LATER.date().isoformat(),
        "rules": stricter,
        "basis": "Beschluss der Lenkungsgruppe",
    }
    for sitting, day in ((first, MEETING), (second, LATER + timedelta(days=30))):
        item = await sitting.proposed("Fachsprachliche Förderung", "Eine AG wird eingerichtet.")
        await sitting.do("agenda/freezing")
        await sitting.do("invitation", {})
        if sitting is first:  # adopted while both sessions are being planned
            seen = (await stack.koordination.read(f"/bodies/{BODY}"))["version"]
            recorded(await stack.koordination.post(path, edition, seen=seen))
        clock.at = day
        await sitting.opened(dora, dora)
        await sitting.sat_down(jobcenter=dora, agentur=fadi)
        quorum = (await sitting.view())["quorum"]
        await sitting.do("votes", {"item": item, "alternative": "a", "yes": 2})
        await sitting.do("closing", {})
        (vote,) = (await sitting.view())["votes"]
        outcomes.append((quorum["is_quorate"], vote["decided"], vote["needed"], vote["edition"]))
    assert outcomes == [(True, "adopted", 2, 1), (False, "recommended", 3, 2)]
    assert (await first.view())["votes"][0]["majority"] == "simple"

    in_force = [
        (await stack.revision.read(path, on=day))["edition"]
        for day in (FOUNDED, MEETING.date(), LATER.date(), date(2027, 1, 1))
    ]
    assert in_force == [1, 1, 2, 2]
    editions = (await stack.revision.read(f"/bodies/{BODY}"))["editions"]
    assert [(e["valid_from"], e["until"]) for e in editions] == [
        (FOUNDED, "2026-03-24"),
        ("2026-03-25", None),
    ]
    told = await stack.revision.all_pages(f"{second.path}/history")
    assert "Es galt Ausgabe 2 der Regeln" in told[-2]["sentence"]
    before = await stack.revision.ask("GET", f"{path}?on=2022-05-16")
    refused(before, HTTPStatus.NOT_FOUND, "body.no-rules")
    backdated = {**edition, "valid_from": "2026-03-01", "basis": "Irrtum"}
    seen = (await stack.koordination.read(f"/bodies/{BODY}"))["version"]
    answer = await stack.koordination.post(path, backdated, seen=seen)
    refused(answer, HTTPStatus.CONFLICT, "body.rules-in-the-past")
