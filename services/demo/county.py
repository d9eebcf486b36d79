"""Load the demo county: reference data, documented history dated as it happened, and people."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time
from importlib.resources import files
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

import msgspec

from domain.chronicle.entry import DocumentEntry
from domain.concepts.commands import PublishEdition
from domain.concepts.events import Section
from domain.directory.account import Grant
from domain.directory.commands import (
    GrantRole,
    RecordEmployer,
    RegisterAccount,
    RegisterMunicipality,
    RegisterOrganisation,
)
from domain.directory.events import OrganisationKind
from domain.kernel import NAMESPACE, Command, stream_id
from domain.posts.commands import EstablishPost, FillPost, SetProofDue, post_id
from domain.posts.terms import Funding, Part
from services.desk import Desk
from services.identity.principal import CONSOLE
from services.orders import Order

NOON = time(12)
CORRELATION = str(uuid5(NAMESPACE_URL, "kreislauf-demo"))


class Named(msgspec.Struct, frozen=True):
    """A county, municipality or organisation of the data file."""

    name: str
    key: str = ""
    ags: str = ""
    kind: str = ""
    number: str | None = None
    time_zone: str = ""


class Sourced(msgspec.Struct, frozen=True):
    source: str
    items: tuple[Named, ...]


class Employer(msgspec.Struct, frozen=True):
    source: str
    assumed: bool
    county_is_employer: frozenset[str]


class Documented(msgspec.Struct, frozen=True):
    """`assumed` says what about the entry no source states."""

    key: str
    about: str
    occurred_on: date
    title: str
    text: str
    organisations: tuple[str, ...]
    assumed: str = ""


class History(msgspec.Struct, frozen=True):
    source: str
    items: tuple[Documented, ...]


class Framework(msgspec.Struct, frozen=True):
    edition: str
    title: str
    occurred_on: date
    source: str
    sections: tuple[Section, ...]


class Person(msgspec.Struct, frozen=True):
    """An invented person of the demo."""

    key: str
    name: str
    grants: tuple[Grant, ...]

    @property
    def account(self) -> UUID:
        return stream_id("account", f"demo/{self.key}")


class People(msgspec.Struct, frozen=True):
    items: tuple[Person, ...]


class ProofAsked(msgspec.Struct, frozen=True):
    year: int
    due: date


class PostGranted(msgspec.Struct, frozen=True):
    """A funded post; `source` says what of it is assumed. It is filled from its first day on."""

    key: str
    part: Part
    employer: str
    share: int
    source: str
    municipality: str = ""
    per_year: int | None = None
    proof: ProofAsked | None = None
    vacant: bool = False


class PostsGranted(msgspec.Struct, frozen=True):
    """All for the same period."""

    starts_on: date
    ends_on: date
    items: tuple[PostGranted, ...]


class County(msgspec.Struct, frozen=True):
    """The whole data file."""

    county: Named
    municipalities: Sourced
    employer: Employer
    organisations: Sourced
    colleges: Sourced
    history: History
    framework: Framework
    people: People
    posts: PostsGranted


def paderborn() -> County:
    """The data of Kreis Paderborn as it is shipped."""
    return msgspec.json.decode(
        (files("services.demo") / "paderborn.json").read_bytes(), type=County
    )


async def load_county(desk: Desk, county: County) -> AsyncIterator[str]:
    """Record the county, saying what was done. Doing it again records nothing new."""
    zone = ZoneInfo(county.county.time_zone)
    now = datetime.now(UTC)
    await _import(desk, _municipalities(county), now, county.municipalities.source)
    await _import(desk, _employers(county), now, county.employer.source)
    municipalities = len(county.municipalities.items)
    yield f"{municipalities} Kommunen mit dem Anstellungsträger ihres Case Managements"
    await _import(
        desk, _organisations(county.organisations, None), now, county.organisations.source
    )
    college = OrganisationKind.COLLEGE
    await _import(desk, _organisations(county.colleges, college), now, county.colleges.source)
    yield f"{len(county.organisations.items) + len(county.colleges.items)} Organisationen"
    for entry in county.history.items:
        at = datetime.combine(entry.occurred_on, NOON, zone)
        await _import(desk, [_entry(entry, county.history.source)], at, county.history.source)
    entries = len(county.history.items)
    yield f"{entries} Einträge, datiert wie geschehen, mit Quelle, als nachgetragen vermerkt"
    framework = county.framework
    at = datetime.combine(framework.occurred_on, NOON, zone)
    await _import(desk, [_edition(framework)], at, framework.source)
    yield f"Rahmenkonzept, Ausgabe {framework.edition}, mit {len(framework.sections)} Abschnitten"
    await _import(desk, _people(county), now, "invented for the demo")
    yield f"{len(county.people.items)} erfundene Personen"
    for post in county.posts.items:
        await _import(desk, _post(post, county.posts), now, post.source)
    yield f"{len(county.posts.items)} geförderte Stellen, soweit angenommen als solche vermerkt"


async def _import(desk: Desk, commands: list[Command], at: datetime, source: str) -> None:
    for command in commands:
        content = msgspec.json.encode(command).decode()
        await desk.handle(
            Order(
                command=command,
                command_id=uuid5(NAMESPACE, f"demo/{type(command).__name__}/{content}"),
                principal=CONSOLE,
                at=at,
                correlation=CORRELATION,
                source=source,
            )
        )


def _municipalities(county: County) -> list[Command]:
    return [
        RegisterMunicipality(ags=m.ags, name=m.name, kind=m.kind)
        for m in county.municipalities.items
    ]


def _employers(county: County) -> list[Command]:
    return [
        RecordEmployer(
            ags=m.ags,
            county_is_employer=m.ags in county.employer.county_is_employer,
            assumed=county.employer.assumed,
        )
        for m in county.municipalities.items
    ]


def _organisations(named: Sourced, kind: OrganisationKind | None) -> list[Command]:
    return [
        RegisterOrganisation(
            key=o.key,
            name=o.name,
            kind=kind or OrganisationKind(o.kind),
            ags=o.ags or None,
            number=o.number,
        )
        for o in named.items
    ]


def _entry(entry: Documented, source: str) -> Command:
    return DocumentEntry(
        key=entry.key,
        about=entry.about,
        occurred_on=entry.occurred_on,
        title=entry.title,
        text=entry.text,
        organisations=entry.organisations,
        source=f"{source} ({entry.assumed})" if entry.assumed else source,
        assumed=bool(entry.assumed),
    )


def _edition(framework: Framework) -> Command:
    return PublishEdition(
        edition=framework.edition,
        title=framework.title,
        sections=framework.sections,
        source=framework.source,
    )


def _post(post: PostGranted, granted: PostsGranted) -> list[Command]:
    """The first entry of a post. From then on, posts say where the county is the employer."""
    commands: list[Command] = [
        EstablishPost(
            key=post.key,
            part=post.part,
            employer=post.employer,
            share=post.share,
            effective_from=granted.starts_on,
            municipality=post.municipality,
            funding=Funding(
                starts_on=granted.starts_on, ends_on=granted.ends_on, per_year=post.per_year
            ),
            assumed=True,
        )
    ]
    stream = post_id(post.key)
    if not post.vacant:
        commands.append(FillPost(post=stream, effective_from=granted.starts_on))
    if post.proof is not None:
        commands.append(SetProofDue(post=stream, year=post.proof.year, due=post.proof.due))
    return commands


def _people(county: County) -> list[Command]:
    commands: list[Command] = []
    for person in county.people.items:
        commands.append(RegisterAccount(account=person.account, name=person.name))
        commands += [
            GrantRole(
                account=person.account,
                role=grant.role,
                organisation=grant.organisation,
                municipality=grant.municipality,
            )
            for grant in person.grants
        ]
    return commands
