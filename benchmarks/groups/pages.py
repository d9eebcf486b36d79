"""Every page that somebody is led to, over a long log: how long it takes, how much is sent."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

import httpx

from benchmarks.bench import Bench, settings_in
from benchmarks.county import ask
from benchmarks.county import county as county_at_the_test
from benchmarks.figure import Figure, alone
from benchmarks.filling import fill
from benchmarks.http_client import Work, percentile, request, send
from benchmarks.serving import product, serving
from domain.findings.commands_theme import OpenTheme
from domain.kernel import Role
from services.api.access import COOKIES
from services.crew import Crew
from services.demo.county import Person, load_county, paderborn
from services.demo.front_door import FrontDoor
from services.demo.needs import needs_of_paderborn
from services.demo.needs_month import load_needs
from services.demo.texts import FIRST_DRAFT
from services.identity.principal import CONSOLE
from services.identity.sessions import Sessions
from services.identity.tokens import issue_token
from services.intake.links import ReportLinks
from services.processes import seal_the_log
from services.runtime import Runtime, follow_the_log
from services.web.reporting.steps import STEPS

MUNICIPALITY, EDITION = "05774020", "2025"
INVITED = [{"organisation": "jobcenter"}, {"organisation": "agentur"}]
STARTS = ("/aufgaben", "/konto")
FORM = ("/melden", *(f"/melden/{step}" for step in STEPS))
"""Where a company begins, which has no account; only sending a step leads to the next."""

THEME = "deutschfoerderung-in-unternehmen"
"""The one that the demo's reports name."""

REPORTS = needs_of_paderborn().reports
ALIKE = 2
"""So many pages of one kind are asked for each person: they differ in what they hold."""

MOST = 60
TIMES = 21
"""How often each page is asked for; the first time is for the caches."""

LINK = re.compile(r'<a\b(?![^>]*\bdownload)[^>]*\bhref="(/[^"#]*)"')
ASSET = re.compile(r'(?:href|src)="(/static/[^"]+)"')
NAMED = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<=/)\d+|(?<==)[^&]+")
NO_PAGES = re.compile(r"^/(api|static|schema|ledger|health|neuigkeiten)|\.[a-z]{3,4}$")
A_LONG_TIME = 600.0
LARGE_ENOUGH = 1_000_000


async def measure(bench: Bench) -> Sequence[Figure]:
    count = bench.pick(50_000, LARGE_ENOUGH)
    url = await bench.database("ours")
    await fill(url, count)
    crew = Crew()
    async with bench.product(url) as runtime, serving(product(runtime)) as port:
        # A page may show what it has just recorded, and a proof needs a checkpoint.
        follow_the_log(runtime, crew)
        seal_the_log(runtime, settings_in(bench.folder), crew)
        people = await _county(runtime, f"http://127.0.0.1:{port}")
        await runtime.read_models.catch_up()
        pages = {
            role: await _led_to(f"http://127.0.0.1:{port}", cookie, STARTS)
            for role, cookie in people.items()
        }
        own = await ReportLinks(runtime.pool).create(REPORTS[0].report, datetime.now(UTC))
        people = {**people, Role.COMPANY: ""}
        starts = [*FORM, f"/meldung/{own}", f"/meldung/{own}/aendern"]
        pages = {**pages, Role.COMPANY: await _led_to(f"http://127.0.0.1:{port}", "", starts)}
        times = await _times(port, people, pages)
        await crew.dismiss()
    slowest = max(times, key=lambda page: percentile(times[page], 95))
    heaviest, weight = max(
        ((page, size) for found in pages.values() for page, size in found.items()),
        key=lambda known: known[1],
    )
    bench.note(f"{len(times)} pages of {len(pages)} people; the slowest is {' '.join(slowest)}")
    bench.note(f"the heaviest is {heaviest}")
    name = f"a page over {count:,} events"
    return [
        alone(
            f"{name}, p95 of the slowest",
            "ms",
            percentile(times[slowest], 95),
            goal=("at most", 50),
        ),
        alone(
            "a page with style, script and fonts, compressed",
            "kB",
            weight / 1000,
            goal=("at most", 150),
        ),
    ]


