"""A concept is drafted, agreed and adopted on the real stack, and an auditor replays how."""

import asyncio
from datetime import datetime, timedelta
from hashlib import sha256
from http import HTTPStatus
from uuid import uuid4

from services.demo.county import paderborn
from services.demo.texts import FIRST_DRAFT, OBJECTION, REMARK, REVISED
from tests.support.http import API, Json, from_now, recorded, refused
from tests.support.stack import Stack
from tests.support.writing import invite, submit_draft, write_draft

DELBRUECK = {"municipality": "05774020", "edition": "2025"}
PADERBORN = {"municipality": "05774032", "edition": "2025"}
AUTHORITY = "auslaenderbehoerde-kreis"
INVITED = [
    {"organisation": "jobcenter"},
    {"organisation": "agentur", "sections": ["netzwerk"]},
    {"organisation": AUTHORITY, "sections": ["abgrenzung", "rueckmeldeweg"]},
]
RULE = {
    "quorum_percent": 60,
    "objection": "revision",
    "silence_is_consent": False,
    "decided_by": "steering-group",
}
RESOLUTION = "Lenkungsgruppe KIM, 12.05.2026, Beschluss 3"
AGREE = {"position": "agree"}
OBJECT = {
    "position": "agree",
    "sections": [{"section": "abgrenzung", "position": "object", "remark": OBJECTION}],
}
ACCOUNT = {person.key: str(person.account) for person in paderborn().people.items}


async def test_from_opening_to_the_next_edition_and_an_auditor_replays_it(stack: Stack) -> None:
    concept = await the_coordinator_opens_all_at_once_and_hears_of_each(stack)
    await the_case_manager_drafts_and_submits_when_all_is_written(stack, concept)
    first = await the_coordinator_opens_a_round(stack, concept)
    await organisations_answer_and_change_their_minds(stack, concept)
    await the_silent_are_reminded_and_get_more_time(stack, concept, first)
    await the_silent_are_named_and_object_and_the_round_closes_by_itself(stack, concept)
    await only_those_are_asked_again_whose_section_changed(stack, concept)
    await the_concept_is_adopted_by_four_eyes_and_published(stack, concept)
    successor = await the_next_edition_takes_its_place(stack, concept)
    await the_auditor_reads_who_decided_what_when_on_which_text_by_which_rule(stack, concept)
    await the_auditor_sees_the_concept_as_it_was(stack, concept)
    await the_auditor_compares_two_moments(stack, concept)
    await the_auditor_follows_a_person_and_an_organisation(stack, concept, successor)


async def the_coordinator_opens_all_at_once_and_hears_of_each(stack: Stack) -> str:
    coordinator = stack.koordination
    alone = await coordinator.post("/concepts", PADERBORN)
    refused(alone, HTTPStatus.CONFLICT, "concept.county-is-not-employer")
    concept = recorded(await coordinator.post("/concepts", DELBRUECK))["id"]
    once_more = await coordinator.post("/concepts", DELBRUECK)
    refused(once_more, HTTPStatus.CONFLICT, "concept.already-opened")

    outcomes = recorded(await coordinator.post("/concepts/opening-of-all", {"edition": "2025"}))

    assert len(outcomes) == len(paderborn().municipalities.items)
    refusals = {o["municipality"]: o["refused"] for o in outcomes if o["refused"]}
    assert refusals == {
        "05774020": "concept.already-opened",
        "05774032": "concept.county-is-not-employer",
    }
    assert all(o["because"] for o in outcomes if o["refused"])
    assert sum(o["opened"] is not None for o in outcomes) == len(outcomes) - 2
    return str(concept)


async def the_case_manager_drafts_and_submits_when_all_is_written(
    stack: Stack, concept: str
) -> None:
    author = stack.fallmanagement
    await author.write(concept, "abgrenzung", "Noch zu klären.")
    seen = (await author.read(f"/concepts/{concept}"))["version"]
    early = await author.post(f"/concepts/{concept}/submission", {}, seen=seen)
    missing = refused(early, HTTPStatus.CONFLICT, "concept.sections-missing")
    assert "Zielgruppe" in missing["detail"] or "zielgruppe" in missing["detail"]

    await submit_draft(author, concept)

    versions = await author.read(f"/concepts/{concept}/sections/abgrenzung/versions")
    assert [v["text"] for v in versions] == ["Noch zu klären.", FIRST_DRAFT["abgrenzung"]]
    assert [v["author"] for v in versions] == [ACCOUNT["fallmanagement"]] * 2
    first = await author.read(f"/concepts/{concept}/sections/abgrenzung/versions/1")
    assert first["digest"] == sha256("Noch zu klären.".encode()).hexdigest()


