"""Companies' reports over HTTP: entered, handed on, answered, followed up, and who reads what."""

from http import HTTPStatus
from uuid import uuid4

from domain.kernel import Role
from tests.support.appointing import appoint
from tests.support.company_reports import (
    CONTACT,
    HERE,
    NAME,
    QUESTION,
    REMARK,
    content,
    referred,
    step,
    told,
    triaged,
)
from tests.support.days import today
from tests.support.http import Json, Person, pointers, recorded, refused
from tests.support.stack import Stack

TODAY = today().isoformat()


def held(view: Json) -> tuple[str, str, str, str]:
    """The stage, and who has to do what."""
    holder = view["holder"]
    return view["stage"], holder["kind"], holder["organisation"], holder["what"]


async def kinds(stack: Stack, person: Person) -> set[str]:
    """What waits for the person about reports."""
    tasks = await person.read("/tasks", at_least=await stack.head())
    return {task["kind"] for task in tasks if task["title"].startswith("DF-")}


async def test_a_report_goes_from_the_telephone_to_its_outcome_and_is_held_all_the_way(
    stack: Stack,
) -> None:
    coordinator = stack.koordination
    body = {"content": content()}
    first = await coordinator.post(HERE, body, key="once")
    decision = recorded(first)
    assert first.headers["location"] == f"/api/v1{HERE}/{decision['id']}"
    assert recorded(await coordinator.post(HERE, body, key="once")) == decision
    path = f"{HERE}/{decision['id']}"
    view = await coordinator.read(path)
    assert held(view) == ("received", "coordination", "", "acknowledge")
    assert (view["company_name"], view["contact"]["name"], view["remark"]) == (
        NAME,
        CONTACT,
        REMARK,
    )
    assert "acknowledge-report" in await kinds(stack, coordinator)
    me = (await coordinator.read("/me"))["account"]
    view = await step(stack, path, "acknowledgement", {})
    assert (held(view)[0], view["contact_person"]) == ("acknowledged", me)
    asked = {"question": "Ab wann?"}
    view = await step(stack, path, "question", asked)
    assert held(view) == ("asked", "company", "", "question")
    recorded(await coordinator.post(f"{path}/question/answer", {"text": "Ab Januar."}))
    view = await step(stack, path, "triage", {"priority": "urgent", "routes": ["jobcenter"]})
    assert held(view) == ("triaged", "coordination", "", "place")
    question = {"organisation": "jobcenter", "question": QUESTION}
    view = await step(stack, path, "referral", question)
    assert held(view) == ("referred", "partner", "jobcenter", "referral")
    assert "answer-referral" in await kinds(stack, stack.jobcenter)
    answer = {"organisation": "jobcenter", "answer": "accepted", "text": "Alle sind berechtigt."}
    foreign = await stack.agentur.post(f"{path}/referral/answer", answer)
    refused(foreign, HTTPStatus.FORBIDDEN, "identity.outside-own-area")
    recorded(await stack.jobcenter.post(f"{path}/referral/answer", answer))
    assert await kinds(stack, stack.jobcenter) == set()
    view = await step(stack, path, "answer", {"kind": "none", "text": "Noch kein Kurs."})
    assert held(view) == ("answered", "coordination", "", "conclude")
    course = {"starts_on": TODAY, "ends_on": TODAY, "participants": 4}
    view = await step(stack, path, "start", course)
    assert held(view) == ("running", "coordination", "", "follow-up-start")
    view = await step(stack, path, "follow-ups/start", {"participants": 4})
    view = await step(stack, path, "follow-ups/end", {"participants": 3, "passed": 3})
    assert held(view) == ("running", "coordination", "", "close")
    view = await step(stack, path, "closing", {"outcome": "course-held", "learners": 3})
    assert (view["stage"], view["holder"], view["closing"]["learners"]) == ("closed", None, 3)
    assert [one["stage"] for one in view["referrals"]] == ["accepted"]
    assert view["questions"][0]["reply"] == "Ab Januar."
    (row,) = (await coordinator.read(HERE, is_open="false"))["items"]
    assert (row["stage"], row["outcome"], row["holder"]) == ("closed", "course-held", None)
    view = await step(stack, path, "reopening", {"reason": "Es fehlen noch zwei."})
    assert (held(view)[0], view["closing"]) == ("acknowledged", None)
    entries = await stack.revision.all_pages(f"{path}/history")
    assert entries[0]["topic"] == "company-report.submitted"
    assert all(secret not in str(entries) for secret in (NAME, CONTACT, REMARK, QUESTION))
    earlier = await coordinator.read(path, position=decision["position"])
    assert (earlier["stage"], earlier["version"]) == ("received", 1)


