"""One concept from opening to adoption through the service's own HTTP API, deadlines seconds away.

Looks at where the concept stands and does what comes next, so that an interrupted demo goes on.
"""

import asyncio
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from services.demo.front_door import FrontDoor, Json, Say, Telling
from services.demo.stuck import DemoStuck
from services.demo.texts import FIRST_DRAFT, OBJECTION, REMARK, REVISED

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


class Play:
    """Plays all roles of the concept."""

    def __init__(self, door: FrontDoor, say: Say) -> None:
        self._door = door
        self._say = say
        self._telling = Telling(door, AUDITOR, say)

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
        outcomes = await self._door.call(
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
        self._say("", f"Das Konzept für Delbrück steht schon bei Eintrag {self._telling.told}.")

    async def _draft(self, concept: str, texts: Mapping[str, str]) -> None:
        for key, text in texts.items():
            path = f"/concepts/{concept}/sections/{key}"
            section = await self._door.call(CASE_MANAGER, "GET", path)
            if_match = {"If-Match": f'"{section["version"]}"'}
            await self._door.call(CASE_MANAGER, "PUT", path, {"text": text}, if_match)
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
        asked = await self._door.request(person, "GET", path)
        if asked.is_success:
            shown = {"shown": asked.json()["shown"]}
            await self._door.request(person, "PUT", path, {**shown, **answer})
        # A round that closed in the meantime, or asks nothing new, is no trouble of the demo.
        await self._tell(concept)

    async def _until(self, concept: str, done: Callable[[Json], bool], number: int) -> None:
        try:
            async with asyncio.timeout(LONGEST_WAIT):
                path = f"/concepts/{concept}/consultations/{number}"
                while not done(await self._door.call(COORDINATOR, "GET", path)):
                    await self._tell(concept)
                    await asyncio.sleep(LOOK_AGAIN)
        except TimeoutError as error:
            raise DemoStuck("The process did not move on. Is the worker running?") from error
        await self._tell(concept)

    async def _tell(self, concept: str, *, aloud: bool = True) -> None:
        await self._telling.tell(f"/concepts/{concept}", aloud=aloud)

    async def _view(self, concept: str) -> Json:
        view: Json = await self._door.call(COORDINATOR, "GET", f"/concepts/{concept}")
        return view

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
        await self._door.call(person, "POST", f"/concepts/{concept}/{path}", body, headers)


def _is_closed(view: Json) -> bool:
    return view["closed_at"] is not None