async def the_coordinator_opens_a_round(stack: Stack, concept: str) -> Json:
    await invite(stack.koordination, concept, INVITED, seconds=6, grace=3, remind=2, policy=RULE)
    return await stack.koordination.read(f"/concepts/{concept}/consultations/1")


async def organisations_answer_and_change_their_minds(stack: Stack, concept: str) -> None:
    for answer in ({"position": "abstain"}, AGREE):
        recorded(await stack.jobcenter.answer(concept, 1, "jobcenter", answer))
    with_remark = {"position": "agree-with-remarks", "remark": REMARK}
    recorded(await stack.agentur.answer(concept, 1, "agentur", with_remark))

    this = await stack.koordination.read(f"/concepts/{concept}/consultations/1")
    said = {r["organisation"]: {a["position"] for a in r["answers"]} for r in this["responses"]}
    assert said == {"jobcenter": {"agree"}, "agentur": {"agree-with-remarks"}}
    assert this["missing"] == [AUTHORITY]


async def the_silent_are_reminded_and_get_more_time(
    stack: Stack, concept: str, first: Json
) -> None:
    path = f"/concepts/{concept}/consultations/1"
    await stack.koordination.until(path, lambda this: this["reminded"])
    (reminder,) = await events(stack, concept, "concept.organisations-reminded")
    assert reminder["event"]["organisations"] == [AUTHORITY]
    assert reminder["role"] == "process"

    timing: Json = {"due": from_now(6), "closes_at": from_now(9), "remind_at": []}
    reason = "Die Ferien lagen in der Frist."
    await stack.koordination.change(
        concept, "consultations/1/extension", {"timing": timing, "reason": reason}
    )

    extended = await stack.koordination.read(path)
    assert extended["extensions"] == [reason]
    assert extended["due"] > first["due"]


async def the_silent_are_named_and_object_and_the_round_closes_by_itself(
    stack: Stack, concept: str
) -> None:
    path = f"/concepts/{concept}/consultations/1"
    this = await stack.koordination.until(path, lambda this: this["escalated_at"])
    escalated, due = map(datetime.fromisoformat, (this["escalated_at"], this["due"]))
    assert escalated >= due, "not at the deadline before the extension"
    assert this["closed_at"] is None
    (escalation,) = await events(stack, concept, "concept.consultation-escalated")
    assert escalation["event"]["missing"] == [AUTHORITY]
    recorded(await stack.auslaenderbehoerde.answer(concept, 1, AUTHORITY, OBJECT))

    closed = await stack.koordination.until(path, lambda this: this["closed_at"])

    assert closed["outcome"] == "objected"
    assert closed["positions"]["object"] == 1
    assert closed["missing"] == []
    late = await stack.jobcenter.put(
        f"{path}/responses/jobcenter", {"shown": "0" * 64, "position": "object", "remark": "Nein."}
    )
    refused(late, HTTPStatus.CONFLICT, "concept.round-not-open")


async def only_those_are_asked_again_whose_section_changed(stack: Stack, concept: str) -> None:
    author = stack.fallmanagement
    view = await author.read(f"/concepts/{concept}")
    assert view["stage"] == "revising"
    unchanged = await author.post(f"/concepts/{concept}/submission", {}, seen=view["version"])
    refused(unchanged, HTTPStatus.CONFLICT, "concept.objection-unanswered")
    for section, text in REVISED.items():
        await author.write(concept, section, text)
    await author.change(concept, "submission", {})
    await invite(stack.koordination, concept, [], seconds=2, policy=RULE)

    path = f"/concepts/{concept}/consultations/2"
    this = await stack.koordination.read(path)
    assert {i["organisation"]: i["asked"] for i in this["invitations"]} == {
        "jobcenter": ["abgrenzung"],
        "agentur": [],
        AUTHORITY: ["abgrenzung"],
    }
    request = await stack.auslaenderbehoerde.read(f"{path}/responses/{AUTHORITY}")
    (asked,) = request["sections"]
    assert asked["text"] == REVISED["abgrenzung"]
    assert asked["earlier_text"] == FIRST_DRAFT["abgrenzung"]
    unasked = await stack.agentur.answer(concept, 2, "agentur", AGREE)
    refused(unasked, HTTPStatus.FORBIDDEN, "concept.not-invited")
    for person, organisation in (
        (stack.jobcenter, "jobcenter"),
        (stack.auslaenderbehoerde, AUTHORITY),
    ):
        recorded(await person.answer(concept, 2, organisation, AGREE))
    closed = await stack.koordination.until(path, lambda this: this["closed_at"])
    assert closed["outcome"] == "agreed"


