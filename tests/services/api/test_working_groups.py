"""Working groups over HTTP: from the resolution over meetings and agreements to their results."""

from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus
from uuid import UUID, uuid4

import msgspec
import pytest

from domain.kernel import Role
from domain.steering.mandate import GroupMandate
from domain.working_groups.events import AgreementFellOverdue, CallingReminded, MeetingCalled
from tests.domain.steering.session_example import SCHEDULED
from tests.support.appointing import appoint
from tests.support.assessing import announcement, approve_instrument, coming_school_year
from tests.support.assessments import in_school_year
from tests.support.days import in_days, today
from tests.support.groups import record, resolve
from tests.support.http import Json, Person, pointers, recorded, refused
from tests.support.stack import Stack
from tests.support.steering_group import BODY, SteeringGroup, proposal

COLLEGE = "richard-von-weizsaecker-berufskolleg"
LEAD, MEMBER, GUEST = "jobcenter", COLLEGE, "agentur"
NOW = datetime.now(UTC).replace(microsecond=0)
YESTERDAY = NOW - timedelta(days=1)
YEAR = coming_school_year(NOW)
ASSESSMENT = "Eine einheitliche Sprachstandserhebung beginnt in neuen Ausbildungsklassen."
MANDATE = GroupMandate(
    title="Sprache in der Ausbildung",
    purpose="Auszubildende sollen an der Theorie nicht scheitern.",
    members=(COLLEGE, "ihk"),
    guests=(GUEST,),
)


async def resolved(stack: Stack, title: str, mandate: Json, days_ago: int) -> str:
    """The steering group has met so many days ago and voted on this; the resolution."""
    steering, day = SteeringGroup.of_demo(stack.runtime.desk), today() - timedelta(days=days_ago)
    item = proposal(title, f"{title}: so wird es gemacht.")
    session = await steering.prepare(f"sitzung-{days_ago}", day, item)
    await steering.meet(session, day)
    await steering.vote(session, day, item.item)
    await steering.close(session, day)
    due = (NOW + timedelta(days=300)).date().isoformat()
    passing = {
        "session": str(session),
        "number": 1,
        "mandate": mandate,
        "owner": LEAD,
        "due": due,
    }
    decision: Json = recorded(await stack.koordination.post("/resolutions", passing))
    return decision["id"]


async def established(stack: Stack, resolution: str = "") -> str:
    """A group that began some days ago, led by the jobcenter; the path of it."""
    if not resolution:
        ago = NOW - timedelta(days=5)
        resolution = str(await resolve(stack.runtime, MANDATE, ago, owner=LEAD))
    response = await stack.koordination.post("/working-groups", {"resolution": resolution})
    location: str = response.headers["location"]
    assert location.endswith(recorded(response)["id"])
    return location.removeprefix("/api/v1")


async def scheduled(stack: Stack, body: str) -> UUID:
    """A session of a body that is to come."""
    session = uuid4()
    event = SCHEDULED.__class__(
        session=session,
        body=body,
        key="naechste",
        title="Nächste Sitzung",
        kind=SCHEDULED.kind,
        starts_at=NOW + timedelta(days=60),
    )
    await record(stack.runtime, session, event, at=NOW)
    return session


async def change(stack: Stack, group: str, step: str, body: Json) -> Json:
    """A step of the coordination, having seen the group as it is now; what was recorded."""
    seen = (await stack.koordination.read(group))["version"]
    return recorded(await stack.koordination.post(f"{group}/{step}", body, seen=seen))


def agreement(number: int, owner: str = COLLEGE, **other: Json) -> Json:
    due = (NOW + timedelta(days=40)).date().isoformat()
    return {
        "agreement": number,
        "meeting": 1,
        "text": ASSESSMENT,
        "owner": owner,
        "due": due,
        **other,
    }


def held(*attended: str) -> Json:
    return {"held_at": YESTERDAY.isoformat(), "attended": attended, "summary": "Einig."}


async def announced(stack: Stack) -> str:
    """A round of the language assessment."""
    await approve_instrument(stack.runtime)
    body = announcement(YEAR, (COLLEGE,))
    decision: Json = recorded(await stack.koordination.post("/rounds", body))
    return decision["id"]


