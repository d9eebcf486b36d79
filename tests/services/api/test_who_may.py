"""Who may do what over HTTP: signed in, in a role, for one's own area; and who sees what."""

from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from uuid import uuid4

import pytest

from domain.directory.commands import IssueToken, RevokeToken
from services.demo.county import paderborn
from services.identity.principal import CONSOLE
from services.identity.tokens import issue_token, token_digest
from services.orders import Order
from tests.services.api.conftest import Scene
from tests.support.addresses import filled
from tests.support.http import Json, Person, recorded, refused
from tests.support.stack import Stack

METHODS = ("post", "put", "delete", "patch")
RECORDS_NOTHING = {"checkLog", "exportLog"}
"""What an auditor asks for and has done: looking at the log, and taking it along."""
ONES_OWN = {"changeMailChoice", "allowNaming", "withdrawNaming"}
"""What everybody may change, because it is about themselves alone."""


async def test_without_a_token_nobody_is_signed_in(scene: Scene) -> None:
    for headers in (
        {},
        {"Authorization": "Bearer krs_unknown"},
        {"Authorization": "Bearer"},
        {"Authorization": f"Basic {scene.stack.revision.token}"},
        {"Authorization": scene.stack.revision.token},
    ):
        response = await scene.stack.http.get("/api/v1/concepts", headers=headers)
        refused(response, HTTPStatus.UNAUTHORIZED, "identity.not-signed-in")
        assert response.headers["www-authenticate"] == "Bearer"


async def test_an_expired_or_revoked_token_signs_nobody_in(stack: Stack) -> None:
    desk, now = stack.runtime.desk, datetime.now(UTC)
    account = next(p.account for p in paderborn().people.items if p.key == "revision")
    expired = await issue_token(desk, account, "old", days=1, at=now - timedelta(days=2))
    revoked, token = "krs_revoked", uuid4()
    for command in (
        IssueToken(
            account=account, token=token, digest=token_digest(revoked), label="", expires_at=None
        ),
        RevokeToken(account=account, token=token, reason="Verloren."),
    ):
        order = Order(
            command=command, command_id=uuid4(), principal=CONSOLE, at=now, correlation="test"
        )
        await desk.handle(order)
    await stack.runtime.read_models.catch_up()
    for bad in (expired, revoked):
        response = await Person(stack.http, bad).ask("GET", "/me")
        refused(response, HTTPStatus.UNAUTHORIZED, "identity.not-signed-in")


async def test_an_auditor_changes_nothing(scene: Scene) -> None:
    """Every operation of the description that is not a reading one, with its own example."""
    auditor = scene.stack.revision
    before = await scene.stack.head()
    refusals = 0
    for path, item in (await scene.stack.http.get("/schema/openapi.json")).json()["paths"].items():
        for method in METHODS:
            if method in item and _is_for_people(item[method]):
                response = await auditor.ask(
                    method.upper(),
                    _address(path, item[method], scene),
                    _example(item[method]),
                    headers={"Idempotency-Key": str(uuid4()), "If-Match": '"1"'},
                )
                problem = refused(response, HTTPStatus.FORBIDDEN, "identity.role-missing")
                assert "Nötig ist die Rolle" in problem["detail"]
                refusals += 1
    assert refusals > 15
    assert await scene.stack.head() == before


@pytest.mark.parametrize("person", ["jobcenter", "revision", "verwaltung", "fallmanagement"])
async def test_only_the_coordination_opens_concepts(scene: Scene, person: str) -> None:
    before = await scene.stack.head()
    opening = {"municipality": "05774036", "edition": "2025"}
    response = await scene.stack.people[person].post("/concepts", opening)
    refused(response, HTTPStatus.FORBIDDEN, "identity.role-missing")
    everywhere = {"edition": "2025"}
    response = await scene.stack.people[person].post("/concepts/opening-of-all", everywhere)
    refused(response, HTTPStatus.FORBIDDEN, "identity.role-missing")
    assert await scene.stack.head() == before


async def test_a_case_manager_writes_only_for_the_own_municipality(scene: Scene) -> None:
    path = f"/concepts/{scene.drafting}/sections/zielgruppe"
    response = await scene.stack.fallmanagement.put(path, {"text": "Fremd"}, seen=1)
    refused(response, HTTPStatus.FORBIDDEN, "identity.outside-own-area")