async def the_concept_is_adopted_by_four_eyes_and_published(stack: Stack, concept: str) -> None:
    coordinator = stack.koordination
    seen = (await coordinator.read(f"/concepts/{concept}"))["version"]
    by_author = await stack.fallmanagement.post(f"/concepts/{concept}/adoption", {}, seen=seen)
    refused(by_author, HTTPStatus.FORBIDDEN, "identity.role-missing")
    without = await coordinator.post(f"/concepts/{concept}/adoption", {}, seen=seen)
    refused(without, HTTPStatus.CONFLICT, "concept.resolution-missing")

    await coordinator.change(concept, "adoption", {"resolution": RESOLUTION})
    await coordinator.change(concept, "publication", {"review_on": "2029-01-02"})

    view = await coordinator.read(f"/concepts/{concept}")
    assert view["stage"] == "published"
    assert view["resolution"] == RESOLUTION
    assert view["review_at"].startswith("2029-01-02T")


async def the_next_edition_takes_its_place(stack: Stack, concept: str) -> str:
    coordinator = stack.koordination
    edition = {
        "edition": "2027",
        "title": "Rahmenkonzept, zweite Ausgabe",
        "sections": [{"key": "abgrenzung", "title": "Abgrenzung"}],
        "replaces": "2025",
    }
    recorded(await coordinator.post("/framework/editions", edition))
    opening = {**DELBRUECK, "edition": "2027"}
    successor: str = recorded(await coordinator.post("/concepts", opening))["id"]
    await stack.fallmanagement.write(successor, "abgrenzung", REVISED["abgrenzung"])
    await stack.fallmanagement.change(successor, "submission", {})
    await invite(coordinator, successor, [{"organisation": "jobcenter"}], seconds=600)
    recorded(await stack.jobcenter.answer(successor, 1, "jobcenter", AGREE))
    await coordinator.change(successor, "consultations/1/closing")
    await coordinator.change(successor, "adoption", {})
    await coordinator.change(successor, "publication", {})

    before = await coordinator.until(
        f"/concepts/{concept}", lambda view: view["stage"] == "superseded"
    )
    assert before["successor"] == successor
    assert (await coordinator.read(f"/concepts/{successor}"))["predecessor"] == concept
    return successor


async def the_auditor_reads_who_decided_what_when_on_which_text_by_which_rule(
    stack: Stack, concept: str
) -> None:
    history = await stack.revision.all_pages(f"/concepts/{concept}/history", limit=7)
    assert [entry["position"] for entry in history] == sorted(e["position"] for e in history)
    assert [e["topic"].partition(".")[2] for e in history if e["topic"] not in REPEATED] == [
        "opened",
        "draft-submitted",
        "consultation-opened",
        "organisations-reminded",
        "consultation-extended",
        "consultation-escalated",
        "consultation-closed",
        "draft-submitted",
        "consultation-opened",
        "consultation-closed",
        "adopted",
        "published",
        "superseded",
    ]
    adopted = next(e for e in history if e["topic"] == "concept.adopted")
    view = await stack.revision.read(f"/concepts/{concept}")
    assert adopted["account"] == ACCOUNT["koordination"]
    assert adopted["name"].startswith("Karin")
    assert adopted["role"] == "coordinator"
    assert adopted["basis"] == view["digest"], "of all the texts that were adopted"
    assert adopted["rule"] == RULE
    assert RESOLUTION in adopted["sentence"]
    answers = [e for e in history if e["topic"] == "concept.response-given"]
    assert len(answers) == 6, "with the one that was changed"
    for answer in answers:
        assert answer["shown"] == answer["event"]["shown"] == answer["basis"]
    objection = answers[3]
    assert objection["organisation"] == AUTHORITY
    assert objection["event"]["answers"][0]["digest"] == text_digest(FIRST_DRAFT["abgrenzung"])
    assert answers[-1]["event"]["answers"][0]["digest"] == text_digest(REVISED["abgrenzung"])