async def founded(stack: Stack) -> str:
    """The steering group has resolved a group, led by the jobcenter; the path of the group."""
    await SteeringGroup.of_demo(stack.runtime.desk).found()
    resolution = await resolved(stack, MANDATE.title, msgspec.to_builtins(MANDATE), 5)
    return await established(stack, resolution)


async def met(stack: Stack, group: str) -> str:
    """A first meeting agreed on an assessment, and that was announced; the next one is called."""
    lead = stack.jobcenter
    recorded(await lead.post(f"{group}/meetings/1/record", held(COLLEGE, GUEST)))
    coming = in_school_year(YEAR, 9, 20).isoformat()
    call = {"meeting": 2, "starts_at": coming, "place": "Kreishaus", "purpose": "Stand"}
    recorded(await lead.post(f"{group}/meetings", call))
    recorded(await lead.post(f"{group}/agreements", agreement(1)))
    round_id = await announced(stack)
    link = {"kind": "assessment-round", "consequence": round_id}
    recorded(await lead.post(f"{group}/agreements/1/consequences", link))
    return round_id


async def test_a_group_leads_to_the_assessment_round_it_agreed_on_and_back(stack: Stack) -> None:
    group = await founded(stack)
    college = stack.berufskolleg
    first = await college.read(group)
    assert (first["stage"], first["lead"], first["body"]) == ("working", LEAD, BODY)
    assert [(m["organisation"], m["part"]) for m in first["members"]] == [
        (COLLEGE, "member"),
        ("ihk", "member"),
        (GUEST, "guest"),
    ]
    days = [in_school_year(YEAR, month, 1).date().isoformat() for month in (10, 2)]
    plan = {"school_year": YEAR, "meetings": 2, "call_by": days}
    recorded(await stack.koordination.post(f"{group}/plans", plan, seen=1))
    round_id = await met(stack, group)
    processes = (await stack.revision.read("/processes", at_least=await stack.head()))["items"]
    (cycle,) = [one for one in processes if one["kind"] == "working-group"]
    assert (cycle["title"], cycle["next_step"]) == (MANDATE.title, "remind")

    view = await college.read(group)
    assert [one["stage"] for one in view["meetings"]] == ["held", "called"]
    assert view["meetings"][0]["attended"] == [
        {"organisation": GUEST, "part": "guest"},
        {"organisation": COLLEGE, "part": "member"},
    ]
    (year,) = [one for one in view["years"] if one["school_year"] == YEAR]
    assert (year["planned"], year["held"], year["called"]) == (2, 0, 1)
    assert len(year["call_by"]) == 2
    (agreed,) = view["agreements"]
    assert (agreed["owner"], agreed["stage"], agreed["is_overdue"]) == (COLLEGE, "open", False)
    (consequence,) = agreed["consequences"]
    assert consequence == {"kind": "assessment-round", "id": round_id}
    assert (await college.read(f"/rounds/{round_id}"))["title"] == "Sprachstandserhebung"
    head = await stack.head()
    (cause,) = (await college.read("/agreements", consequence=round_id, at_least=head))["items"]
    assert (cause["text"], cause["owner"]) == (ASSESSMENT, COLLEGE)
    assert f"/working-groups/{cause['group']}" == group

    outcome = {"outcome": "Die Erhebung läuft."}
    recorded(await college.post(f"{group}/agreements/1/fulfilment", outcome))
    fulfilled = (await stack.revision.read(group))["agreements"][0]
    assert (fulfilled["stage"], fulfilled["outcome"]) == ("fulfilled", outcome["outcome"])


