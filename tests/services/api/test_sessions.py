"""A session over HTTP: planned, held, voted in, minuted; and one that votes in writing."""

from datetime import timedelta
from http import HTTPStatus

import pytest

from tests.support.http import recorded, refused
from tests.support.stack import Stack
from tests.support.steering import (
    BODY,
    MARCH,
    MEETING,
    Clock,
    Member,
    Sitting,
    appointed,
    established,
    member,
    seated,
)


@pytest.fixture
async def stack(clock: Clock, stack: Stack) -> Stack:
    """At the time the clock shows."""
    assert clock() == MARCH
    return stack


@pytest.fixture
async def people(stack: Stack) -> list[Member]:
    """Dora, Fadi and Gina hold the three votes, Emil is Dora's deputy, Ira advises."""
    names = ("Dora", "Fadi", "Gina", "Emil", "Ira")
    people = [await member(stack, name) for name in names]
    dora, fadi, gina, emil, ira = people
    await established(stack, {"jobcenter": dora, "agentur": fadi, "ihk": gina})
    await appointed(stack, "jobcenter", emil, "deputy")
    await seated(stack, "bamf", ira, "adviser")
    return people


async def test_members_see_whose_the_items_are_and_what_the_process_does_next(
    stack: Stack, people: list[Member]
) -> None:
    dora, fadi = people[:2]
    sitting = await Sitting.scheduled(stack, "2026-1", MEETING)
    await sitting.proposed("Sprache", "Eine AG wird eingerichtet.", by=dora.person)
    await sitting.proposed("Wohnen", "Der Bedarf wird geprüft.")
    for reader, own in ((dora, [True, False]), (fadi, [False, False])):
        items = (await reader.person.read(sitting.path))["items"]
        assert [item["is_own"] for item in items] == own
        assert {item["organisation"] for item in items} == {"kim-koordinierung"}
    plan = (await fadi.person.read(sitting.path))["plan"]
    assert (plan["invite_by"], plan["call_at"]) == ("2026-03-10", None)
    assert plan["urgent_by"] == "2026-03-19"
    assert (plan["next_step"], plan["next_at"]) == ("invite", plan["invite_at"])
    await sitting.do("invitation", {})
    plan = (await fadi.person.read(sitting.path))["plan"]
    assert (plan["next_step"], plan["invite_by"]) == ("remind", None)


async def test_a_session_is_planned_until_everybody_is_invited_to_a_settled_agenda(
    stack: Stack, people: list[Member], clock: Clock
) -> None:
    dora, fadi, _, emil, _ = people
    sitting = await Sitting.scheduled(stack, "2026-1", MEETING)
    call = {"until": (MEETING - timedelta(days=14)).isoformat()}
    await sitting.do("call", call)
    first = await sitting.proposed("Sprache", "Eine AG wird eingerichtet.", by=dora.person)
    second = await sitting.proposed("Wohnen", "Der Bedarf wird geprüft.")
    text = {"kind": "report", "title": "Stand der Arbeitsgruppen"}
    report = (await sitting.ask("items", text)).headers["location"].rpartition("/")[2]
    wording = [{"key": "a", "text": "Eine AG Sprache wird eingerichtet."}]
    own = {"kind": "proposal", "title": "Fachsprache", "alternatives": wording}
    answer = await sitting.ask(f"items/{first}", own, by=fadi.person, method="PUT")
    refused(answer, HTTPStatus.FORBIDDEN, "identity.role-missing")
    await sitting.do(f"items/{first}", own, by=dora.person, method="PUT")
    await sitting.do(f"items/{second}/withdrawal", {"reason": "Erledigt."})
    await sitting.do("agenda/order", {"items": [report, first]}, method="PUT")
    answer = await sitting.ask("agenda/freezing", by=dora.person)
    refused(answer, HTTPStatus.FORBIDDEN, "identity.role-missing")
    collected = (await sitting.view())["position"]
    await sitting.do("agenda/freezing")
    late = await sitting.ask("items", own, by=fadi.person)
    refused(late, HTTPStatus.CONFLICT, "session.agenda-is-frozen")
    await sitting.do("agenda/reopening", {"reason": "Ein Punkt kommt dazu."})
    await sitting.do("agenda/freezing")
    await sitting.do("invitation", {})
    agenda = await dora.person.read(f"{sitting.path}/agenda")
    assert [(i["number"], i["title"]) for i in agenda["items"]] == [
        (1, "Stand der Arbeitsgruppen"),
        (2, "Fachsprache"),
    ]
    view = await sitting.view()
    assert (view["stage"], view["invitation"]["due"]) == ("frozen", "2026-03-10")
    as_it_was = await sitting.view(position=collected)
    assert (as_it_was["stage"], as_it_was["invitation"]) == ("scheduled", None)

    answer = await sitting.ask("absences", {"seat": "jobcenter"}, by=fadi.person)
    refused(answer, HTTPStatus.FORBIDDEN, "identity.role-missing")
    answer = await sitting.ask("absences", {"seat": "jobcenter"}, by=emil.person)
    refused(answer, HTTPStatus.FORBIDDEN, "session.deputy-may-not-announce")
    await sitting.do("absences", {"seat": "jobcenter"}, by=dora.person)
    assert (await sitting.view())["absences"] == ["jobcenter"]
    await sitting.do("absences/withdrawal", {"seat": "jobcenter"}, by=dora.person)
    await sitting.do("reminders", {"occasion": "session"})
    clock.at = MEETING - timedelta(days=20)
    later = {"starts_at": (MEETING + timedelta(days=7)).isoformat(), "reason": "Der Raum fehlt."}
    await sitting.do("move", later)
    assert (await sitting.view())["invitation"] is None
    await sitting.do("cancellation", {"reason": "Niemand kann kommen."})
    await stack.runtime.read_models.reached(await stack.head())
    (row,) = (await stack.koordination.read("/sessions", body=BODY, stage="cancelled"))["items"]
    assert (row["id"], row["body_title"]) == (str(sitting.id), "Lenkungsgruppe KIM")
    assert row["version"] == (await sitting.view())["version"]
    listed = await stack.koordination.read("/sessions", school_year="2026/27")
    assert listed["items"] == []