REPEATED = {"concept.section-drafted", "concept.response-given"}


async def the_auditor_sees_the_concept_as_it_was(stack: Stack, concept: str) -> None:
    (first, _) = await events(stack, concept, "concept.consultation-closed")
    path = f"/concepts/{concept}"
    after = await stack.revision.read(path, position=first["position"])
    before = await stack.revision.read(path, position=first["position"] - 1)
    assert (before["stage"], after["stage"]) == ("consulting", "revising")
    assert texts(after) == FIRST_DRAFT
    assert texts(await stack.revision.read(path)) == {**FIRST_DRAFT, **REVISED}
    moment = datetime.fromisoformat(first["recorded_at"])
    at = await stack.revision.read(path, as_of=moment.isoformat())
    just_before = await stack.revision.read(
        path, as_of=(moment - timedelta(microseconds=1)).isoformat()
    )
    assert (just_before["stage"], at["stage"]) == ("consulting", "revising")
    then = await stack.revision.read(f"{path}/consultations/1", position=first["position"] - 1)
    assert then["closed_at"] is None
    too_early = await stack.revision.ask("GET", f"{path}?as_of=2020-01-01T00:00:00Z")
    refused(too_early, HTTPStatus.NOT_FOUND, "concept.unknown")


async def the_auditor_compares_two_moments(stack: Stack, concept: str) -> None:
    (first, second) = await events(stack, concept, "concept.draft-submitted")
    comparison = await stack.revision.read(
        f"/concepts/{concept}/comparison", before=first["position"], after=second["position"]
    )
    changed = {s["section"]: s["lines"] for s in comparison["sections"] if s["lines"]}
    assert changed.keys() == {"abgrenzung"}
    assert f"-{FIRST_DRAFT['abgrenzung']}" in changed["abgrenzung"]
    assert f"+{REVISED['abgrenzung']}" in changed["abgrenzung"]


async def the_auditor_follows_a_person_and_an_organisation(
    stack: Stack, concept: str, successor: str
) -> None:
    head = await stack.head()
    by_organisation = await stack.revision.all_pages(
        "/audit/trail", organisation=AUTHORITY, at_least=head
    )
    assert [(e["stream"], e["topic"]) for e in by_organisation] == [
        (concept, "concept.response-given")
    ] * 2
    by_person = await stack.revision.all_pages(
        "/audit/trail", account=ACCOUNT["jobcenter"], at_least=head, limit=2
    )
    assert [e["stream"] for e in by_person] == [concept] * 3 + [successor]
    assert {e["organisation"] for e in by_person} == {"jobcenter"}


async def test_whoever_wrote_a_section_does_not_adopt_it(stack: Stack) -> None:
    coordinator = stack.koordination
    concept = recorded(await coordinator.post("/concepts", DELBRUECK))["id"]
    await write_draft(stack.fallmanagement, concept)
    await coordinator.write(concept, "ziele", "Von der Koordination ergänzt.")
    await coordinator.change(concept, "submission", {})
    await invite(coordinator, concept, [{"organisation": "jobcenter"}], seconds=600)
    recorded(await stack.jobcenter.answer(concept, 1, "jobcenter", AGREE))
    await coordinator.change(concept, "consultations/1/closing")
    seen = (await coordinator.read(f"/concepts/{concept}"))["version"]
    own = await coordinator.post(f"/concepts/{concept}/adoption", {}, seen=seen)
    refused(own, HTTPStatus.FORBIDDEN, "concept.author-may-not-adopt")

    grant = {"role": "steering-member", "organisation": "kim-koordinierung"}
    second = f"/accounts/{ACCOUNT['verwaltung']}/roles"
    granted = recorded(await stack.verwaltung.post(second, grant))
    await stack.runtime.read_models.reached(granted["position"])
    await stack.verwaltung.change(concept, "adoption", {})
    assert (await coordinator.read(f"/concepts/{concept}"))["stage"] == "adopted"