async def test_a_group_reports_to_its_body_until_a_resolution_dissolves_it(stack: Stack) -> None:
    group = await founded(stack)
    await met(stack, group)
    lead, coordinator = stack.jobcenter, stack.koordination
    there = await coordinator.read(group)
    next_day = (NOW + timedelta(days=90)).date()
    session = str(await SteeringGroup.of_demo(stack.runtime.desk).prepare("naechste", next_day))
    report = {"report": 1, "session": session, "text": "Die Erhebung läuft."}
    recorded(await lead.post(f"{group}/reports", report))
    asked = {"type": "dissolve-working-group", "group": there["id"]}
    resolution = await resolved(stack, "Auflösung", asked, 1)
    end = await change(stack, group, "dissolution", {"resolution": resolution})

    over = await coordinator.read(group)
    assert (over["stage"], over["dissolved_by"]) == ("dissolved", resolution)
    assert over["reports"] == [{"number": 1, "session": session, "text": report["text"]}]
    assert over["agreements"][0]["stage"] == "lapsed"
    (row,) = (await coordinator.read("/working-groups", at_least=end["position"]))["items"]
    assert (row["stage"], row["open_agreements"]) == ("dissolved", 0)
    call = {"meeting": 3, "starts_at": in_school_year(YEAR, 9, 30).isoformat()}
    response = await lead.post(f"{group}/meetings", call)
    refused(response, HTTPStatus.CONFLICT, "working-group.dissolved")

    told = await coordinator.all_pages(f"{group}/history", limit=3)
    assert [entry["topic"].removeprefix("working-group.") for entry in told] == [
        "established",
        "meeting-held",
        "meeting-called",
        "agreement-made",
        "consequence-linked",
        "reported-back",
        "dissolved",
    ]
    assert told[4]["sentence"] == "Aus Vereinbarung 1 hervorgegangen: Sprachstandserhebung."
    assert "Federführung: Jobcenter" in told[0]["sentence"]
    before = await coordinator.read(group, position=there["position"])
    assert before == there
    shown = await stack.revision.read(f"/audit/processes/{there['id']}")
    assert (shown["title"], shown["stage"]) == (f"Arbeitsgruppe „{MANDATE.title}“", "dissolved")
    known = {fact["key"]: fact["value"] for fact in shown["facts"]}
    assert (known["lead"], known["meetings_held"]) == ("Jobcenter Kreis Paderborn", "1")
    then = await coordinator.read(group, as_of=told[0]["recorded_at"])
    assert (then["version"], then["meetings"], then["agreements"]) == (1, [], [])


async def meetings_put_right(stack: Stack, group: str) -> None:
    """One is corrected, one moved and cancelled, one was not held at all."""
    lead, because = stack.jobcenter, {"reason": "Es war ein Irrtum."}
    tomorrow, later = NOW + timedelta(days=1), NOW + timedelta(days=9)
    recorded(await lead.post(f"{group}/meetings/1/record", held(COLLEGE)))
    await change(stack, group, "meetings/1/corrections", {**held(COLLEGE, "ihk"), **because})
    call = {"meeting": 2, "starts_at": tomorrow.isoformat()}
    recorded(await lead.post(f"{group}/meetings", call))
    move = {"starts_at": later.isoformat(), "place": "Rathaus", **because}
    await change(stack, group, "meetings/2/moves", move)
    await change(stack, group, "meetings/2/cancellation", because)
    recorded(await lead.post(f"{group}/meetings/3/record", held("ihk")))
    await change(stack, group, "meetings/3/withdrawal", because)


