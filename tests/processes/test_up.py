"""`kreislauf up`: one command starts everything, Ctrl-C stops it, starting again goes on."""

import asyncio
import re
import socket
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from tests.support.http import Person
from tests.support.processes import House, house, processes_of, run

ADDRESS = r"Service +(http://127\.0\.0\.1:(\d+))"
PUBLISHED = "Das Konzept für Delbrück ist veröffentlicht"
ASSESSED = "die Wiederholung ist angekündigt"
ASSESSMENT = "Eine Sprachstandserhebung vom Instrument bis zur Wiederholung"
TOKEN = r"^  ([a-z-]+) +(krs_\S+)"
DELBRUECK = ("--municipality", "05774020", "--edition", "2025")
TROUBLE = r"Traceback|All connection attempts failed|\"level\": ?\"error\""


class Up:
    """`kreislauf up` on a data folder, started as often as a test likes."""

    def __init__(self, home: House, *options: str) -> None:
        self.data = home.data
        self._home = home
        self._options = options
        self.process = home.start("up", *options)

    @property
    def output(self) -> str:
        return self.process.output

    @property
    def tokens(self) -> list[tuple[str, str]]:
        """The demo tokens it has printed, each with its role."""
        return re.findall(TOKEN, self.output, re.MULTILINE)

    async def address(self) -> str:
        return (await self.process.says(ADDRESS))[1]

    async def record(self) -> list[Any]:
        """All that is recorded about Delbrück's concept, as the auditor reads it."""
        async with httpx.AsyncClient(base_url=await self.address(), trust_env=False) as client:
            auditor = Person(client, dict(self.tokens)["auditor"])
            concepts = (await auditor.read("/concepts"))["items"]
            concept = next(c["id"] for c in concepts if c["municipality_name"] == "Delbrück")
            return await auditor.all_pages(f"/concepts/{concept}/history", limit=100)

    async def assessment(self) -> list[Any]:
        """All that is recorded about the first round of the assessment."""
        async with httpx.AsyncClient(base_url=await self.address(), trust_env=False) as client:
            coordinator = Person(client, dict(self.tokens)["coordinator"])
            rounds = (await coordinator.read("/rounds"))["items"]
            first = next(r["id"] for r in rounds if r["sitting"] == "first")
            return await coordinator.all_pages(f"/rounds/{first}/history")

    async def head(self) -> int:
        async with httpx.AsyncClient(trust_env=False) as client:
            ready = await client.get(f"{await self.address()}/health/ready")
        return int(ready.json()["position"])

    async def stop(self) -> int:
        """Ctrl-C; the exit code."""
        self.process.interrupt()
        return await self.process.ends()

    def start_again(self) -> None:
        self.process = self._home.start("up", *self._options)


@pytest.fixture(scope="module")
async def played() -> AsyncIterator[Up]:
    """The demo, played to its end and still running; the port it wished for was taken."""
    async with house() as home:
        with _somebody_on(8000):
            up = Up(home, "--demo")
            await up.process.says(PUBLISHED, seconds=120)
        await up.process.says("Ctrl-C beendet alles")
        yield up


async def test_it_says_where_everything_is_and_each_address_answers(played: Up) -> None:
    addresses = re.findall(r"http://127\.0\.0\.1:\d+\S*", played.output)
    async with httpx.AsyncClient(trust_env=False, follow_redirects=True) as client:
        answers = [await client.get(address) for address in dict.fromkeys(addresses[:4])]
    assert [answer.status_code for answer in answers] == [200] * 4
    assert answers[1].json()["openapi"].startswith("3.1")
    assert answers[2].json()["degraded"] is False


async def test_a_taken_port_gives_way_to_the_next_one(played: Up) -> None:
    assert int((await played.address()).rpartition(":")[2]) > 8000


async def test_each_demo_token_signs_in_with_its_role(played: Up) -> None:
    async with httpx.AsyncClient(base_url=await played.address(), trust_env=False) as client:
        for role, token in played.tokens:
            me = await Person(client, token).read("/me")
            assert role in {grant["role"] for grant in me["grants"]}
    roles = {role for role, _ in played.tokens}
    assert roles >= {"coordinator", "case-manager", "organisation-member", "auditor"}
    assert (played.data / "demo-tokens.json").stat().st_mode & 0o077 == 0


