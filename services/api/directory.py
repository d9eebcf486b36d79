"""The county's address book, and who one is signed in as."""

import unicodedata
from datetime import date
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

import asyncpg
import msgspec
from litestar import get
from litestar.di import NamedDependency

from domain.directory.account import Grant
from domain.kernel import Erased
from domain.posts.employing import Employment
from services.api import bounds
from services.api.access import SignedIn
from services.api.decisions import Clerk
from services.api.problems import READING
from services.api.reading import Reader
from services.eventstore.database import Pool
from services.eventstore.store import EventStore
from services.history import account_names
from services.identity.addresses import AddressBook
from services.posts.employing import decided_by_posts
from services.settings import Settings


class Me(msgspec.Struct, frozen=True, kw_only=True):
    """Grants of whom one substitutes for at present name that person's account.

    `absent` are the names of these people by their accounts.
    """

    account: str
    name: str | Erased
    grants: tuple[Grant, ...]
    signed_in: str
    address: str | None = None
    absent: dict[str, str | Erased] = {}


class MunicipalityView(msgspec.Struct, frozen=True, kw_only=True):
    """`assumed`: no source states who the employer is."""

    ags: str
    name: str
    kind: str
    county_is_employer: bool | None
    assumed: bool


class OrganisationView(msgspec.Struct, frozen=True, kw_only=True):
    key: str
    name: str
    kind: str
    ags: str | None
    number: str | None


class ChronicleEntry(msgspec.Struct, frozen=True, kw_only=True):
    """Something documented elsewhere, dated as it happened."""

    key: str
    about: str
    occurred_on: Annotated[date, msgspec.Meta(examples=["2024-11-26"])]
    title: str
    text: str
    organisations: list[str]
    source: str
    assumed: bool
    position: int


@get("/me", operation_id="readMe", tags=["Directory"], responses=READING)
async def read_me(
    request: SignedIn,
    pool: NamedDependency[Pool],
    store: NamedDependency[EventStore],
    addresses: NamedDependency[AddressBook],
    clerk: NamedDependency[Clerk],
) -> Me:
    """Who one is signed in as, and with which roles at present."""
    person = request.user
    grants = person.grants_at(clerk.now())
    absent = {grant.substitutes for grant in grants} - {""}
    rows = await pool.fetch(
        "select position from account where id = any($1)",
        [UUID(account) for account in (person.account, *absent)],
    )
    names = await account_names(store, [row["position"] for row in rows])
    return Me(
        account=person.account,
        name=names[person.account],
        grants=grants,
        signed_in=person.signed_in,
        address=await addresses.address_of(UUID(person.account)),
        absent={account: names[account] for account in sorted(absent)},
    )


@get("/municipalities", operation_id="listMunicipalities", tags=["Directory"], responses=READING)
async def list_municipalities(
    pool: NamedDependency[Pool],
    store: NamedDependency[EventStore],
    settings: NamedDependency[Settings],
    clerk: NamedDependency[Clerk],
    reader: NamedDependency[Reader],
    at_least: bounds.AtLeast = None,
) -> list[MunicipalityView]:
    """The municipalities of the county by name.

    Who employs the case managers is decided by the funded posts, as soon as there is one.
    """
    await reader.caught_up(at_least)
    rows = await pool.fetch("select * from municipality")
    today = clerk.now().astimezone(ZoneInfo(settings.time_zone)).date()
    decided = await decided_by_posts(store, today)
    return [_municipality(row, decided.get(row["ags"])) for row in sorted(rows, key=_by_name)]


def _municipality(row: asyncpg.Record, employment: Employment | None) -> MunicipalityView:
    return MunicipalityView(
        ags=row["ags"],
        name=row["name"],
        kind=row["kind"],
        county_is_employer=employment.county_is_employer
        if employment
        else row["county_is_employer"],
        assumed=employment.is_assumed if employment else row["assumed"],
    )


@get("/organisations", operation_id="listOrganisations", tags=["Directory"], responses=READING)
async def list_organisations(
    pool: NamedDependency[Pool],
    reader: NamedDependency[Reader],
    at_least: bounds.AtLeast = None,
) -> list[OrganisationView]:
    """The organisations that take part, by name."""
    await reader.caught_up(at_least)
    rows = await pool.fetch("select * from organisation")
    return [
        OrganisationView(
            key=row["key"],
            name=row["name"],
            kind=row["kind"],
            ags=row["ags"],
            number=row["number"],
        )
        for row in sorted(rows, key=_by_name)
    ]


@get("/chronicle", operation_id="readChronicle", tags=["Audit"], responses=READING)
async def read_chronicle(
    pool: NamedDependency[Pool],
    reader: NamedDependency[Reader],
    at_least: bounds.AtLeast = None,
) -> list[ChronicleEntry]:
    """What was documented before Kreislauf recorded it itself, in the order it happened."""
    await reader.caught_up(at_least)
    rows = await pool.fetch("select * from chronicle order by occurred_on, key")
    return [
        ChronicleEntry(
            key=row["key"],
            about=row["about"],
            occurred_on=row["occurred_on"],
            title=row["title"],
            text=row["text"],
            organisations=row["organisations"],
            source=row["source"],
            assumed=row["assumed"],
            position=row["position"],
        )
        for row in rows
    ]


def _by_name(row: asyncpg.Record) -> str:
    return in_german_order(row["name"])


def in_german_order(name: str) -> str:
    """What names are sorted by (DIN 5007-1): an umlaut counts as its vowel, ß as ss."""
    decomposed = unicodedata.normalize("NFD", name.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