async def test_what_was_arranged_or_recorded_is_put_right_with_a_reason(stack: Stack) -> None:
    group = await established(stack)
    lead = stack.jobcenter
    because = {"reason": "Es war ein Irrtum."}

    await meetings_put_right(stack, group)

    for number, owner in ((1, COLLEGE), (2, LEAD)):
        recorded(await lead.post(f"{group}/agreements", agreement(number, owner)))
    recorded(await lead.post(f"{group}/agreements/1/reminders"))
    more = {"due": in_days(90).isoformat(), **because}
    await change(stack, group, "agreements/1/extensions", more)
    recorded(await lead.post(f"{group}/agreements/1/fulfilment", {"outcome": "Getan."}))
    await change(stack, group, "agreements/1/reopening", more)
    await change(stack, group, "agreements/2/dropping", {"meeting": 1, **because})
    round_id = await announced(stack)
    link = {"kind": "assessment-round", "consequence": round_id}
    recorded(await lead.post(f"{group}/agreements/1/consequences", link))
    await change(stack, group, f"agreements/1/consequences/{round_id}/removal", because)

    joining = {"organisation": "hwk", "part": "member", "since": today().isoformat()}
    recorded(await stack.koordination.post(f"{group}/members", joining))
    leaving = {"until": in_days(-9).isoformat(), **because}
    await change(stack, group, "members/hwk/departure", leaving)
    last = await change(stack, group, "lead", {"lead": "ihk", **because})

    view = await stack.koordination.read(group)
    assert [(one["stage"], len(one["attended"])) for one in view["meetings"]] == [
        ("held", 2),
        ("cancelled", 0),
        ("withdrawn", 0),
    ]
    kept, dropped = view["agreements"]
    assert (kept["stage"], kept["consequences"], kept["outcome"]) == ("open", [], "")
    assert date.fromisoformat(kept["due"][:10]) == date.fromisoformat(more["due"])
    assert (dropped["stage"], dropped["dropped_in"]) == ("dropped", 1)
    assert view["lead"] == "ihk"
    hwk = view["members"][-1]
    assert hwk["until"] < hwk["since"]
    call = {"meeting": 4, "starts_at": (NOW + timedelta(days=3)).isoformat()}
    response = await lead.post(f"{group}/meetings", call)
    refused(response, HTTPStatus.FORBIDDEN, "identity.outside-own-area")
    (row,) = (await stack.revision.read("/working-groups", at_least=last["position"]))["items"]
    assert (row["lead"], row["next_meeting"], row["open_agreements"]) == ("ihk", None, 1)
    still = await stack.revision.all_pages("/agreements", limit=1)
    assert [(one["number"], one["stage"]) for one in still] == [(2, "dropped"), (1, "open")]
    for narrowed, numbers in (
        ({"owner": LEAD}, [2]),
        ({"stage": "open"}, [1]),
        ({"due_by": more["due"]}, [1]),
        ({"due_by": today().isoformat()}, []),
        ({"consequence": round_id}, []),
    ):
        found = await stack.revision.read("/agreements", **narrowed)
        assert [one["number"] for one in found["items"]] == numbers, narrowed
    await stack.runtime.read_models.reached(last["position"])
    by_hwk = await appoint(stack, Role.ORGANISATION_MEMBER, "hwk")
    refused(await by_hwk.ask("GET", group), HTTPStatus.FORBIDDEN, "working-group.may-not-read")
    assert (await by_hwk.read("/working-groups"))["items"] == []


async def test_a_group_is_read_by_those_in_it_and_arranged_by_the_coordination(
    stack: Stack,
) -> None:
    group = await established(stack)
    head = await stack.head()
    await stack.runtime.read_models.reached(head)
    inside = (stack.agentur, stack.berufskolleg, stack.jobcenter)
    everywhere = (stack.revision, stack.fallmanagement, stack.verwaltung)
    for person in (*inside, *everywhere):
        assert (await person.read(group))["title"] == MANDATE.title
        assert len((await person.read("/working-groups"))["items"]) == 1
    outsider = stack.auslaenderbehoerde
    for path in ("/working-groups", "/agreements"):
        assert (await outsider.read(path))["items"] == []
        response = await stack.fachgruppe.ask("GET", path)
        refused(response, HTTPStatus.FORBIDDEN, "identity.role-missing")
    refused(await outsider.ask("GET", group), HTTPStatus.FORBIDDEN, "working-group.may-not-read")
    history = await stack.jobcenter.ask("GET", f"{group}/history")
    refused(history, HTTPStatus.FORBIDDEN, "identity.role-missing")

    joining = {"organisation": "hwk", "part": "guest", "since": today().isoformat()}
    response = await stack.jobcenter.post(f"{group}/members", joining)
    refused(response, HTTPStatus.FORBIDDEN, "identity.role-missing")
    call = {"meeting": 1, "starts_at": (NOW + timedelta(days=3)).isoformat()}
    response = await stack.agentur.post(f"{group}/meetings", call)
    refused(response, HTTPStatus.FORBIDDEN, "identity.outside-own-area")
    response = await stack.revision.post(f"{group}/meetings", call)
    refused(response, HTTPStatus.FORBIDDEN, "identity.role-missing")
    assert await stack.head() == head
    assert (await stack.revision.read("/working-groups", stage="dissolved"))["items"] == []
    assert (await stack.revision.read("/working-groups", body="beirat"))["items"] == []