async def _times(
    port: int, people: Mapping[Role, str], pages: Mapping[Role, Mapping[str, int]]
) -> Mapping[tuple[Role, str], Sequence[float]]:
    """In milliseconds, one after the other; from one place alone, they would be too many."""
    asked = [(role, path) for role, found in pages.items() for path in found]
    sent = [
        request(
            "GET",
            path,
            Cookie=f"{COOKIES[1]}={people[role]}",
            Accept_Encoding="gzip",
            X_Forwarded_For=f"198.51.100.{number}",
        )
        for role, path in asked
        for number in range(TIMES)
    ]
    answers = await send(Work(port=port, connections=[sent], seconds=A_LONG_TIME))
    taken = answers.milliseconds
    assert answers.rate, "all were answered well"
    return {
        page: taken[place * TIMES + 1 : (place + 1) * TIMES] for place, page in enumerate(asked)
    }


async def _led_to(address: str, cookie: str, starts: Sequence[str]) -> Mapping[str, int]:
    """The pages that links lead to from these, and what is sent for each, in bytes."""
    found: dict[str, int] = {}
    kinds: dict[str, int] = {}
    assets: dict[str, int] = {}
    waiting, known = [*starts], {*starts}
    async with httpx.AsyncClient(base_url=address, cookies={COOKIES[1]: cookie}) as browser:
        while waiting and len(found) < MOST:
            path = waiting.pop(0)
            kind = NAMED.sub("…", path)
            if NO_PAGES.search(path.partition("?")[0]) or kinds.get(kind, 0) >= ALIKE:
                continue
            kinds[kind] = kinds.get(kind, 0) + 1
            answer = await browser.get(path)
            if answer.is_redirect:
                continue
            answer.raise_for_status()
            found[path] = answer.num_bytes_downloaded
            for asset in ASSET.findall(answer.text):
                if asset not in assets:
                    assets[asset] = (await browser.get(asset)).num_bytes_downloaded
                found[path] += assets[asset]
            for link in LINK.findall(answer.text):
                inside = link.replace("&amp;", "&")
                if inside not in known:
                    known.add(inside)
                    waiting.append(inside)
    return found


async def _county(runtime: Runtime, address: str) -> Mapping[Role, str]:
    """The demo county with a consultation under way; what the browser of one of each role keeps."""
    demo, now = paderborn(), datetime.now(UTC)
    async for _ in load_county(runtime.desk, demo):
        pass
    await ask(runtime, OpenTheme(key=THEME, title="Deutschförderung in Unternehmen"), CONSOLE)
    needs, today = needs_of_paderborn(), now.astimezone(runtime.calendar.zone).date()
    async for _ in load_needs(runtime.desk, runtime.store, runtime.calendar, demo, needs, today):
        pass
    await county_at_the_test(runtime, 10, 10)
    await runtime.read_models.catch_up()
    people: dict[Role, Person] = {
        person.grants[0].role: person for person in reversed(demo.people.items)
    }
    tokens: dict[str, str] = {
        role.value: await issue_token(runtime.desk, person.account, "pages", days=1, at=now)
        for role, person in people.items()
    }
    await runtime.read_models.catch_up()
    async with httpx.AsyncClient(base_url=address, timeout=60) as client:
        await _consult(FrontDoor(client, tokens), now, runtime)
    sessions = Sessions(runtime.pool)
    return {
        role: await sessions.start(person.account, method="password", at=now)
        for role, person in people.items()
    }


async def _consult(door: FrontDoor, now: datetime, runtime: Runtime) -> None:
    """A concept is drafted, and two organisations are asked."""
    opening = {"municipality": MUNICIPALITY, "edition": EDITION}
    opened = await door.call(
        Role.COORDINATOR, "POST", "/concepts", opening, {"Idempotency-Key": "open"}
    )
    concept = opened["id"]
    for key, text in FIRST_DRAFT.items():
        path = f"/concepts/{concept}/sections/{key}"
        section = await door.call(Role.CASE_MANAGER, "GET", path)
        seen = {"If-Match": f'"{section["version"]}"'}
        await door.call(Role.CASE_MANAGER, "PUT", path, {"text": text}, seen)
    timing = {
        "due": (now + timedelta(days=14)).isoformat(),
        "closes_at": (now + timedelta(days=21)).isoformat(),
    }
    asking = {"timing": timing, "policy": {"quorum_percent": 60}, "invited": INVITED}
    for person, step, body in (
        (Role.CASE_MANAGER, "submission", {}),
        (Role.COORDINATOR, "consultations", asking),
    ):
        view = await door.call(person, "GET", f"/concepts/{concept}")
        headers = {"If-Match": f'"{view["version"]}"', "Idempotency-Key": step}
        await door.call(person, "POST", f"/concepts/{concept}/{step}", body, headers)
    await runtime.read_models.catch_up()