async def test_a_vote_is_valid_while_enough_seats_are_represented(
    stack: Stack, people: list[Member], clock: Clock
) -> None:
    dora, fadi, gina, emil, ira = people
    sitting = await Sitting.scheduled(stack, "2026-1", MEETING)
    item = await sitting.proposed("Sprache", "Eine AG.", "Zwei AGs.", "Keine AG.")
    await sitting.do("agenda/freezing")
    await sitting.do("invitation", {})
    clock.at = MEETING
    await sitting.opened(chair=ira, keeper=dora)
    answer = await sitting.ask("votes", {"item": item, "alternative": "a", "yes": 1})
    refused(answer, HTTPStatus.UNPROCESSABLE_ENTITY, "session.more-votes-than-seats")
    await sitting.sat_down(jobcenter=emil, agentur=fadi, ihk=gina, bamf=ira)
    taken_over = {"seat": "jobcenter", "person": dora.account}
    await sitting.do("presences", taken_over)
    await sitting.do("guests", {"organisation": "hwk", "people": 2})
    view = await sitting.view()
    assert view["quorum"] == {
        "represented": ["agentur", "ihk", "jobcenter"],
        "needed": 2,
        "voting_seats": 3,
        "edition": 1,
        "is_quorate": True,
    }
    assert view["guests"][0]["people"] == 2

    await sitting.do(f"items/{item}/conflicts", {"seat": "ihk"}, by=gina.person)
    called = {
        "item": item,
        "alternative": "a",
        "manner": "roll-call",
        "answers": [
            {"seat": "jobcenter", "choice": "yes"},
            {"seat": "agentur", "choice": "no"},
        ],
    }
    await sitting.do("votes", called)
    wrong = {"item": item, "alternative": "b", "yes": 2}
    await sitting.do("votes", wrong)
    await sitting.do("votes/2/annulment", {"reason": "Verzählt."})
    await sitting.do(f"items/{item}/amendments", {"key": "b", "text": "Zwei AGs im Jahr."})
    clock.at = MEETING + timedelta(hours=1)
    await sitting.do("presences/ending", {"seat": "agentur"})
    assert (await sitting.view())["quorum"]["is_quorate"] is True
    await sitting.do("votes", {"item": item, "alternative": "b", "yes": 1})
    votes = (await sitting.view())["votes"]
    assert [(v["number"], v["decided"], v["counted"], v["needed"]) for v in votes] == [
        (1, "rejected", 2, 2),
        (3, "recommended", 1, 2),
    ]
    assert (votes[1]["text"], votes[0]["conflicted"]) == ("Zwei AGs im Jahr.", ["ihk"])
    assert votes[0]["ballots"] == [
        {"seat": "jobcenter", "person": dora.account, "choice": "yes"},
        {"seat": "agentur", "person": fadi.account, "choice": "no"},
    ]
    await sitting.do(f"items/{item}/deferral", {"reason": "Es fehlen Zahlen."})
    await sitting.do(f"items/{item}/resumption")


