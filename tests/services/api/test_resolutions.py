"""Resolutions over HTTP: from the vote to what the next session sees of them."""

from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from io import BytesIO
from uuid import UUID, uuid4
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest

from domain.kernel import Role
from domain.steering.session_commands import session_id
from domain.working_groups.commands import EstablishGroup, group_id
from services.papers.word import WORD
from tests.services.web.test_documents import claims
from tests.support.appointing import appoint
from tests.support.days import today
from tests.support.http import Json, Person, pointers, recorded, refused
from tests.support.stack import Stack
from tests.support.steering_group import BODY, SteeringGroup, proposal

TODAY = today()
MET, MEETS = TODAY - timedelta(days=60), TODAY + timedelta(days=60)
DUE = TODAY + timedelta(days=90)
COORDINATION = "kim-koordinierung"
NAMESPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
GROUP = proposal("Fachsprache", "Eine Arbeitsgruppe wird eingerichtet.")
LETTER = proposal("Berufssprachkurse", "Der Bedarf wird gemeldet.")
NOTED = proposal("Bericht", "Die Lenkungsgruppe nimmt Kenntnis.")
REJECTED = proposal("Umzug", "Die Koordinierung zieht um.")
ESTABLISHING: Json = {
    "type": "establish-working-group",
    "title": "Fachsprachliche Förderung",
    "purpose": "Auszubildende bestehen den theoretischen Teil.",
    "members": ["ihk", "hwk"],
    "guests": ["jobcenter"],
}
REPORTING: Json = {"type": "report-to-ministry", "need": "Berufssprachkurse fehlen im ganzen Land."}


@pytest.fixture
async def group(stack: Stack) -> SteeringGroup:
    """It has met sixty days ago and voted on four items, the last of which it rejected."""
    group = SteeringGroup.of_demo(stack.runtime.desk)
    await group.found()
    items = (GROUP, LETTER, NOTED, REJECTED)
    session = await group.prepare("2026-1", MET, *items)
    await group.meet(session, MET)
    for item in items[:3]:
        await group.vote(session, MET, item.item)
    await group.vote(session, MET, REJECTED.item, yes=1, no=2)
    await group.close(session, MET)
    return group


def session_of(key: str) -> str:
    return str(session_id(BODY, key))


async def passed(stack: Stack, number: int, mandate: Json, **rest: Json) -> str:
    """The resolution of this vote, once the lists know it."""
    body = {"session": session_of("2026-1"), "number": number, "mandate": mandate, **rest}
    decision = recorded(await stack.koordination.post("/resolutions", body))
    await stack.runtime.read_models.reached(decision["position"])
    return f"/resolutions/{decision['id']}"


async def version(stack: Stack, path: str) -> int:
    return (await stack.koordination.read(path))["version"]


async def change(stack: Stack, path: str, step: str, body: Json) -> Json:
    """Take a step with the resolution as it is now."""
    seen = await version(stack, path)
    decision = recorded(await stack.koordination.post(f"{path}/{step}", body, seen=seen))
    await stack.runtime.read_models.reached(decision["position"])
    return decision


async def lines_of(stack: Stack, path: str) -> list[str]:
    """The paragraphs of a document."""
    response = await stack.koordination.ask("GET", path)
    assert response.headers["content-type"] == WORD
    with ZipFile(BytesIO(response.content)) as archive:
        document = ET.fromstring(archive.read("word/document.xml"))  # noqa: S314 (our own)
    return ["".join(one.itertext()) for one in document.iter(f"{NAMESPACE}p")]


async def follow_up(stack: Stack, session: UUID) -> Json:
    head = await stack.head()
    return await stack.koordination.read(f"/sessions/{session}/follow-up", at_least=head)


