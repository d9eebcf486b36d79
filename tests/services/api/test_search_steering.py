"""Search in the steering over HTTP: everybody finds by its title what lists show them anyway."""

from http import HTTPStatus

import pytest

from domain.kernel import Role
from services.api.search_hits import HitKind
from tests.support.appointing import appoint
from tests.support.chain import chain
from tests.support.findings import SALZKOTTEN, Bundler
from tests.support.http import Person
from tests.support.stack import Stack
from tests.support.steering import MARCH, Clock

LISTS = {
    HitKind.THEME: ("/themes", "betrieb"),
    HitKind.SESSION: ("/sessions", "2026-1"),
    HitKind.RESOLUTION: ("/resolutions", "FACHSPRACHE"),
    HitKind.GROUP: ("/working-groups", "förderung"),
}
"""Where each is listed, and what is in its title."""


@pytest.fixture
async def stack(clock: Clock, stack: Stack) -> Stack:
    """At the time the clock shows."""
    assert clock() == MARCH
    return stack


async def found(person: Person, kind: HitKind, text: str) -> set[str]:
    return {hit["id"] for hit in await person.read("/search", q=text) if hit["kind"] == kind}


async def listed(person: Person, path: str) -> set[str]:
    """What is on the list; nothing for whom it is not."""
    answer = await person.ask("GET", path)
    return {row["id"] for row in answer.json()["items"]} if answer.is_success else set()


async def test_everybody_finds_what_is_listed_for_them(stack: Stack, clock: Clock) -> None:
    made = await chain(stack, clock)
    bundler = Bundler(stack, stack.koordination)
    waiting = await bundler.opened("Kurse im Betrieb")
    await bundler.take(await bundler.reported(municipality=SALZKOTTEN), waiting)
    chamber = await appoint(stack, Role.ORGANISATION_MEMBER, "ihk")
    stranger = await appoint(stack, Role.STEERING_MEMBER, "kim-koordinierung")
    people = {**stack.people, "chamber": chamber, "stranger": stranger}
    seen: dict[str, dict[HitKind, set[str]]] = {}
    for key, person in people.items():
        seen[key] = {kind: await found(person, kind, text) for kind, (_, text) in LISTS.items()}
        assert seen[key] == {kind: await listed(person, path) for kind, (path, _) in LISTS.items()}
    every = {
        HitKind.THEME: {made.theme, waiting},
        HitKind.SESSION: {made.session},
        HitKind.RESOLUTION: {made.resolution},
        HitKind.GROUP: {made.group},
    }
    nothing = {kind: set[str]() for kind in every}
    assert seen["koordination"] == seen["revision"] == every
    assert seen["fallmanagement"] == every | {HitKind.THEME: {made.theme}, HitKind.SESSION: set()}
    assert seen["stranger"] == every | {HitKind.THEME: {made.theme}, HitKind.SESSION: set()}
    assert seen["chamber"] == every | {HitKind.THEME: set(), HitKind.SESSION: set()}
    assert seen["auslaenderbehoerde"] == seen["fachgruppe"] == nothing


async def test_a_hit_says_how_far_it_is(stack: Stack, clock: Clock) -> None:
    made = await chain(stack, clock)
    hits = await stack.koordination.read("/search", q="fachsprach")
    lines = {hit["kind"]: (hit["title"], hit["line"], hit["id"]) for hit in hits}
    title, line, this = lines["resolution"]
    assert (title, this) == ("Fachsprache", made.resolution)
    assert line.endswith(", offen")
    assert lines["working-group"] == ("Fachsprachliche Förderung", "eingerichtet", made.group)
    [session] = await stack.koordination.read("/search", q="Sitzung 2026")
    assert session["line"].startswith("Lenkungsgruppe KIM, ")
    answer = await stack.koordination.ask("GET", "/search?q=Gr%C3%BCnde")
    assert (answer.status_code, answer.json()) == (HTTPStatus.OK, [])
