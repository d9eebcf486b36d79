"""A round that is open today, and a class of the demo's college in it, at the front door."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from domain.assessments.commands import AnnounceRound, CloseWindow, OpenWindow, round_id
from domain.assessments.events import RetestPlan, Sitting
from tests.support.assessing import PROCESS, RoundSteps, approve_instrument
from tests.support.assessments import (
    BASIS,
    INSTRUMENT,
    PROGRAMME,
    TRADE,
    ask,
    present_school_year,
)
from tests.support.http import Json, Person, recorded
from tests.support.stack import Stack

OWN = "richard-von-weizsaecker-berufskolleg"
OTHER = "ludwig-erhard-berufskolleg"
PSEUDONYMS = ("p-anna", "p-ben", "p-cem")
MINUTE = timedelta(minutes=1)
WINDOW = timedelta(hours=1)


@dataclass(frozen=True)
class OwnClass:
    """What tests of a class have at hand. `path` is the class's, `results` leads into the round."""

    stack: Stack
    year: str
    round: UUID
    id: UUID

    @property
    def person(self) -> Person:
        """Of the college."""
        return self.stack.berufskolleg

    @property
    def path(self) -> str:
        return f"/classes/{self.id}"

    @property
    def in_round(self) -> str:
        return f"{self.path}/rounds/{self.round}"

    async def version(self) -> int:
        view: Json = await self.person.read(self.path)
        return view["version"]

    async def record(self, *rows: Json, reason: str = "") -> Json:
        """Rows as a program sends them; what was recorded."""
        body = {"rows": list(rows), "reason": reason}
        return recorded(await self.person.post(f"{self.in_round}/results", body))

    async def submit(self) -> Json:
        seen = await self.version()
        return recorded(await self.person.post(f"{self.in_round}/submission", seen=seen))

    async def release(self) -> None:
        """What the process does once the window is closed: score and release."""
        steps = RoundSteps(self.stack.runtime, self.round, self.year)
        later = datetime.now(UTC) + 2 * WINDOW
        await ask(self.stack.runtime, CloseWindow(round=self.round), by=PROCESS, at=later)
        await steps.release()

    async def learners(self) -> dict[str, str]:
        """The id of each learner by pseudonym."""
        view = await self.person.read(f"{self.path}/learners")
        return {one["pseudonym"]: one["learner"] for one in view["learners"]}


def row(pseudonym: str, *points: int, **other: Json) -> Json:
    """A row with these points in the two texts, as many recognised as exact."""
    scores = [
        {"part": part, "exact": exact, "recognition": exact}
        for part, exact in zip(("t1", "t2"), points, strict=False)
    ]
    return {"pseudonym": pseudonym, "scores": scores, **other}


async def open_round(
    stack: Stack,
    *,
    key: str = "eingang",
    colleges: Sequence[str] = (OWN, OTHER),
    sitting: Sitting = Sitting.FIRST,
    first: UUID | None = None,
    retest: RetestPlan | None = None,
) -> UUID:
    """Announce and open a round on version 1 of `c-test`, as if it had been a minute ago."""
    runtime, now = stack.runtime, datetime.now(UTC)
    year = present_school_year()
    announcing = AnnounceRound(
        key=key,
        title="Sprachstandserhebung",
        school_year=year,
        instrument=INSTRUMENT,
        version=1,
        opens_at=now - MINUTE,
        closes_at=now + WINDOW,
        colleges=tuple(colleges),
        basis=BASIS,
        sitting=sitting,
        first=first,
        retest=retest,
    )
    await ask(runtime, announcing, at=now - 2 * MINUTE)
    this = round_id(year, key)
    await ask(runtime, OpenWindow(round=this), by=PROCESS)
    return this


async def registered(person: Person, name: str = "MB26A", size: int = 3) -> UUID:
    """A class of the person's college in the school year it is."""
    body = {
        "school_year": present_school_year(),
        "name": name,
        "programme": PROGRAMME,
        "trade": TRADE,
        "size": size,
    }
    decision = recorded(await person.post("/classes", body, key=str(uuid4())))
    return UUID(decision["id"])


async def sat_twice(this: OwnClass) -> OwnClass:
    """The class in a retest, in which all did better than before; both rounds are released."""
    await _sat(this, points=1)
    retest = await open_round(
        this.stack, key="eingang-retest", sitting=Sitting.RETEST, first=this.round
    )
    again = replace(this, round=retest)
    await _sat(again, points=2)
    return again


async def _sat(this: OwnClass, points: int) -> None:
    await this.record(*(row(pseudonym, points, points) for pseudonym in PSEUDONYMS))
    await this.submit()
    await this.release()


async def own_class(stack: Stack, pseudonyms: Sequence[str] = PSEUDONYMS) -> OwnClass:
    """A class with learners, in a round that is open."""
    await approve_instrument(stack.runtime)
    this_round = await open_round(stack)
    this = await registered(stack.berufskolleg)
    await stack.berufskolleg.post(f"/classes/{this}/learners", {"pseudonyms": list(pseudonyms)})
    await stack.runtime.read_models.reached(await stack.head())
    return OwnClass(stack=stack, year=present_school_year(), round=this_round, id=this)