async def test_minutes_say_what_was_recorded_and_go_out_with_a_second_persons_approval(
    stack: Stack, people: list[Member], clock: Clock
) -> None:
    dora, fadi, _, _, _ = people
    sitting = await Sitting.scheduled(stack, "2026-1", MEETING)
    item = await sitting.proposed("Sprache", "Eine AG wird eingerichtet.")
    await sitting.do("agenda/freezing")
    await sitting.do("invitation", {})
    clock.at = MEETING
    await sitting.opened(chair=dora, keeper=dora)
    await sitting.sat_down(jobcenter=dora, agentur=fadi)
    await sitting.do(f"items/{item}/discussion", {"text": "Der Bedarf ist da."}, method="PUT")
    await sitting.do("votes", {"item": item, "alternative": "a", "yes": 2})
    none_yet = await stack.revision.ask("GET", f"{sitting.path}/minutes")
    refused(none_yet, HTTPStatus.NOT_FOUND, "session.unknown-minutes")
    await sitting.do("closing", {})

    await sitting.do("minutes", {"remark": "Nächste Sitzung im Mai."})
    drafted = await fadi.person.read(f"{sitting.path}/minutes")
    assert [(one["seat"], one["person"]) for one in drafted["attended"]] == [
        ("agentur", fadi.account),
        ("jobcenter", dora.account),
    ]
    assert [one["seat"] for one in drafted["absent"]] == ["bamf", "ihk"]
    (minuted,) = drafted["items"]
    assert (minuted["text"], minuted["votes"][0]["decided"]) == ("Der Bedarf ist da.", "adopted")
    assert drafted["people"][dora.account] == "Dora"
    await sitting.do("minutes/1/return", {"reason": "Ein Wort fehlt."}, by=fadi.person)
    note = {"notes": [{"item": item, "text": "Der Bedarf ist belegt."}]}
    await sitting.do("minutes", note)
    minutes = await fadi.person.read(f"{sitting.path}/minutes")
    stale = await sitting.ask("minutes/2/approval", {"digest": drafted["digest"]}, by=fadi.person)
    refused(stale, HTTPStatus.CONFLICT, "session.other-minutes-shown")
    read = {"digest": minutes["digest"]}
    for writer in (dora.person, stack.koordination):
        answer = await sitting.ask("minutes/2/approval", read, by=writer)
        refused(answer, HTTPStatus.FORBIDDEN, "session.writer-may-not-approve")
    early = await sitting.ask("minutes/2/release")
    refused(early, HTTPStatus.CONFLICT, "session.minutes-not-approved")
    await sitting.do("minutes/2/approval", read, by=fadi.person)
    await sitting.do("minutes/2/release")
    await sitting.do(f"items/{item}/publication")
    await sitting.do(f"items/{item}/publication/withdrawal", {"reason": "Noch nicht."})

    released = await dora.person.read(f"{sitting.path}/minutes")
    assert (released["stage"], released["approver"]) == ("released", fadi.account)
    assert released["items"][0]["text"] == "Der Bedarf ist belegt."
    first = await dora.person.read(f"{sitting.path}/minutes", version=1)
    assert (first["stage"], first["returned_because"]) == ("returned", "Ein Wort fehlt.")
    await stack.runtime.read_models.reached(await stack.head())
    (row,) = (await dora.person.read("/sessions", school_year="2025/26"))["items"]
    assert (row["stage"], row["minutes"], row["released"]) == ("released", 2, 2)
    told = await stack.revision.all_pages(f"{sitting.path}/history", limit=7)
    sentences = [entry["sentence"] for entry in told]
    assert "Punkt „Sprache“ veröffentlicht." in sentences
    assert "Protokoll, Fassung 2, genehmigt durch Fadi." in sentences
    trail = await stack.revision.all_pages("/audit/trail", stream=sitting.id, limit=5)
    assert "Punkt „Sprache“ veröffentlicht." in [entry["sentence"] for entry in trail]