async def test_everybody_reads_what_is_theirs_and_the_contact_only_who_works_on_it(
    stack: Stack,
) -> None:
    path = await referred(stack)
    other = await told(stack, name="Bäckerei Lippe", municipality="05774036", trade="G")
    reports = {path: NAME, other: "Bäckerei Lippe"}
    member = await appoint(stack, Role.ORGANISATION_MEMBER, "ihk")
    for person, seen in (
        (stack.koordination, {path: NAME, other: "Bäckerei Lippe"}),
        (stack.verwaltung, reports),
        (stack.revision, {path: None, other: None}),
        (stack.jobcenter, {path: NAME}),
        (member, {}),
    ):
        rows = await person.all_pages(HERE, limit=1)
        assert {f"{HERE}/{row['id']}": row["company_name"] for row in rows} == seen
        for one in reports:
            answer = await person.ask("GET", one)
            if one not in seen:
                refused(answer, HTTPStatus.FORBIDDEN, "identity.outside-own-area")
                continue
            assert (answer.json()["contact"] is not None) == (seen[one] is not None)
    assert (await stack.jobcenter.read(path))["note"] is None
    hidden = await stack.revision.ask("GET", path)
    assert all(secret not in hidden.text for secret in (NAME, CONTACT, REMARK, QUESTION))
    for person in (stack.fallmanagement, stack.berufskolleg):
        for one in (HERE, path):
            refused(await person.ask("GET", one), HTTPStatus.FORBIDDEN, "identity.role-missing")
    first = (await stack.koordination.read(HERE))["items"][0]
    assert f"{HERE}/{first['id']}" == other, "what is due first comes first"
    for query, found in (
        ({"stage": "referred"}, [path]),
        ({"holder": "coordination"}, [other]),
        ({"organisation": "jobcenter"}, [path]),
        ({"municipality": "774036"}, [other]),
        ({"trade": "C"}, [path]),
        ({"is_open": "false"}, []),
    ):
        rows = await stack.koordination.read(HERE, **query)
        assert [f"{HERE}/{row['id']}" for row in rows["items"]] == found
    reference = (await stack.koordination.read(path))["reference"]
    spoken = reference.lower().replace("-", " ")
    for person, count in ((stack.koordination, 1), (stack.jobcenter, 1), (member, 0)):
        hits = await person.read("/search", q=spoken)
        assert [hit["id"] for hit in hits] == [path.rpartition("/")[2]] * count
    await step(stack, path, "referral/recall", {"reason": "Wir fragen anders."})
    gone = await stack.jobcenter.ask("GET", path)
    refused(gone, HTTPStatus.FORBIDDEN, "identity.outside-own-area")


