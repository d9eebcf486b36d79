"""One concept from opening to adoption through the service's own HTTP API, deadlines seconds away.

Looks at where the concept stands and does what comes next, so that an interrupted demo goes on.
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any

import httpx

from domain.concepts.events import SectionDrafted
from domain.kernel import Role
from services.demo.stuck import DemoStuck
from services.demo.texts import FIRST_DRAFT, OBJECTION, REMARK, REVISED
from services.texts import word

MUNICIPALITY = "05774020"
EDITION = "2025"
RESOLUTION = "Lenkungsgruppe KIM (Demo), Beschluss 1"
INVITED: list[dict[str, object]] = [
    {"organisation": "jobcenter"},
    {"organisation": "agentur", "sections": ["netzwerk", "abgrenzung"]},
    {"organisation": "auslaenderbehoerde-kreis", "sections": ["abgrenzung", "rueckmeldeweg"]},
]
LOOK_AGAIN = 0.25
LONGEST_WAIT = 60.0
DONE = {"published", "superseded"}

COORDINATOR = "koordination"
CASE_MANAGER = "fallmanagement"
JOBCENTER = "jobcenter"
AGENCY = "agentur"
AUTHORITY = "auslaenderbehoerde"
AUDITOR = "revision"

Json = dict[str, Any]


class Play:
    """Plays all roles of the demo over HTTP.

    `tokens` holds each person's token by key; `say` gets log position and sentence of each step.
    """

    def __init__(
        self, client: httpx.AsyncClient, tokens: Mapping[str, str], say: Callable[[str, str], None]
    ) -> None:
        self._client = client
        self._tokens = tokens
        self._say = say
        self._told = 0

    async def run(self) -> None:
        """Go on from where the concept stands until it is published."""
        concept = await self._opened()
        while (view := await self._view(concept))["stage"] not in DONE:
            await self._next(concept, view)
            await self._tell(concept)
        self._say("", "Das Konzept für Delbrück ist veröffentlicht.")

    async def _next(self, concept: str, view: Json) -> None:
        match view["stage"], view["rounds"]:
            case "drafting", _:
                await self._draft(concept, FIRST_DRAFT)
            case "revising", _:
                await self._draft(concept, REVISED)
            case "submitted", rounds:
                await self._open_round(concept, rounds)
            case "consulting", 1:
                await self._first_round(concept)
            case "consulting", number:
                await self._later_round(concept, number)
            case "agreed", _:
                await self._change(
                    COORDINATOR, concept, "adoption", {"resolution": RESOLUTION}, "adopt"
                )
            case "adopted", _:
                await self._change(COORDINATOR, concept, "publication", {}, "publish")
            case stage, _:
                raise DemoStuck(f"The demo's concept is {stage}; start with a new data folder.")

    async def _opened(self) -> str:
        outcomes = await self._call(
            COORDINATOR,
            "POST",
            "/concepts/opening-of-all",
            {"edition": EDITION},
            {"Idempotency-Key": "demo/open-all"},
        )
        opened = {o["municipality"]: o["opened"] for o in outcomes if o["opened"] is not None}
        concept = str(opened[MUNICIPALITY]["id"])
        view = await self._view(concept)
        if view["version"] > opened[MUNICIPALITY]["version"]:
            await self._go_on(concept)
        else:
            for outcome in outcomes:
                if outcome["opened"] is None:
                    self._say("", f"{outcome['name']}: {outcome['because']}")
            self._say("", f"{len(opened)} Konzepte sind eröffnet, darunter das für Delbrück.")
            await self._tell(concept)
        return concept

    async def _go_on(self, concept: str) -> None:
        """What was told at an earlier start is not told again."""
        await self._tell(concept, aloud=False)
        self._say("", f"Das Konzept für Delbrück steht schon bei Eintrag {self._told}.")

    async def _draft(self, concept: str, texts: Mapping[str, str]) -> None:
        for key, text in texts.items():
            path = f"/concepts/{concept}/sections/{key}"
            section = await self._call(CASE_MANAGER, "GET", path)
            if_match = {"If-Match": f'"{section["version"]}"'}
            await self._call(CASE_MANAGER, "PUT", path, {"text": text}, if_match)
        view = await self._view(concept)
        await self._change(CASE_MANAGER, concept, "submission", {}, f"submit/{view['rounds']}")

    async def _open_round(self, concept: str, rounds: int) -> None:
        now = datetime.now(UTC)
        remind, due, close = (5, 8, 9) if rounds == 0 else (2, 4, 8)
        timing = {
            "due": (now + timedelta(seconds=due)).isoformat(),
            "closes_at": (now + timedelta(seconds=close)).isoformat(),
            "remind_at": [(now + timedelta(seconds=remind)).isoformat()],
        }
        body: Json = {"timing": timing, "policy": {"quorum_percent": 60}}
        if rounds == 0:
            body["invited"] = INVITED
        await self._change(COORDINATOR, concept, "consultations", body, None)

    async def _first_round(self, concept: str) -> None:
        """Two agree, the third objects after the reminder."""
        await self._respond(concept, 1, JOBCENTER, JOBCENTER, {"position": "agree"})
        remark = {"position": "agree-with-remarks", "remark": REMARK}
        await self._respond(concept, 1, AGENCY, AGENCY, remark)
        await self._until(concept, lambda view: bool(view["reminded"]) or _is_closed(view), 1)
        objection = {"section": "abgrenzung", "position": "object", "remark": OBJECTION}
        answer = {"position": "agree", "sections": [objection]}
        await self._respond(concept, 1, AUTHORITY, "auslaenderbehoerde-kreis", answer)
        await self._until(concept, _is_closed, 1)

    async def _later_round(self, concept: str, number: int) -> None:
        """Those whose section changed are asked again; the last answers after the escalation."""
        agree = {"position": "agree"}
        await self._respond(concept, number, JOBCENTER, JOBCENTER, agree)
        await self._respond(concept, number, AGENCY, AGENCY, agree)
        await self._until(
            concept, lambda view: bool(view["escalated_at"]) or _is_closed(view), number
        )
        await self._respond(concept, number, AUTHORITY, "auslaenderbehoerde-kreis", agree)
        await self._until(concept, _is_closed, number)

    async def _respond(
        self, concept: str, number: int, person: str, organisation: str, answer: Json
    ) -> None:
        path = f"/concepts/{concept}/consultations/{number}/responses/{organisation}"
        asked = await self._request(person, "GET", path)
        if asked.is_success:
            shown = {"shown": asked.json()["shown"]}
            await self._request(person, "PUT", path, {**shown, **answer})
        # A round that closed in the meantime, or asks nothing new, is no trouble of the demo.
        await self._tell(concept)

    async def _until(self, concept: str, done: Callable[[Json], bool], number: int) -> None:
        try:
            async with asyncio.timeout(LONGEST_WAIT):
                path = f"/concepts/{concept}/consultations/{number}"
                while not done(await self._call(COORDINATOR, "GET", path)):
                    await self._tell(concept)
                    await asyncio.sleep(LOOK_AGAIN)
        except TimeoutError as error:
            raise DemoStuck("The process did not move on. Is the worker running?") from error
        await self._tell(concept)

    async def _view(self, concept: str) -> Json:
        view: Json = await self._call(COORDINATOR, "GET", f"/concepts/{concept}")
        return view

    async def _tell(self, concept: str, *, aloud: bool = True) -> None:
        """Say what has been recorded since the last time, in the auditor's words."""
        news: list[Json] = []
        cursor = ""
        while cursor is not None:
            path = f"/concepts/{concept}/history?limit=200{cursor}"
            page = await self._call(AUDITOR, "GET", path)
            news += [entry for entry in page["items"] if entry["position"] > self._told]
            cursor = f"&cursor={page['next']}" if page["next"] else None
        if not news:
            return
        self._told = news[-1]["position"]
        if aloud:
            for label, sentence in in_lines(news):
                self._say(label, sentence)

    async def _change(
        self, person: str, concept: str, path: str, body: Json, key: str | None
    ) -> None:
        view = await self._view(concept)
        # A round's key names the state it was opened from: asked again, it is a new one.
        key = key or f"{path}/{view['version']}"
        headers = {
            "Idempotency-Key": f"demo/{key}/{view['version']}",
            "If-Match": f'"{view["version"]}"',
        }
        await self._call(person, "POST", f"/concepts/{concept}/{path}", body, headers)

    async def _call(
        self,
        person: str,
        method: str,
        path: str,
        body: Json | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        answer = await self._request(person, method, path, body, headers)
        answer.raise_for_status()
        return answer.json()

    async def _request(
        self,
        person: str,
        method: str,
        path: str,
        body: Json | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        signed_in = {
            "Authorization": f"Bearer {self._tokens[person]}",
            "Accept-Language": "de",
            **(headers or {}),
        }
        return await self._client.request(method, f"/api/v1{path}", json=body, headers=signed_in)


def _is_closed(view: Json) -> bool:
    return view["closed_at"] is not None


def in_lines(entries: Sequence[Json]) -> Iterator[tuple[str, str]]:
    """Position and sentence of each entry; saving one section after the other is told as one."""
    for (topic, name), run in groupby(entries, key=lambda entry: (entry["topic"], entry["name"])):
        told = list(run)
        if topic == SectionDrafted.TOPIC and len(told) > 1:
            label = f"{told[0]['position']}–{told[-1]['position']}"
            yield label, f"{name}: {len(told)} Abschnitte des Entwurfs gespeichert."
        else:
            for entry in told:
                yield str(entry["position"]), _who(entry) + entry["sentence"]


def _who(entry: Json) -> str:
    """Who it was, unless the sentence names the person anyway."""
    if entry["role"] == Role.PROCESS:
        return f"{word(entry['role'], 'de')}: "
    return f"{entry['name']}: " if entry["name"] and entry["name"] not in entry["sentence"] else ""