@pytest.mark.usefixtures("group")
async def test_a_vote_becomes_a_mandate_that_is_followed_up(stack: Stack) -> None:
    body = {
        "session": session_of("2026-1"),
        "number": 1,
        "mandate": ESTABLISHING,
        "owner": "ihk",
        "due": DUE.isoformat(),
        "reference": "Beschluss 3/2026",
    }
    response = await stack.koordination.post("/resolutions", body)
    decision = recorded(response)
    path = f"/resolutions/{decision['id']}"
    assert response.headers["location"] == f"/api/v1{path}"
    assert recorded(await stack.koordination.post("/resolutions", body))["recorded"] is False

    response = await stack.koordination.ask("GET", path)
    view = response.json()
    assert response.headers["etag"] == '"1"'
    assert (view["standing"], view["owner"]) == ("open", "ihk")
    assert view["text"] == "Eine Arbeitsgruppe wird eingerichtet."
    assert view["mandate"] == ESTABLISHING
    assert view["leads_to"] == str(group_id(UUID(decision["id"])))
    assert view["tally"] == {"yes": 3, "no": 0, "abstain": 0}
    assert len(view["reminders"]) == 2

    chamber = await appoint(stack, Role.ORGANISATION_MEMBER, "ihk")
    recorded(await chamber.post(f"{path}/reports", {"report": 1, "text": "Alle sind gefragt."}))
    assert (await stack.jobcenter.read(path))["reports"][0]["organisation"] == "ihk"
    outsider = stack.agentur
    refused(await outsider.ask("GET", path), HTTPStatus.FORBIDDEN, "resolution.may-not-read")
    late = await outsider.post(f"{path}/reports", {"report": 2, "text": "Auch wir."})
    refused(late, HTTPStatus.FORBIDDEN, "identity.outside-own-area")
    recorded(await stack.koordination.post(f"{path}/reminders"))

    more = {"due": (DUE + timedelta(days=30)).isoformat(), "reason": "Ferien."}
    stale = await stack.koordination.post(f"{path}/extensions", more, seen=1)
    refused(stale, HTTPStatus.PRECONDITION_FAILED, "request.version-changed")
    await change(stack, path, "extensions", more)
    await change(stack, path, "owner", {"owner": COORDINATION, "reason": "Zuständigkeit."})
    now = await stack.koordination.read(path)
    assert (now["owner"], now["resolved_owner"]) == (COORDINATION, "ihk")
    assert now["due"] > now["resolved_due"] == view["due"]
    before = await stack.koordination.read(path, position=decision["position"])
    assert (before["owner"], before["due"], before["version"]) == ("ihk", view["due"], 1)

    told = await stack.revision.all_pages(f"{path}/history", limit=3)
    assert [entry["topic"].partition(".")[2] for entry in told] == [
        "passed",
        "progress-reported",
        "mandate-reminded",
        "mandate-extended",
        "mandate-handed-over",
    ]
    assert "Industrie- und Handelskammer" in told[0]["sentence"]
    steps = (await stack.koordination.read(path))["steps"]
    assert [step["position"] for step in steps] == [entry["position"] for entry in told]
    response = await stack.jobcenter.ask("GET", f"{path}/history")
    refused(response, HTTPStatus.FORBIDDEN, "identity.role-missing")


async def test_the_next_session_sees_what_became_of_a_resolution_until_it_saw_its_end(
    stack: Stack, group: SteeringGroup
) -> None:
    path = await passed(stack, 1, ESTABLISHING, owner="ihk", due=DUE.isoformat())
    resolution = UUID(path.rpartition("/")[2])
    early = await stack.koordination.post(f"{path}/fulfilment", {}, seen=1)
    refused(early, HTTPStatus.CONFLICT, "resolution.not-done-yet")
    await group.ask(EstablishGroup(resolution=resolution), datetime.now(UTC))
    report = {"report": 1, "text": "Alle sind gefragt."}
    recorded(await stack.koordination.post(f"{path}/reports", report))
    session = await group.prepare("2026-2", MEETS)
    (item,) = await follow_up(stack, session)
    assert (item["resolution"], item["standing"]) == (str(resolution), "open")
    assert [report["text"] for report in item["reports"]] == ["Alle sind gefragt."]
    await change(stack, path, "fulfilment", {})
    (item,) = await follow_up(stack, session)
    assert (item["standing"], item["result"]) == ("fulfilled", str(group_id(resolution)))
    assert item["shown_as"] is None
    recorded(await stack.koordination.post(f"{path}/showings", {"session": str(session)}))
    (item,) = await follow_up(stack, session)
    assert item["shown_as"] == "fulfilled"
    later = await group.prepare("2026-3", MEETS + timedelta(days=90))
    assert await follow_up(stack, later) == []
    response = await stack.jobcenter.ask("GET", f"/sessions/{session}/follow-up")
    refused(response, HTTPStatus.FORBIDDEN, "identity.role-missing")