async def test_the_first_look_of_a_day_at_a_contact_is_recorded_and_auditors_see_it(
    stack: Stack,
) -> None:
    path = await referred(stack)
    reference = (await stack.koordination.read(path))["reference"]
    await stack.koordination.read(path)
    for person in (stack.jobcenter, stack.revision):
        await person.read(path, position=await stack.head())
    looks = await stack.revision.all_pages(
        "/audit/trail", topic="contact-look", at_least=await stack.head()
    )
    assert [(look["role"], look["organisation"]) for look in looks] == [
        ("coordinator", "kim-koordinierung"),
        ("organisation-member", "jobcenter"),
    ], "auditors read no contact"
    report = path.rpartition("/")[2]
    assert [look["event"] for look in looks] == [{"report": report, "reference": reference}] * 2
    why = {"reason": "Die Frist ist um."}
    erased = recorded(await stack.verwaltung.post(f"/subjects/{report}/erasure", why))
    await stack.verwaltung.read(path)
    assert await stack.head() == erased["position"], "what is erased cannot be looked at"


async def test_what_the_company_tells_anew_calls_a_referral_off(stack: Stack) -> None:
    path = await referred(stack)
    seen = (await stack.koordination.read(path))["version"]
    body = content(need={"pooling": False})
    headers = {"If-Match": f'"{seen}"', "Idempotency-Key": str(uuid4())}
    changed = recorded(await stack.koordination.ask("PUT", path, body, headers=headers))
    await stack.runtime.read_models.reached(changed["position"])
    view = await stack.koordination.read(path)
    assert (held(view)[0], view["changes"]) == ("acknowledged", 1)
    assert [one["stage"] for one in view["referrals"]] == ["recalled"]
    assert (await stack.jobcenter.read(HERE))["items"] == []
    withdrawn = await step(stack, path, "withdrawal", {"reason": "no-longer-needed"})
    assert (withdrawn["stage"], withdrawn["withdrawn_because"]) == ("withdrawn", "no-longer-needed")
    assert await kinds(stack, stack.koordination) == set()


async def test_once_the_contact_is_erased_the_figures_stay(stack: Stack) -> None:
    path = await triaged(stack)
    why = {"reason": "Die Frist ist um."}
    subject = f"/subjects/{path.rpartition('/')[2]}/erasure"
    erased = recorded(await stack.verwaltung.post(subject, why))
    await stack.runtime.read_models.reached(erased["position"])
    view = await stack.koordination.read(path)
    assert view["contact"]["reason"] == view["company_name"]["reason"] == why["reason"]
    assert view["need"]["groups"][0]["number"] == 4
    (row,) = (await stack.koordination.read(HERE))["items"]
    assert (row["company_name"]["reason"], row["learners"]) == (why["reason"], 4)


async def test_what_cannot_be_entered_is_pointed_to(stack: Stack) -> None:
    head = await stack.head()
    downwards = {"number": 2, "status": "employed", "present": "b1", "wanted": "a2"}
    for body, code in (
        (content(need={"groups": [downwards]}), "company-report.level-not-higher"),
        (
            {**content(), "remark": "Herr Meyer, geboren am 3.4.1990"},
            "company-report.names-somebody",
        ),
    ):
        response = await stack.koordination.post(HERE, {"content": body})
        problem = refused(response, HTTPStatus.UNPROCESSABLE_ENTITY, code)
        assert all(pointer.startswith("/content/") for pointer in pointers(problem))
    unknown = await stack.koordination.post(HERE, {"content": {**content(), "born": "1990"}})
    assert pointers(unknown.json()) == ["/content/born"]
    response = await stack.jobcenter.post(HERE, {"content": content()})
    refused(response, HTTPStatus.FORBIDDEN, "identity.role-missing")
    assert await stack.head() == head
    path = await told(stack)
    early = await stack.koordination.post(f"{path}/triage", {}, seen=1)
    refused(early, HTTPStatus.CONFLICT, "company-report.not-at-this-stage")
    stale = await stack.koordination.post(f"{path}/acknowledgement", {}, seen=7)
    refused(stale, HTTPStatus.PRECONDITION_FAILED, "request.version-changed")
    for one in (f"{HERE}/{uuid4()}", f"{HERE}/{uuid4()}/history"):
        answer = await stack.revision.ask("GET", one)
        refused(answer, HTTPStatus.NOT_FOUND, "company-report.unknown")