async def test_what_does_not_fit_is_refused_and_says_why(stack: Stack) -> None:
    group = await established(stack)
    coordinator = stack.koordination
    recorded(await coordinator.post(f"{group}/meetings/1/record", held(COLLEGE)))
    call = {"meeting": 3, "starts_at": (NOW + timedelta(days=3)).isoformat()}
    stranger = {"kind": "theme", "consequence": str(uuid4())}
    of_other_kind = {"kind": "assessment-round", "consequence": group.rpartition("/")[2]}
    recorded(await coordinator.post(f"{group}/agreements", agreement(1)))
    elsewhere = await scheduled(stack, "beirat")
    report = {"report": 1, "session": str(elsewhere), "text": "Ein Bericht."}
    for path, body, status, code in (
        ("meetings", call, HTTPStatus.CONFLICT, "meeting-not-next"),
        ("meetings/9/record", held(COLLEGE), HTTPStatus.CONFLICT, "meeting-not-next"),
        ("agreements", agreement(2, "hwk"), HTTPStatus.CONFLICT, "not-in-group"),
        ("agreements/1/consequences", stranger, HTTPStatus.NOT_FOUND, "unknown-consequence"),
        ("agreements/1/consequences", of_other_kind, HTTPStatus.NOT_FOUND, "unknown-consequence"),
        ("reports", report, HTTPStatus.CONFLICT, "other-body"),
    ):
        refused(await coordinator.post(f"{group}/{path}", body), status, f"working-group.{code}")
    stale = await coordinator.post(f"{group}/lead", {"lead": "ihk", "reason": "Wechsel"}, seen=1)
    refused(stale, HTTPStatus.PRECONDITION_FAILED, "request.version-changed")
    for unknown in (f"/working-groups/{uuid4()}", f"/working-groups/{elsewhere}"):
        response = await coordinator.ask("GET", unknown)
        refused(response, HTTPStatus.NOT_FOUND, "working-group.unknown")
    no_group = {"resolution": str(uuid4())}
    response = await coordinator.post("/working-groups", no_group)
    refused(response, HTTPStatus.CONFLICT, "working-group.not-mandated")
    for body, pointer in (
        ({**agreement(2), "due": "3000-01-01"}, "/due"),
        ({**agreement(2), "owner": "Jobcenter"}, "/owner"),
        ({**agreement(0)}, "/agreement"),
    ):
        response = await coordinator.post(f"{group}/agreements", body)
        assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert pointers(response.json()) == [pointer]


@pytest.mark.parametrize("again", ["same", "other"])
async def test_a_group_is_established_once(stack: Stack, again: str) -> None:
    """Whether the request is sent twice, or another one asks for the same."""
    resolution = await resolve(stack.runtime, MANDATE, NOW - timedelta(days=5), owner=LEAD)
    body = {"resolution": str(resolution)}
    first = recorded(await stack.koordination.post("/working-groups", body, key="first"))
    key = "first" if again == "same" else "second"
    second = recorded(await stack.koordination.post("/working-groups", body, key=key))
    assert second["id"] == first["id"]
    assert second["recorded"] is (again == "same")
    assert len((await stack.koordination.read(f"/working-groups/{first['id']}"))["members"]) == 3