@pytest.mark.usefixtures("group")
async def test_the_list_says_what_is_due_and_members_see_their_own_part(stack: Stack) -> None:
    first = await passed(stack, 1, ESTABLISHING, owner="hwk", due=DUE.isoformat())
    second = await passed(
        stack, 2, REPORTING, owner=COORDINATION, due=(DUE + timedelta(days=9)).isoformat()
    )
    third = await passed(stack, 3, {"type": "take-note"})
    paths = [first, second, third]

    async def listed(person: Person, **query: object) -> list[int]:
        """Which of the three, by their numbers."""
        found = await person.all_pages("/resolutions", limit=1, **query)
        return [paths.index(f"/resolutions/{row['id']}") + 1 for row in found]

    assert await listed(stack.koordination) == [3, 2, 1]
    assert await listed(stack.koordination, standing="open") == [2, 1]
    assert await listed(stack.koordination, standing="settled", body=BODY) == [3]
    assert await listed(stack.koordination, body="beirat") == []
    assert await listed(stack.koordination, owner=COORDINATION) == [2]
    assert await listed(stack.koordination, due_by=DUE) == [1]
    assert await listed(stack.koordination, session=session_of("2026-1")) == [3, 2, 1]
    assert await listed(stack.koordination, session=uuid4()) == []
    assert await listed(stack.jobcenter) == [1]
    assert await listed(stack.agentur) == []
    for nobody in (stack.berufskolleg, stack.fachgruppe):
        response = await nobody.ask("GET", "/resolutions")
        refused(response, HTTPStatus.FORBIDDEN, "identity.role-missing")


@pytest.mark.usefixtures("group")
async def test_a_need_of_the_whole_land_is_reported_by_a_letter(stack: Stack) -> None:
    path = await passed(stack, 2, REPORTING, owner=COORDINATION, due=DUE.isoformat())
    missing = await stack.koordination.post(f"{path}/fulfilment", {}, seen=1)
    refused(missing, HTTPStatus.CONFLICT, "resolution.letter-missing")
    letter = {
        "addressee": "Ministerium",
        "subject_line": "Berufssprachkurse",
        "text": "Im ganzen Land fehlen Kurse.",
        "sent_on": TODAY.isoformat(),
        "reference": "Az. 7",
    }
    recorded(await stack.koordination.post(f"{path}/letters", letter))
    assert recorded(await stack.koordination.post(f"{path}/letters", letter))["recorded"] is False
    for paper in ("letter.pdf", "letter.pdf?number=1"):
        response = await stack.koordination.ask("GET", f"{path}/{paper}")
        assert claims(response.content) == ("2", "A")
    draft = await lines_of(stack, f"{path}/letter.docx")
    assert draft[3] == "Entwurf: noch nicht versandt."
    assert REPORTING["need"] in draft
    assert "Der Bedarf wird gemeldet." in draft
    sent = await lines_of(stack, f"{path}/letter.docx?number=1")
    assert "An: Ministerium" in sent
    assert "Im ganzen Land fehlen Kurse." in sent
    none = await stack.koordination.ask("GET", f"{path}/letter.pdf?number=2")
    refused(none, HTTPStatus.NOT_FOUND, "resolution.unknown-letter")
    await change(stack, path, "fulfilment", {})
    view = await stack.koordination.read(path)
    assert (view["standing"], len(view["letters"])) == ("fulfilled", 1)
    await change(stack, path, "reopening", {"due": DUE.isoformat(), "reason": "Keine Antwort."})
    assert (await stack.koordination.read(path))["standing"] == "open"