async def test_a_withdrawn_concept_is_left_alone_until_it_is_reopened(stack: Stack) -> None:
    coordinator = stack.koordination
    concept = recorded(await coordinator.post("/concepts", DELBRUECK))["id"]
    await submit_draft(stack.fallmanagement, concept)
    await invite(coordinator, concept, [{"organisation": "jobcenter"}], seconds=2)
    seen = (await coordinator.read(f"/concepts/{concept}"))["version"]
    path = f"/concepts/{concept}/withdrawal"
    unfounded = await coordinator.post(path, {"reason": " "}, seen=seen)
    refused(unfounded, HTTPStatus.UNPROCESSABLE_ENTITY, "concept.reason-missing")
    withdrawn = await coordinator.change(concept, "withdrawal", {"reason": "Die Stelle fällt weg."})
    await asyncio.sleep(2.5)
    view = await coordinator.read(f"/concepts/{concept}")
    assert view["stage"] == "withdrawn"
    assert view["withdrawn_because"] == "Die Stelle fällt weg."
    assert view["version"] == withdrawn["version"], "the round's timer says nothing any more"

    await coordinator.change(concept, "reopening", {"reason": "Die Stelle bleibt doch."})
    await stack.fallmanagement.change(concept, "submission", {})
    await invite(coordinator, concept, [{"organisation": "jobcenter"}], seconds=2)
    path = f"/concepts/{concept}/consultations/2"
    this = await coordinator.until(path, lambda this: this["closed_at"])
    assert this["outcome"] == "lapsed", "nobody answered; the process runs again and closed it"


async def test_silence_counts_as_consent_only_where_the_round_says_so(stack: Stack) -> None:
    coordinator = stack.koordination
    concept = recorded(await coordinator.post("/concepts", DELBRUECK))["id"]
    await submit_draft(stack.fallmanagement, concept)
    silence = {"silence_is_consent": True}
    await invite(coordinator, concept, INVITED, seconds=2, policy=silence)
    path = f"/concepts/{concept}/consultations/1"
    this = await coordinator.until(path, lambda this: this["closed_at"])
    assert this["outcome"] == "agreed"
    assert this["escalated_at"] is None


async def test_the_requests_of_an_organisation_are_those_it_has_to_answer(stack: Stack) -> None:
    coordinator = stack.koordination
    concept = recorded(await coordinator.post("/concepts", DELBRUECK))["id"]
    await submit_draft(stack.fallmanagement, concept)
    opened = await invite(coordinator, concept, INVITED, seconds=600)
    at_least = opened["position"]
    (request,) = await stack.agentur.read("/requests", at_least=at_least)
    assert (request["concept"], request["round"]) == (concept, 1)
    assert request["sections"] == ["netzwerk"]
    assert request["answered_at"] is None
    answered = recorded(await stack.agentur.answer(concept, 1, "agentur", AGREE))
    (request,) = await stack.agentur.read("/requests", at_least=answered["position"])
    assert request["answered_at"] is not None
    assert await stack.koordination.read("/requests") == []


async def test_what_the_process_does_carries_the_correlation_of_the_request_behind_it(
    stack: Stack,
) -> None:
    concept = recorded(await stack.koordination.post("/concepts", DELBRUECK))["id"]
    submitted = await submit_draft(stack.fallmanagement, concept)
    correlation = str(uuid4())
    timing = {"due": from_now(6), "closes_at": from_now(7), "remind_at": [from_now(2)]}
    response = await stack.koordination.ask(
        "POST",
        f"/concepts/{concept}/consultations",
        {"timing": timing, "invited": [{"organisation": "jobcenter"}]},
        headers={
            "Idempotency-Key": "round-1",
            "If-Match": f'"{submitted["version"]}"',
            "X-Correlation-ID": correlation,
        },
    )
    opened = recorded(response)["position"]
    await stack.koordination.until(
        response.headers["location"].removeprefix(API), lambda this: this["closed_at"]
    )
    history = await stack.revision.all_pages(f"/concepts/{concept}/history")
    by_itself = [entry for entry in history if entry["role"] == "process"]
    assert [entry["topic"].partition(".")[2] for entry in by_itself] == [
        "organisations-reminded",
        "consultation-escalated",
        "consultation-closed",
    ]
    assert {entry["correlation"] for entry in by_itself} == {correlation}
    assert all(entry["causation"] >= opened for entry in by_itself)
    assert {entry["account"] for entry in by_itself} == {f"concept/{concept}"}


async def events(stack: Stack, concept: str, topic: str) -> list[Json]:
    """What happened to the concept under this topic, as the auditor reads it."""
    history = await stack.revision.all_pages(f"/concepts/{concept}/history", limit=200)
    return [entry for entry in history if entry["topic"] == topic]


def texts(view: Json) -> dict[str, str]:
    return {section["key"]: section["text"] for section in view["sections"]}


def text_digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