async def test_a_member_reads_only_what_concerns_their_organisation(scene: Scene) -> None:
    member, outsider = scene.stack.agentur, scene.stack.auslaenderbehoerde
    listed = [row["id"] for row in await member.all_pages("/concepts")]
    assert listed == [scene.consulting]
    assert await outsider.all_pages("/concepts") == []
    for person, path in (
        (member, f"/concepts/{scene.drafting}"),
        (member, f"/concepts/{scene.drafting}/sections/zielgruppe"),
        (member, f"/concepts/{scene.drafting}/sections/zielgruppe/versions"),
        (member, f"/concepts/{scene.drafting}/comparison?before=0"),
        (outsider, f"/concepts/{scene.consulting}"),
        (outsider, scene.round),
    ):
        refused(await person.ask("GET", path), HTTPStatus.FORBIDDEN, "concept.may-not-read")


async def test_a_member_sees_no_other_organisations_answer_or_silence(scene: Scene) -> None:
    theirs, others = scene.stack.jobcenter, scene.stack.agentur
    own = await theirs.read(scene.round)
    assert [r["organisation"] for r in own["responses"]] == ["jobcenter"]
    assert [i["organisation"] for i in own["invitations"]] == ["jobcenter"]
    assert own["missing"] == []
    assert (await theirs.read(f"/concepts/{scene.consulting}"))["missing"] == []
    assert (await theirs.all_pages("/concepts"))[0]["missing"] == []
    other = await others.read(scene.round)
    assert other["responses"] == []
    assert other["missing"] == ["agentur"]
    everything = await scene.stack.revision.read(scene.round)
    assert [r["organisation"] for r in everything["responses"]] == ["jobcenter"]
    assert everything["missing"] == ["agentur"]


async def test_the_record_is_for_auditors_coordination_and_administration(scene: Scene) -> None:
    for path in (f"/concepts/{scene.consulting}/history", "/audit/trail"):
        for reader in ("revision", "koordination", "verwaltung"):
            assert (await scene.stack.people[reader].read(path))["items"]
        for other in ("jobcenter", "fallmanagement"):
            response = await scene.stack.people[other].ask("GET", path)
            refused(response, HTTPStatus.FORBIDDEN, "identity.role-missing")
    news = await scene.stack.jobcenter.ask("GET", "/news?seconds=0")
    refused(news, HTTPStatus.FORBIDDEN, "identity.role-missing")


async def test_a_role_granted_over_http_counts_from_then_on(stack: Stack) -> None:
    """And its revocation too: who asks is looked up with every request."""
    admin = stack.verwaltung
    opening = {"municipality": "05774020", "edition": "2025"}
    accounts = {a["name"]: a["id"] for a in await admin.read("/accounts")}
    member = next(id_ for name, id_ in accounts.items() if name.startswith("Jana"))
    grant = {"role": "coordinator", "organisation": "kim-koordinierung"}
    decision = recorded(await admin.post(f"/accounts/{member}/roles", grant))
    await stack.runtime.read_models.reached(decision["position"])
    recorded(await stack.jobcenter.post("/concepts", opening))
    revocation = {**grant, "reason": "Vertretung beendet."}
    decision = recorded(await admin.post(f"/accounts/{member}/roles/revocation", revocation))
    await stack.runtime.read_models.reached(decision["position"])
    response = await stack.jobcenter.post("/concepts", {**opening, "municipality": "05774036"})
    refused(response, HTTPStatus.FORBIDDEN, "identity.role-missing")


def _is_for_people(operation: Json) -> bool:
    """A company comes by the link to its report, and an auditor as a company is one."""
    name = operation["operationId"]
    return operation.get("security") == [{"token": []}] and name not in ONES_OWN | RECORDS_NOTHING


def _address(path: str, operation: Json, scene: Scene) -> str:
    """Of something that could be there: who may is asked after what is asked for is sound."""
    known = {
        "concept_id": scene.consulting,
        "section": "zielgruppe",
        "organisation": "agentur",
        "ags": "05774020",
        "instrument": "c-test",
        "name": "untis",
        "body_key": "lenkungsgruppe-kim",
        "seat": "jobcenter-1",
        "school_year": "2025-26",
        "goal": "steering-sessions",
    }
    return filled(path, operation, known).removeprefix("/api/v1") + _query(operation)


def _query(operation: Json) -> str:
    """What cannot be left out of the address."""
    values = {"school_year": "2026/27", "round": uuid4(), "source": "kursnet"}
    needed = [p["name"] for p in operation.get("parameters", ()) if p["in"] == "query"]
    return "?" + "&".join(f"{name}={values[name]}" for name in needed if name in values)


def _example(operation: Json) -> Json:
    content = operation.get("requestBody", {}).get("content", {})
    if "application/json" not in content or "text/csv" in content:
        return None
    return content["application/json"]["examples"]["example"]["value"]
