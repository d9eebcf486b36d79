"""Findings and themes over HTTP, for tests that need some to be there."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from domain.steering.body_commands import AdoptRules, EstablishBody
from domain.steering.session_commands import ScheduleSession
from domain.steering.session_events import SessionKind
from tests.domain.steering.body_example import RULES
from tests.support.http import Json, Person, recorded
from tests.support.retention import hand_in
from tests.support.stack import Stack

YEAR = "2026/27"
DELBRUECK, SALZKOTTEN = "05774020", "05774036"
SCARCE = "Es fehlen Sprachkurse mit Kinderbetreuung."
CALLED = "Der Träger ist unter 05251 308-4610 kaum zu erreichen."
"""Holds a phone number, which is no client's."""

NO_CLIENT = {
    "sign": "phone",
    "start": 21,
    "end": 35,
    "reason": "Die Zentrale des Trägers, öffentlich bekannt.",
}
SUMMARY: Json = {
    "title": "Sprache im Betrieb",
    "sections": [{"key": "lage", "heading": "Was wir sehen", "text": "Am Abend fehlen Kurse."}],
}


def report(description: str = SCARCE, **changes: Any) -> Json:
    """What is sent: a gap in Delbrück."""
    return {
        "municipality": DELBRUECK,
        "kind": "gap",
        "field": "language",
        "school_year": YEAR,
        "band": "5-9",
        "description": description,
        **changes,
    }


class Bundler:
    """Somebody who reports and bundles, and waits until it is seen."""

    def __init__(self, stack: Stack, person: Person) -> None:
        self._stack = stack
        self._person = person

    async def reported(self, by: Person | None = None, **changes: Any) -> str:
        response = await (by or self._person).post("/findings", report(**changes))
        return await self._seen(recorded(response))

    async def opened(self, title: str = "Sprache im Betrieb", **changes: Any) -> str:
        response = await self._person.post("/themes", {"title": title, **changes})
        return await self._seen(recorded(response))

    async def take(self, finding: str, theme: str) -> None:
        await self.step(f"/findings/{finding}", "theme", {"theme": theme})

    async def write(self, theme: str) -> None:
        """A summary, on top of the present one, under the title it has."""
        path = f"/themes/{theme}/summary"
        present = await self._person.read(path)
        body = {**SUMMARY, "title": present["title"]}
        await self._seen(recorded(await self._person.put(path, body, seen=present["version"])))

    async def hand_over(self, theme: str, session: UUID) -> None:
        await self.step(f"/themes/{theme}", "agenda", {"session": str(session)})

    async def step(self, path: str, step: str, body: Json) -> None:
        """Change the thing as it is now."""
        seen = (await self._person.read(path))["version"]
        await self._seen(recorded(await self._person.post(f"{path}/{step}", body, seen=seen)))

    async def _seen(self, decision: Json) -> str:
        await self._stack.runtime.read_models.reached(decision["position"])
        thing: str = decision["id"]
        return thing


async def steered(stack: Stack) -> None:
    """Findings and themes at every stage: waiting, bundled, before a session, settled."""
    bundler, falk = Bundler(stack, stack.koordination), stack.fallmanagement
    session = await session_to_come(stack)
    await bundler.reported(by=falk)
    await bundler.reported(municipality=SALZKOTTEN, kind="potential", field="work", band="1-4")
    called = await bundler.reported(by=falk, description=CALLED, false_alarms=[NO_CLIENT])
    open_theme = await bundler.opened()
    await bundler.take(called, open_theme)
    handed = await bundler.opened("Wohnen in der Ausbildung")
    housing = await bundler.reported(
        by=falk, field="housing", band="10-24", description="Es fehlt an kleinen Wohnungen."
    )
    await bundler.take(housing, handed)
    await bundler.write(handed)
    await bundler.hand_over(handed, session)
    source = {"kind": "company", "text": "Ein Betrieb sucht Kurse am Abend."}
    settled = await bundler.opened("Kurse am Abend", sources=[source])
    await bundler.step(
        f"/themes/{settled}", "closing", {"outcome": "settled", "text": "Es gibt Abendkurse."}
    )


async def session_to_come(stack: Stack) -> UUID:
    """One of a steering group with rules of its own, a month from now."""
    now = datetime.now(UTC)
    key = "lenkungsgruppe-themen"
    scheduling = ScheduleSession(
        body=key,
        key="naechste",
        title="Nächste Sitzung",
        kind=SessionKind.MEETING,
        starts_at=now + timedelta(days=30),
    )
    for command in (
        EstablishBody(body=key, title="Lenkungsgruppe", since=now.date()),
        AdoptRules(body=key, valid_from=now.date(), rules=RULES, basis="Geschäftsordnung"),
        scheduling,
    ):
        await hand_in(stack.runtime, command, now)
    await stack.runtime.read_models.reached(await stack.head())
    return scheduling.subject
