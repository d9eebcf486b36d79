"""Erasing a person's data over HTTP: by whom, of whom, and what is seen afterwards."""

from http import HTTPStatus
from uuid import uuid4

from tests.support.http import recorded, refused
from tests.support.stack import Stack

WHY = {"reason": "Antrag nach Art. 17 DSGVO"}


async def test_the_answer_comes_once_the_data_are_gone(stack: Stack) -> None:
    account = await _registered(stack)
    decision = recorded(await stack.verwaltung.post(f"/subjects/{account}/erasure", WHY))
    assert decision["recorded"]
    subject = await stack.verwaltung.read(f"/subjects/{account}")
    assert subject["erased"]["reason"] == WHY["reason"]
    assert subject["kept_since"] is None
    accounts = await stack.verwaltung.read("/accounts")
    assert next(a for a in accounts if a["id"] == account)["name"] == subject["erased"]


async def test_it_is_sent_again_without_harm(stack: Stack) -> None:
    account = await _registered(stack)
    path = f"/subjects/{account}/erasure"
    first = recorded(await stack.verwaltung.post(path, WHY, key="once"))
    assert recorded(await stack.verwaltung.post(path, WHY, key="once")) == first
    assert not recorded(await stack.verwaltung.post(path, WHY))["recorded"]


async def test_only_administrators_erase_and_auditors_look(stack: Stack) -> None:
    account = await _registered(stack)
    for person in (stack.koordination, stack.revision):
        response = await person.post(f"/subjects/{account}/erasure", WHY)
        refused(response, HTTPStatus.FORBIDDEN, "identity.role-missing")
    assert (await stack.revision.read(f"/subjects/{account}"))["kept_since"]
    response = await stack.koordination.ask("GET", f"/subjects/{account}")
    refused(response, HTTPStatus.FORBIDDEN, "identity.role-missing")


async def test_of_whom_nothing_is_known_nothing_is_erased(stack: Stack) -> None:
    for response in (
        await stack.verwaltung.post(f"/subjects/{uuid4()}/erasure", WHY),
        await stack.verwaltung.ask("GET", f"/subjects/{uuid4()}"),
    ):
        refused(response, HTTPStatus.NOT_FOUND, "privacy.unknown-subject")


async def test_whoever_is_erased_is_not_written_about_again(stack: Stack) -> None:
    account = await _registered(stack)
    grant = {"role": "auditor", "organisation": "kim-koordinierung"}
    recorded(await stack.verwaltung.post(f"/accounts/{account}/roles", grant))
    recorded(await stack.verwaltung.post(f"/subjects/{account}/erasure", WHY))
    revocation = {**grant, "reason": "Neue Stelle"}
    response = await stack.verwaltung.post(f"/accounts/{account}/roles/revocation", revocation)
    refused(response, HTTPStatus.CONFLICT, "privacy.subject-erased")


async def _registered(stack: Stack) -> str:
    made = recorded(await stack.verwaltung.post("/accounts", {"name": "Gül"}))
    await stack.verwaltung.read("/accounts", at_least=made["position"])
    return made["id"]