async def test_each_demo_person_signs_in_at_the_pages(played: Up) -> None:
    [password] = re.findall(r"Passwort für alle: (\S+)", played.output)
    addresses = re.findall(r"^  (\S+@kim\.example)", played.output, re.MULTILINE)
    assert len(addresses) == len({token for _, token in played.tokens})
    async with httpx.AsyncClient(base_url=await played.address(), trust_env=False) as client:
        for address in addresses:
            client.cookies.clear()
            typed = {"address": address, "password": password, "weiter": "/konto"}
            answer = await client.post("/anmelden", data=typed)
            assert answer.headers["location"] == "/konto"
            assert "angemeldet" in (await client.get("/konto")).text
    assert (played.data / "demo-password").stat().st_mode & 0o077 == 0


async def test_the_past_is_dated_as_it_happened_and_marked_as_imported(played: Up) -> None:
    async with httpx.AsyncClient(base_url=await played.address(), trust_env=False) as client:
        auditor = Person(client, dict(played.tokens)["auditor"])
        chronicle = await auditor.read("/chronicle")
    assert {entry["occurred_on"][:4] for entry in chronicle} >= {"2024", "2025"}
    assert all(entry["source"] for entry in chronicle)
    assert {entry["assumed"] for entry in chronicle} == {True, False}


async def test_the_demo_is_told_in_the_order_of_the_record_each_entry_once(played: Up) -> None:
    concept, assessment = played.output.split(ASSESSMENT)
    assert _told(concept) == [entry["position"] for entry in await played.record()]
    told = _told(assessment)
    assert told == sorted(set(told))
    assert set(told) >= {entry["position"] for entry in await played.assessment()}


async def test_the_demo_shows_an_assessment_to_those_who_may_see_it(played: Up) -> None:
    topics = [entry["topic"].partition(".")[2] for entry in await played.assessment()]
    assert topics == [
        *("announced", "window-opened", "colleges-reminded", "window-closed"),
        *("released", "retest-scheduled"),
    ]
    assert "Das Berufskolleg sieht: 15 Ergebnisse" in played.output
    assert "Nötig ist die Rolle Berufskolleg" in played.output
    assert "Der Kreis sieht: 54 Personen" in played.output
    shown = re.findall(r"^    curl -s -H '(.+)' '(.+)'$", played.output, re.MULTILINE)
    async with httpx.AsyncClient(trust_env=False) as client:
        for header, address in shown:
            answer = await client.get(address, headers=dict([header.split(": ")]))
            assert answer.status_code == 200, answer.text
    assert len(shown) == 6


async def test_the_output_is_for_people_without_colour_or_trouble(played: Up) -> None:
    assert "\x1b" not in played.output
    assert not re.search(TROUBLE, played.output)
    assert "10 Abschnitte des Entwurfs gespeichert" in played.output
    assert f"kreislauf --data {played.data} history --municipality 05774020" in played.output


async def test_a_second_start_on_the_same_folder_names_the_process_that_holds_it(
    played: Up,
) -> None:
    refused = await run("--data", str(played.data), "up", "--port", "0")
    assert refused.code == 1
    assert f"in use by process {played.process.pid}" in refused.err
    assert "Stopped" not in refused.out


async def test_ctrl_c_stops_everything_and_starting_again_goes_on_without_repeating(
    played: Up,
) -> None:
    record, tokens = await played.record(), played.tokens
    # A start looks at no learner's rows again: that would be recorded.
    assessment, head = await played.assessment(), await played.head()
    addresses = [int(port) for port in re.findall(r"127\.0\.0\.1:(\d+)", played.output)]
    assert await played.stop() == 0
    assert played.output.endswith("Stopped. Everything is kept; start again to go on.\n")
    assert not re.search(TROUBLE, played.output)
    assert processes_of(played.data) == []
    assert [port for port in addresses if _is_listening(port)] == []

    played.start_again()
    await played.process.says("Ctrl-C beendet alles")
    assert await played.head() == head
    assert await played.record() == record
    assert await played.assessment() == assessment
    assert played.tokens == tokens
    assert "Schon geladen" in played.output
    assert f"steht schon bei Eintrag {record[-1]['position']}" in played.output
    assert "Runde 1" not in played.output


