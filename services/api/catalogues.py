"""The catalogues people choose from, with where they come from: levels, programmes and so on."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import msgspec
from litestar import get
from litestar.di import NamedDependency
from litestar.response import Response

from domain.assessments.definition import Level
from services.api import bounds
from services.api.access import SignedIn
from services.api.assessment_access import READS_CATALOGUES
from services.api.assessment_bounds import Words
from services.api.decisions import Clerk
from services.api.languages import language_of, spoken
from services.api.pages import read_cursor, write_cursor
from services.api.problems import READING
from services.catalogues.catalogue import Period, Source, catalogues
from services.identity.authorisation import require
from services.identity.finding_readers import READS_THEMES


class LevelView(msgspec.Struct, frozen=True, kw_only=True):
    """`rank` is 0 for the lowest. `cefr`: URI of the CEFR level fully reached, empty below A1."""

    key: Level
    rank: int
    cefr: str


class CataloguedEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A programme or trade with the days it holds on; null is without end.

    `index` is the group of trades that a trade is of and a programme takes.
    """

    key: str
    name: str
    index: str
    valid_from: date | None = None
    valid_until: date | None = None


class Catalogued(msgspec.Struct, frozen=True, kw_only=True):
    """A page of a catalogue, and where the catalogue was taken from."""

    source: Source
    items: list[CataloguedEntry]
    next: str | None = None


class MeasureView(msgspec.Struct, frozen=True, kw_only=True):
    """A support measure, and where it is described."""

    key: str
    name: str
    source: str


class AccommodationView(msgspec.Struct, frozen=True, kw_only=True):
    """What makes up for a disability in a test; it says nothing about why."""

    key: str
    name: str


class FieldView(msgspec.Struct, frozen=True, kw_only=True):
    """A field of the supply system."""

    key: str
    name: str


@get("/levels", operation_id="listLevels", tags=["Assessments"], responses=READING)
async def list_levels(request: SignedIn, clerk: NamedDependency[Clerk]) -> list[LevelView]:
    """The fourteen levels of the school administration, from the lowest."""
    require(request.user, READS_CATALOGUES, clerk.now())
    cefr = catalogues().cefr
    return [LevelView(key=level, rank=level.rank, cefr=cefr[level]) for level in Level]


@get("/programmes", operation_id="listProgrammes", tags=["Assessments"], responses=READING)
async def list_programmes(
    request: SignedIn,
    clerk: NamedDependency[Clerk],
    words: Words = None,
    cursor: bounds.Cursor = None,
    limit: bounds.Limit = bounds.PAGE,
) -> Catalogued:
    """The programmes of vocational colleges (Schulgliederungen), by key."""
    require(request.user, READS_CATALOGUES, clerk.now())
    known = catalogues()
    return _page(known.programmes, known.sources[0], words, cursor, limit)


@get("/trades", operation_id="listTrades", tags=["Assessments"], responses=READING)
async def list_trades(
    request: SignedIn,
    clerk: NamedDependency[Clerk],
    words: Words = None,
    cursor: bounds.Cursor = None,
    limit: bounds.Limit = bounds.PAGE,
) -> Catalogued:
    """The trades of training classes (Fachklassen), by key."""
    require(request.user, READS_CATALOGUES, clerk.now())
    known = catalogues()
    return _page(known.trades, known.sources[1], words, cursor, limit)


@get("/measures", operation_id="listMeasures", tags=["Assessments"], responses=READING)
async def list_measures(
    request: SignedIn, clerk: NamedDependency[Clerk]
) -> Response[list[MeasureView]]:
    """What a result may recommend."""
    require(request.user, READS_CATALOGUES, clerk.now())
    language = language_of(request)
    views = [
        MeasureView(key=key, name=getattr(measure, language), source=measure.source)
        for key, measure in catalogues().measures.items()
    ]
    return spoken(views, language)


@get("/accommodations", operation_id="listAccommodations", tags=["Assessments"], responses=READING)
async def list_accommodations(
    request: SignedIn, clerk: NamedDependency[Clerk]
) -> Response[list[AccommodationView]]:
    """What may make up for a disability in a test."""
    require(request.user, READS_CATALOGUES, clerk.now())
    language = language_of(request)
    views = [
        AccommodationView(key=key, name=name[language])
        for key, name in catalogues().accommodations.items()
    ]
    return spoken(views, language)


@get("/fields", operation_id="listFields", tags=["Steering"], responses=READING)
async def list_fields(
    request: SignedIn, clerk: NamedDependency[Clerk]
) -> Response[list[FieldView]]:
    """The fields of the supply system that findings are about, in the order to choose from."""
    require(request.user, READS_THEMES, clerk.now())
    language = language_of(request)
    views = [FieldView(key=key, name=name[language]) for key, name in catalogues().fields.items()]
    return spoken(views, language)


def _page(
    entries: Mapping[str, Sequence[Period]],
    source: Source,
    words: str | None,
    cursor: str | None,
    limit: int,
) -> Catalogued:
    """By key, each period of a key for itself."""
    start = read_cursor(cursor, int, 0)
    found = list(_matching(entries, (words or "").strip().casefold()))
    end = start + limit
    more = len(found) > end
    return Catalogued(
        source=source, items=found[start:end], next=write_cursor(end) if more else None
    )


def _matching(entries: Mapping[str, Sequence[Period]], wanted: str) -> Iterator[CataloguedEntry]:
    for key in sorted(entries):
        for period in entries[key]:
            if wanted in f"{key} {period.name}".casefold():
                entry = period.entry
                yield CataloguedEntry(
                    key=key,
                    name=period.name,
                    index=period.index,
                    valid_from=entry.valid_from,
                    valid_until=entry.valid_until,
                )