async def test_members_vote_in_writing_for_their_own_seat_on_what_they_were_shown(
    stack: Stack, people: list[Member], clock: Clock
) -> None:
    dora, fadi, gina, emil, ira = people
    sitting = await Sitting.scheduled(stack, "umlauf-1", MARCH + timedelta(hours=1), "circular")
    item = await sitting.proposed("Sprache", "Eine AG wird eingerichtet.")
    await sitting.do("agenda/freezing")
    clock.at = MARCH + timedelta(hours=1)
    await sitting.do("circular", {})
    shown = (await dora.person.read(f"{sitting.path}/items/{item}"))["digest"]

    def ballot(seat: str, choice: str = "yes", digest: str = shown) -> dict[str, str]:
        return {"item": item, "seat": seat, "choice": choice, "shown": digest}

    answer = await sitting.ask("ballots", ballot("jobcenter", digest="0" * 64), by=dora.person)
    refused(answer, HTTPStatus.CONFLICT, "session.other-item-shown")
    answer = await sitting.ask("ballots", ballot("bamf"), by=ira.person)
    refused(answer, HTTPStatus.FORBIDDEN, "session.seat-may-not-vote")
    answer = await sitting.ask("ballots", ballot("jobcenter"), by=emil.person)
    refused(answer, HTTPStatus.CONFLICT, "session.holder-is-not-away")
    await sitting.do("absences", {"seat": "jobcenter"}, by=dora.person)
    await sitting.do("ballots", ballot("jobcenter"), by=emil.person)
    await sitting.do("ballots", ballot("agentur", "no"), by=fadi.person)
    (shown_to_all,) = (await gina.person.read(f"{sitting.path}/agenda"))["items"]
    assert [(b["seat"], b["choice"]) for b in shown_to_all["ballots"]] == [
        ("agentur", None),
        ("jobcenter", None),
    ]
    (shown_to_fadi,) = (await fadi.person.read(f"{sitting.path}/agenda"))["items"]
    assert [b["choice"] for b in shown_to_fadi["ballots"]] == ["no", None]
    early = await sitting.ask("closing", {})
    refused(early, HTTPStatus.CONFLICT, "session.still-voting")
    running = await sitting.view()
    assert running["circular"]["seats"] == ["agentur", "ihk", "jobcenter"]
    await sitting.do("ballots", ballot("ihk"), by=gina.person)
    await sitting.do("closing", {})
    (vote,) = (await sitting.view())["votes"]
    assert (vote["manner"], vote["decided"], vote["tally"]) == (
        "circular",
        "adopted",
        {"yes": 2, "no": 1, "abstain": 0},
    )
    assert {b["seat"]: b["choice"] for b in vote["ballots"]} == {
        "agentur": "no",
        "ihk": "yes",
        "jobcenter": "yes",
    }
    as_it_was = await sitting.view(position=running["position"])
    assert (as_it_was["stage"], as_it_was["votes"]) == ("circulating", [])


async def test_what_is_sent_again_or_seen_before_is_noticed(
    stack: Stack, people: list[Member]
) -> None:
    assert people
    body = {
        "body": BODY,
        "key": "2026-1",
        "title": "Erste Sitzung",
        "kind": "meeting",
        "starts_at": MEETING.isoformat(),
    }
    first = recorded(await stack.koordination.post("/sessions", body, key="1"))
    again = recorded(await stack.koordination.post("/sessions", body, key="1"))
    assert (again["id"], again["position"]) == (first["id"], first["position"])
    other = {**body, "title": "Zweite Sitzung"}
    answer = await stack.koordination.post("/sessions", other)
    refused(answer, HTTPStatus.CONFLICT, "session.already-scheduled")
    path = f"/sessions/{first['id']}"
    answer = await stack.koordination.post(f"{path}/cancellation", {"reason": "Irrtum"}, seen=7)
    refused(answer, HTTPStatus.PRECONDITION_FAILED, "request.version-changed")
    answer = await stack.koordination.post("/sessions", {**body, "body": "beirat"})
    refused(answer, HTTPStatus.NOT_FOUND, "body.unknown")