async def test_a_later_resolution_revokes_an_earlier_one(
    stack: Stack, group: SteeringGroup
) -> None:
    path = await passed(stack, 2, REPORTING, owner=COORDINATION, due=DUE.isoformat())
    earlier = path.rpartition("/")[2]
    day = TODAY - timedelta(days=2)
    item = proposal("Aufhebung", "Die Meldung unterbleibt.", about=[UUID(earlier)])
    session = await group.prepare("2026-2", day, item)
    await group.meet(session, day)
    await group.vote(session, day, item.item)
    revoking = recorded(
        await stack.koordination.post(
            "/resolutions",
            {
                "session": str(session),
                "number": 1,
                "mandate": {"type": "revoke-resolution", "resolution": earlier},
            },
        )
    )["id"]
    no_revocation = {"revoking": str(uuid4())}
    response = await stack.koordination.post(f"{path}/revocation", no_revocation, seen=1)
    refused(response, HTTPStatus.CONFLICT, "resolution.not-revoked-by")
    await change(stack, path, "revocation", {"revoking": revoking})
    view = await stack.koordination.read(path)
    assert (view["standing"], view["revoking"]) == ("revoked", revoking)


async def test_a_resolution_is_annulled_only_together_with_its_vote(
    stack: Stack, group: SteeringGroup
) -> None:
    day = TODAY - timedelta(days=2)
    session = await group.prepare("2026-2", day, GROUP)
    await group.meet(session, day)
    await group.vote(session, day, GROUP.item)
    body = {"session": str(session), "number": 1, "mandate": {"type": "take-note"}}
    path = f"/resolutions/{recorded(await stack.koordination.post('/resolutions', body))['id']}"
    because = {"reason": "Verzählt."}
    standing = await stack.koordination.post(f"{path}/annulment", because, seen=1)
    refused(standing, HTTPStatus.CONFLICT, "resolution.vote-stands")
    await group.annul(session, day, 1)
    await change(stack, path, "annulment", because)
    view = await stack.koordination.read(path)
    assert (view["standing"], view["annulled_because"]) == ("annulled", "Verzählt.")
    again = await stack.koordination.post("/resolutions", body)
    refused(again, HTTPStatus.CONFLICT, "resolution.vote-was-annulled")


@pytest.mark.usefixtures("group")
async def test_what_no_vote_resolved_or_what_is_incomplete_is_refused(stack: Stack) -> None:
    before = await stack.head()
    whole: Json = {
        "session": session_of("2026-1"),
        "number": 1,
        "mandate": ESTABLISHING,
        "owner": COORDINATION,
        "due": DUE.isoformat(),
    }
    refusals: tuple[tuple[Json, HTTPStatus, str], ...] = (
        ({"number": 4}, HTTPStatus.CONFLICT, "resolution.not-adopted"),
        ({"number": 5}, HTTPStatus.NOT_FOUND, "resolution.unknown-vote"),
        ({"owner": None}, HTTPStatus.UNPROCESSABLE_ENTITY, "resolution.owner-missing"),
        ({"due": None}, HTTPStatus.UNPROCESSABLE_ENTITY, "resolution.due-missing"),
        ({"owner": "niemand"}, HTTPStatus.NOT_FOUND, "organisation.unknown"),
        ({"due": "2024-01-01"}, HTTPStatus.UNPROCESSABLE_ENTITY, "follow-up.due-in-the-past"),
        (
            {"mandate": {"type": "take-note"}},
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "resolution.nothing-to-do",
        ),
        (
            {"mandate": {"type": "adopt-concept", "concept": str(uuid4())}},
            HTTPStatus.NOT_FOUND,
            "concept.unknown",
        ),
    )
    for wrong, status, code in refusals:
        refused(await stack.koordination.post("/resolutions", {**whole, **wrong}), status, code)
    malformed: tuple[tuple[Json, str], ...] = (
        ({"due": "2500-01-01"}, "/due"),
        ({"mandate": {"type": "party"}}, "/mandate/type"),
        ({"mandate": {**ESTABLISHING, "chair": "ihk"}}, "/mandate/chair"),
        ({"number": 0}, "/number"),
    )
    for wrong, pointer in malformed:
        response = await stack.koordination.post("/resolutions", {**whole, **wrong})
        assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert pointers(response.json()) == [pointer]
    for person in (stack.revision, stack.fallmanagement, stack.jobcenter):
        response = await person.post("/resolutions", whole)
        refused(response, HTTPStatus.FORBIDDEN, "identity.role-missing")
    unknown = uuid4()
    for path, code in (
        (f"/resolutions/{unknown}", "resolution.unknown"),
        (f"/sessions/{unknown}/follow-up", "session.unknown"),
    ):
        refused(await stack.koordination.ask("GET", path), HTTPStatus.NOT_FOUND, code)
    assert await stack.head() == before
