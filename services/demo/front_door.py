"""The people of the demo at the service's own HTTP API, and what the record tells of a thing."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, TypeAlias

import httpx

from domain.concepts.events import SectionDrafted
from domain.kernel import Role
from services.texts import word

Json: TypeAlias = dict[str, Any]
Say: TypeAlias = Callable[[str, str], None]
"""Takes the log position and the sentence of a step."""


class FrontDoor:
    """Sends requests in the name of people. `tokens` holds each person's token by key."""

    def __init__(self, client: httpx.AsyncClient, tokens: Mapping[str, str]) -> None:
        self._client = client
        self._tokens = tokens

    async def call(
        self,
        person: str,
        method: str,
        path: str,
        body: Json | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        """What is answered. Raises HTTPStatusError for a refusal."""
        answer = await self.request(person, method, path, body, headers)
        answer.raise_for_status()
        return answer.json()

    async def request(
        self,
        person: str,
        method: str,
        path: str,
        body: Json | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """The answer, be it a refusal."""
        signed_in = {
            "Authorization": f"Bearer {self._tokens[person]}",
            "Accept-Language": "de",
            **(headers or {}),
        }
        return await self._client.request(method, f"/api/v1{path}", json=body, headers=signed_in)


class Telling:
    """Says what has been recorded of a thing, as `reader` may read it, each entry once.

    `told` is the log position of the last entry.
    """

    def __init__(self, door: FrontDoor, reader: str, say: Say) -> None:
        self._door = door
        self._reader = reader
        self._say = say
        self.told = 0

    async def tell(self, thing: str, *, aloud: bool = True) -> None:
        """Say what is new of what has this path; not aloud, it counts as told."""
        news: list[Json] = []
        cursor = ""
        while cursor is not None:
            path = f"{thing}/history?limit=200{cursor}"
            page = await self._door.call(self._reader, "GET", path)
            news += [entry for entry in page["items"] if entry["position"] > self.told]
            cursor = f"&cursor={page['next']}" if page["next"] else None
        if not news:
            return
        self.told = news[-1]["position"]
        if aloud:
            for label, sentence in in_lines(news):
                self._say(label, sentence)


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