async def test_an_interrupted_demo_goes_on_to_its_end_and_repeats_nothing(home: House) -> None:
    up = Up(home, "--demo", "--port", "0")
    await up.process.says("Antwort von Agentur für Arbeit", seconds=120)
    before = await up.record()
    assert await up.stop() == 0
    assert not re.search(TROUBLE, up.output)
    assert processes_of(home.data) == []

    up.start_again()
    await up.process.says(r"steht schon bei Eintrag \d+\.\n +\d+  ", seconds=30)
    home.kill_everything()

    up.start_again()
    await up.process.says(PUBLISHED, seconds=120)
    record = await up.record()
    assert record[: len(before)] == before
    reminded = [e["event"] for e in record if e["topic"] == "concept.organisations-reminded"]
    assert set(Counter((e["round"], e["moment"]) for e in reminded).values()) <= {1}
    closed = Counter(
        e["event"]["round"] for e in record if e["topic"] == "concept.consultation-closed"
    )
    assert set(closed.values()) == {1}
    once = ("concept.opened", "concept.adopted", "concept.published")
    topics = Counter(entry["topic"] for entry in record)
    assert [topics[topic] for topic in once] == [1, 1, 1]
    sections = [e["event"] for e in record if e["topic"] == "concept.section-drafted"]
    assert max(Counter((s["section"], s["version"]) for s in sections).values()) == 1

    await up.process.says("zwei Klassen mit 29 Ergebnissen abgegeben")
    home.kill_everything()
    up.start_again()
    await up.process.says(ASSESSED)
    kinds = Counter(entry["topic"] for entry in await up.assessment())
    assert set(kinds.values()) == {1}
    assert kinds["assessment-round.retest-scheduled"] == 1
    assert "Der Kreis sieht: 54 Personen" in up.output
    assert await up.stop() == 0


async def test_without_the_demo_an_empty_service_says_what_comes_next(home: House) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = await run("--data", str(home.data), "up", "--port", str(port))
        assert (refused.code, refused.out) == (1, "")
        assert f"Port {port} of 127.0.0.1 cannot be used: address already in use." in refused.err
    up = Up(home, "--port", "0")
    await up.process.says("Ctrl-C stops everything")
    assert "account invite --name 'Your Name' --address" in up.output
    invited = await run(
        *(
            "--data",
            str(home.data),
            "account",
            "invite",
            "--name",
            "Ada",
            "--address",
            "a@kim.example",
        ),
        *("--role", "administrator", "--organisation", "kreis"),
        *("--organisation-name", "Kreis Beispiel"),
    )
    assert "/anmelden/link/" in invited.out, invited.err
    name = ("--name", "Vera Verwaltung")
    made = await run(
        *("--data", str(home.data), "token", "create", *name, "--role", "administrator"),
        *("--organisation", "kreis", "--organisation-name", "Kreis Beispiel"),
    )
    assert made.code == 0, made.err
    async with httpx.AsyncClient(base_url=await up.address(), trust_env=False) as client:
        me = await Person(client, made.out.strip()).read("/me")
    assert [grant["role"] for grant in me["grants"]] == ["administrator"]
    up.process.terminate()
    assert await up.process.ends() == 0
    assert processes_of(home.data) == []

    listed = await run("--data", str(home.data), "token", "list")
    [token] = re.findall(r"^(\S{36})\tVera Verwaltung", listed.out, re.MULTILINE)
    revoked = await run("token", "revoke", token, "--reason", "Test", "--data", str(home.data))
    assert (revoked.code, revoked.out) == (0, "Revoked.\n")
    assert processes_of(home.data) == []


async def test_ctrl_c_twice_during_the_start_leaves_nothing_behind(home: House) -> None:
    up = Up(home, "--port", "0")
    await up.process.says("Starting PostgreSQL")
    await asyncio.sleep(1)
    up.process.interrupt()
    await asyncio.sleep(0.05)
    up.process.interrupt()
    assert await up.process.ends() == 0
    assert "Traceback" not in up.output
    assert processes_of(home.data) == []


def _told(output: str) -> list[int]:
    """The positions of the log that stand before sentences, those between two of them too."""
    told: list[int] = []
    for first, last in re.findall(r"^ +(\d+)(?:–(\d+))?  \S", output, re.MULTILINE):
        told += range(int(first), int(last or first) + 1)
    return told


def _is_listening(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


def _somebody_on(port: int) -> socket.socket:
    try:
        return socket.create_server(("127.0.0.1", port))
    except OSError:  # somebody is there already
        return socket.create_server(("127.0.0.1", 0))
