"""Follows every link from the system on, as a client does that knows nothing but OParl."""

from collections.abc import Iterator
from hashlib import sha512
from http import HTTPStatus
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx

from tests.services.oparl.properties import BACK, FIELDS, check, each, type_of
from tests.support.http import Json

VARYING = {"date", "x-correlation-id"}
SYSTEM = "/oparl/v1.1/system"


class Walker:
    """What was found, by address. The lists are read in pages of this size."""

    def __init__(self, http: httpx.AsyncClient, limit: int = 2) -> None:
        self._http = http
        self._limit = limit
        self.objects: dict[str, Json] = {}
        self.lists: dict[str, list[Json]] = {}

    async def walk(self) -> None:
        """Follow everything, and check each thing once."""
        await self._visit(str(self._http.base_url).rstrip("/") + SYSTEM, "System")
        for found in self.objects.values():
            for name, address, kind in links_of(found):
                assert type_of(self.objects[address]) == kind, (name, address)
                self._check_way_back(found, name, self.objects[address])
        self._check_lists()

    def of_type(self, kind: str) -> list[Json]:
        return [found for found in self.objects.values() if type_of(found) == kind]

    async def _visit(self, address: str, kind: str) -> None:
        if address in self.objects:
            return
        found = await self.read(address)
        assert found["id"] == address, "there is one address for each object"
        assert type_of(found) == kind, address
        assert "deleted" not in found, f"{address} is gone, and yet something leads to it"
        check(found)
        self.objects[address] = found
        for name, inside in inside_of(found):
            await self._visit(inside["id"], type_of(inside))
            whole = self.objects[inside["id"]]
            back = BACK[kind, name]
            assert inside == {field: value for field, value in whole.items() if field != back}
        for _, link, of in links_of(found):
            await self._visit(link, of)
        for _, link, of in lists_of(found):
            for one in await self.read_list(link):
                await self._visit(one["id"], of)
        if kind == "File":
            await self._read_file(found)

    async def read(self, address: str) -> Json:
        """What is there: JSON for everybody, and HEAD says the same."""
        answer = await self.get(address)
        assert answer.status_code == HTTPStatus.OK, address
        assert answer.headers["content-type"] == "application/json"
        return answer.json()

    async def get(self, address: str) -> httpx.Response:
        answer, head = await self._http.get(address), await self._http.head(address)
        assert answer.headers["access-control-allow-origin"] == "*", address
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert head.status_code == answer.status_code, address
        assert head.content == b""
        assert steady(head) == steady(answer), address
        return answer

    async def read_list(self, address: str, **filters: str) -> list[Json]:
        """All pages of a list with these filters; none is lost on the way, and nothing is twice."""
        if not filters and address in self.lists:
            return self.lists[address]
        asked = {**filters, "limit": str(self._limit)}
        following: str | None = f"{address}?{urlencode(asked)}"
        items: list[Json] = []
        while following:
            page = await self.read(following)
            assert set(page) == {"data", "pagination", "links"}
            assert page["pagination"]["elementsPerPage"] == self._limit
            items += page["data"]
            assert bool(page["data"]) or not items
            assert len(page["data"]) == self._limit or "next" not in page["links"]
            following = page["links"].get("next")
            for link in page["links"].values():
                sent = dict(parse_qsl(urlsplit(str(link)).query))
                assert {name: sent[name] for name in asked} == asked
            assert page["pagination"]["totalElements"] >= len(items)
            if not following:
                assert page["pagination"]["totalElements"] == len(items), address
        assert len({one["id"] for one in items}) == len(items), address
        order = [one["created"] for one in items]
        assert order == sorted(order), address
        if not filters:
            self.lists[address] = items
        return items

    async def _read_file(self, found: Json) -> None:
        shown = await self.get(found["accessUrl"])
        assert shown.headers["content-type"].startswith(found["mimeType"])
        assert "content-disposition" not in shown.headers
        assert shown.content.startswith(b"%PDF-")
        assert len(shown.content) == found["size"]
        assert sha512(shown.content).hexdigest() == found["sha512Checksum"]
        kept = await self.get(found["downloadUrl"])
        name = found["fileName"]
        assert kept.headers["content-disposition"] == f'attachment; filename="{name}"'
        assert kept.content == shown.content

    def _check_way_back(self, found: Json, name: str, other: Json) -> None:
        back = BACK.get((type_of(found), name))
        if back is not None:
            assert found["id"] in each(other[back]), name

    def _check_lists(self) -> None:
        """Each is complete: whatever of its type is found anywhere is in it as it is."""
        (body,) = self.of_type("Body")
        for _, address, kind in lists_of(body):
            listed = {one["id"]: one for one in self.lists[address]}
            assert listed == {one["id"]: one for one in self.of_type(kind)}, address
        for organization in self.of_type("Organization"):
            if "meeting" in organization:
                held = [one["id"] for one in self.lists[organization["meeting"]]]
                meetings = self.of_type("Meeting")
                own = [m["id"] for m in meetings if organization["id"] in m["organization"]]
                assert sorted(held) == sorted(own)


async def walked(http: httpx.AsyncClient) -> Walker:
    """After the whole way."""
    walker = Walker(http)
    await walker.walk()
    return walker


def inside_of(found: Json) -> Iterator[tuple[str, Json]]:
    """The whole objects inside one, each with its field."""
    for name, form in FIELDS[type_of(found)].items():
        if name in found and form.startswith("object"):
            yield from ((name, one) for one in each(found[name]))


def links_of(found: Json) -> Iterator[tuple[str, str, str]]:
    """The field, address and type of each object that is linked."""
    for name, form in FIELDS[type_of(found)].items():
        what, _, kind = form.partition(" ")
        if name in found and what in {"link", "links"}:
            yield from ((name, address, kind) for address in each(found[name]))


def lists_of(found: Json) -> Iterator[tuple[str, str, str]]:
    """The field, address and type of each list that is linked."""
    for name, form in FIELDS[type_of(found)].items():
        what, _, kind = form.partition(" ")
        if name in found and what == "list":
            yield name, found[name], kind


def steady(answer: httpx.Response) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name not in VARYING}
