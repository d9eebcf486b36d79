"""A language assessment from its instrument to a planned retest, over the service's own HTTP API.

Looks at where the round stands and does what comes next, so that an interrupted demo goes on.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import NamedTuple
from zoneinfo import ZoneInfo

from domain.assessments.commands import class_id, learner_id, round_id
from services.demo.c_test import INSTRUMENT, TITLE, definition
from services.demo.front_door import FrontDoor, Json, Say, Telling
from services.demo.results import (
    CLASSES,
    ERHARD,
    PROGRAMME,
    WEIZSAECKER,
    InventedClass,
    pseudonym_key,
    rows,
    weakest,
)
from services.demo.stuck import DemoStuck

KEY = "demo-eingang"
COORDINATOR = "koordination"
EXPERT = "fachgruppe"
STAFF = {WEIZSAECKER: "berufskolleg", ERHARD: "nachbarkolleg"}
LOOKED_AT = CLASSES[0]
FIRST_MONTH = 8
LOOK_AGAIN = 0.25
LONGEST_WAIT = 60.0
CHOICE: Json = {
    "measures": ["azubi-bsk"],
    "reason": "Nach dem Gespräch passt der Berufssprachkurs besser; der Betrieb stellt dafür frei.",
}


class Played(NamedTuple):
    """What is there to look at: the round, one of its classes, who works at its college."""

    round: str
    training_class: str
    class_name: str
    teacher: str


class AssessmentPlay:
    """Plays the coordination, the expert group and two colleges. `now` is when it begins."""

    def __init__(self, door: FrontDoor, say: Say, now: datetime) -> None:
        self._door = door
        self._say = say
        self._telling = Telling(door, COORDINATOR, say)
        self._now = now
        self._school_year = school_year(now)
        self._round = str(round_id(self._school_year, KEY))
        self._path = f"/rounds/{self._round}"

    async def run(self) -> Played:
        """Go on from where the round stands until its retest is announced."""
        answer = await self._door.request(COORDINATOR, "GET", self._path)
        if answer.status_code == HTTPStatus.NOT_FOUND:
            await self._approve_instrument()
            await self._announce()
        else:
            await self._telling.tell(self._path, aloud=False)
            self._say("", f"Die Sprachstandserhebung steht schon bei Eintrag {self._telling.told}.")
        try:
            async with asyncio.timeout(LONGEST_WAIT):
                await self._go_on()
        except TimeoutError as error:
            raise DemoStuck("The round did not move on. Is the worker running?") from error
        await self._look()
        self._say("", "Die Ergebnisse sind freigegeben, die Wiederholung ist angekündigt.")
        return Played(
            round=self._round,
            training_class=self._class(LOOKED_AT),
            class_name=LOOKED_AT.name(self._school_year),
            teacher=STAFF[LOOKED_AT.college],
        )

    async def _approve_instrument(self) -> None:
        path = f"/instruments/{INSTRUMENT}"
        new = {"key": INSTRUMENT, "title": TITLE, "kind": "c-test"}
        await self._decide(COORDINATOR, "/instruments", new, "register")
        view = await self._door.call(COORDINATOR, "GET", path)
        if not view["versions"]:
            if_match = {"If-Match": f'"{view["version"]}"'}
            await self._door.call(COORDINATOR, "PUT", f"{path}/versions/1", definition(), if_match)
            view = await self._door.call(COORDINATOR, "GET", path)
        if view["versions"][0]["state"] == "drafted":
            await self._decide(
                COORDINATOR, f"{path}/versions/1/submission", None, "submit", view["version"]
            )
            view = await self._door.call(COORDINATOR, "GET", path)
        if view["versions"][0]["state"] == "submitted":
            shown = {"digest": view["versions"][0]["digest"]}
            approved = await self._decide(
                EXPERT, f"{path}/versions/1/approval", shown, "approve", view["version"]
            )
            sentence = f"Fassung 1 des Instruments „{TITLE}“ geschrieben und von einer zweiten"
            self._say(str(approved["position"]), f"{sentence} Person freigegeben.")

    async def _announce(self) -> None:
        """The window opens at once and is long; the coordination closes it when all is there."""
        left = _end(self._school_year) - self._now
        body = {
            "key": KEY,
            "title": "Neue Fachklassen (Demo)",
            "school_year": self._school_year,
            "instrument": INSTRUMENT,
            "version": 1,
            "opens_at": (self._now + timedelta(seconds=2)).isoformat(),
            "closes_at": (self._now + left / 4).isoformat(),
            "reminders": [(self._now + timedelta(seconds=4)).isoformat()],
            "colleges": [WEIZSAECKER, ERHARD],
            "basis": "SchulG NRW § 120 (Demo)",
            "retest": {
                "opens_at": (self._now + left / 2).isoformat(),
                "closes_at": (self._now + left * 3 / 4).isoformat(),
            },
        }
        await self._decide(COORDINATOR, "/rounds", body, f"announce/{self._school_year}")

    async def _go_on(self) -> None:
        while (view := await self._view())["scheduled"] is None:
            match view["stage"]:
                case "open":
                    await self._collect(view)
                case "announced" | "closed" | "released":
                    await asyncio.sleep(LOOK_AGAIN)
                case stage:
                    raise DemoStuck(f"The demo's round is {stage}; start with a new data folder.")

    async def _collect(self, view: Json) -> None:
        """One college is in time, the other one after the reminder."""
        await self._submit(WEIZSAECKER, view["opens_at"])
        while not view["reminded"] and view["stage"] == "open":
            await asyncio.sleep(LOOK_AGAIN)
            view = await self._view()
        await self._submit(ERHARD, view["opens_at"])
        view = await self._view()
        await self._decide(
            COORDINATOR, f"{self._path}/closing", None, f"close/{self._round}", view["version"]
        )

    async def _submit(self, college: str, opened_at: str) -> None:
        """The college names the key of its pseudonyms; its classes come whole."""
        teacher, count = STAFF[college], 0
        fingerprint = {"fingerprint": pseudonym_key(college).fingerprint}
        await self._decide(teacher, "/college/pseudonym-key", fingerprint, "pseudonym-key")
        for this in (one for one in CLASSES if one.college == college):
            name, found = this.name(self._school_year), rows(this, opened_at[:10])
            new = {
                "school_year": self._school_year,
                "name": name,
                "programme": PROGRAMME,
                "trade": this.trade,
                "size": this.size,
            }
            await self._decide(teacher, "/classes", new, f"{name}/register")
            path = f"/classes/{self._class(this)}/rounds/{self._round}"
            sent = await self._decide(
                teacher, f"{path}/results", {"rows": found}, f"{name}/results"
            )
            await self._decide(
                teacher, f"{path}/submission", None, f"{name}/submit", sent["version"]
            )
            count += len(found)
        name = (await self._door.call(teacher, "GET", "/me"))["name"]
        await self._telling.tell(self._path)
        self._say("", f"{name}: zwei Klassen mit {count} Ergebnissen abgegeben.")

    async def _look(self) -> None:
        """What college and county see, said once; and one teacher who decides otherwise."""
        path = f"/classes/{self._class(LOOKED_AT)}"
        teacher = STAFF[LOOKED_AT.college]
        looks = await self._door.call(teacher, "GET", f"{path}/looks")
        in_round = f"{path}/rounds/{self._round}"
        if not looks["items"]:
            meaning = await self._door.call(teacher, "GET", f"{in_round}/meaning")
            self._say("", f"Das Berufskolleg sieht: {_class_in_words(meaning)}")
            refused = await self._door.request(COORDINATOR, "GET", f"{in_round}/results")
            self._say("", f"Die Koordinierung fragt nach den Zeilen: {refused.json()['detail']}")
            figures = await self._door.call(COORDINATOR, "GET", f"{self._path}/figures")
            self._say("", f"Der Kreis sieht: {_figures_in_words(figures)}")
        who = learner_id(LOOKED_AT.college, weakest(rows(LOOKED_AT, "")))
        version = (await self._door.call(teacher, "GET", path))["version"]
        decided = await self._decide(
            teacher, f"{in_round}/learners/{who}/recommendation", CHOICE, "override", version
        )
        if not looks["items"]:
            sentence = "Eine Lehrkraft entscheidet anders als die Regel. Beides bleibt stehen."
            self._say(str(decided["position"]), sentence)

    def _class(self, this: InventedClass) -> str:
        name = this.name(self._school_year)
        return str(class_id(this.college, self._school_year, name))

    async def _view(self) -> Json:
        """Told is what the view shows: the loop may end with it."""
        view: Json = await self._door.call(COORDINATOR, "GET", self._path)
        await self._telling.tell(self._path)
        return view

    async def _decide(
        self, person: str, path: str, body: Json | None, key: str, seen: int | None = None
    ) -> Json:
        """The key says what is done: asked again, it is the same."""
        headers = {"Idempotency-Key": f"demo/assessment/{self._school_year}/{key}"}
        if seen is not None:
            headers["If-Match"] = f'"{seen}"'
        decision: Json = await self._door.call(person, "POST", path, body, headers)
        return decision


def school_year(now: datetime) -> str:
    """The one that a moment lies in, as `2026/27`; it begins in August."""
    first = now.year - (now.month < FIRST_MONTH)
    return f"{first}/{(first + 1) % 100:02}"


def _end(year: str) -> datetime:
    return datetime(int(year[:4]) + 1, 7, 31, 23, 59, tzinfo=ZoneInfo("Europe/Berlin"))


def _class_in_words(meaning: Json) -> str:
    levels = ", ".join(f"{one['level']}: {one['learners']}" for one in meaning["distribution"])
    return (
        f"{meaning['assessed']} Ergebnisse nach Stufen ({levels}),"
        f" {meaning['borderline']} davon unsicher. {meaning['note']}"
    )


def _figures_in_words(figures: Json) -> str:
    [published] = figures["publications"]
    whole: Json = published["rows"][0]
    blocks: Sequence[Json] = whole["blocks"]
    levels = ", ".join(f"{one['lowest']} bis {one['highest']}: {one['people']}" for one in blocks)
    return f"{whole['people']} Personen ({levels}). Quelle: {published['citation']}."