async def test_a_group_is_published_on_purpose_and_withdrawn_with_a_reason(stack: Stack) -> None:
    group = await established(stack)
    response = await stack.jobcenter.post(f"{group}/publication", seen=1)
    refused(response, HTTPStatus.FORBIDDEN, "identity.role-missing")
    await change(stack, group, "publication", None)
    assert (await stack.revision.read(group))["is_public"] is True
    again = await stack.koordination.post(f"{group}/publication", seen=2)
    assert recorded(again)["recorded"] is False
    public = f"/oparl/v1.1/organization/{group.rpartition('/')[2]}"
    await stack.runtime.read_models.reached(await stack.head())
    assert (await stack.http.get(public)).json()["name"] == MANDATE.title
    await change(stack, group, "publication/withdrawal", {"reason": "Ein Irrtum."})
    assert (await stack.revision.read(group))["is_public"] is False
    await stack.runtime.read_models.reached(await stack.head())
    assert (await stack.http.get(public)).json()["deleted"] is True
    told = await stack.revision.all_pages(f"{group}/history")
    assert told[-1]["sentence"].endswith("Begründung: Ein Irrtum.")


ELSE = {"open-concepts", "fulfil-mandate"}
"""What waits for people too, but not for what a group does."""


async def tasks_of(stack: Stack, person: Person) -> dict[str, Json]:
    """What waits for the person, by its kind."""
    found = await person.read("/tasks", at_least=await stack.head())
    return {task["kind"]: task for task in found if task["kind"] not in ELSE}


async def test_what_groups_ask_of_people_is_among_their_tasks(stack: Stack) -> None:
    group = await established(stack)
    stream = UUID(group.rpartition("/")[2])
    lead, college, coordinator = stack.jobcenter, stack.berufskolleg, stack.koordination
    reminded = CallingReminded(
        group=stream, school_year=YEAR, moment=YESTERDAY, meetings=0, planned=2
    )
    await record(stack.runtime, stream, reminded, at=NOW)
    for person in (lead, coordinator):
        task = (await tasks_of(stack, person))["call-meeting"]
        assert (task["target"], task["title"]) == (str(stream), MANDATE.title)
        assert datetime.fromisoformat(task["since"]) == YESTERDAY
    assert await tasks_of(stack, college) == {}

    over = MeetingCalled(group=stream, meeting=1, starts_at=YESTERDAY)
    await record(stack.runtime, stream, over, at=NOW - timedelta(days=9))
    for person in (lead, coordinator):
        tasks = await tasks_of(stack, person)
        assert (tasks.keys(), tasks["record-meeting"]["number"]) == ({"record-meeting"}, 1)
    recorded(await lead.post(f"{group}/meetings/1/record", held(COLLEGE)))
    recorded(await lead.post(f"{group}/agreements", agreement(1)))
    assert await tasks_of(stack, lead) == await tasks_of(stack, coordinator) == {}
    task = (await tasks_of(stack, college))["fulfil-agreement"]
    assert (task["number"], task["names"], task["urgency"]) == (1, [ASSESSMENT], "later")

    late = AgreementFellOverdue(group=stream, agreement=1, due=NOW)
    await record(stack.runtime, stream, late, at=NOW)
    for person in (lead, coordinator, college):
        assert (await tasks_of(stack, person)).keys() == {"fulfil-agreement"}
    assert "fulfil-agreement" not in await tasks_of(stack, stack.agentur)
    outcome = {"outcome": "Die Erhebung läuft."}
    recorded(await college.post(f"{group}/agreements/1/fulfilment", outcome))
    for person in (lead, coordinator, college):
        assert await tasks_of(stack, person) == {}


async def test_a_lead_finds_the_sessions_it_may_report_to(stack: Stack) -> None:
    group = await established(stack)
    body = (await stack.koordination.read(group))["body"]
    session = await scheduled(stack, body)
    await scheduled(stack, "beirat")
    await stack.runtime.read_models.reached(await stack.head())
    (found,) = await stack.jobcenter.read(f"{group}/sessions")
    assert (found["id"], found["stage"]) == (str(session), "scheduled")
    response = await stack.auslaenderbehoerde.ask("GET", f"{group}/sessions")
    refused(response, HTTPStatus.FORBIDDEN, "working-group.may-not-read")
    response = await stack.jobcenter.ask("GET", f"/working-groups/{session}/sessions")
    refused(response, HTTPStatus.NOT_FOUND, "working-group.unknown")
