"""Course offers as the read model has them: which stand how today, in the order they begin in."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import msgspec
from asyncpg import Record as Row

from domain.course_offers.details import Details, Source
from domain.course_offers.levels import Level
from domain.course_offers.offer import Existing, Offered, Record, Standing, Withdrawn
from services.eventstore.database import Pool

STANDING = """
    case
        when stage = 'withdrawn' then 'withdrawn'
        when starts_on <= $1 then 'begun'
        when apply_until < $1 then 'closed'
        when expires < $1 then 'unchecked'
        when booked >= seats then 'full'
        else 'current'
    end
"""
"""As `standing_on` of the domain has it, on the day that is the first argument."""

PROVIDED_BY = """(
    select min(key) from organisation where organisation.name = btrim(offer.provider)
)"""
"""The organisation that is named as the provider, if it takes part."""

LISTED = f"""
    select offer.*, coalesce(municipality.name, offer.municipality) as municipality_name,
        {PROVIDED_BY} as organisation
    from course_offer offer left join municipality on ags = offer.municipality
    where ($2::text is null or course_type = $2)
        and ($3::text is null or offer.municipality = $3)
        and ($4::text is null or source = $4) and ($5::text is null or from_level = $5)
        and ($6::date is null or starts_on >= $6) and ($7::text is null or {STANDING} = $7)
        and (starts_on, id) > ($8, $9)
    order by starts_on, id limit $10
"""  # noqa: S608 (our own words)

BEFORE_ALL = (date(1, 1, 1), UUID(int=0))


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which offers; None is any."""

    course_type: str | None = None
    municipality: str | None = None
    source: Source | None = None
    from_level: Level | None = None
    starts_from: date | None = None
    standing: Standing | None = None


async def offers_on(
    pool: Pool,
    day: date,
    wanted: Wanted,
    after: tuple[date, UUID] = BEFORE_ALL,
    limit: int | None = None,
) -> Sequence[Row]:
    """Those wanted as they stand on the day, after the one named by its beginning and id."""
    return await pool.fetch(
        LISTED,
        day,
        wanted.course_type,
        wanted.municipality,
        wanted.source,
        wanted.from_level,
        wanted.starts_from,
        wanted.standing,
        *after,
        limit,
    )


def offer_in_row(row: Row) -> Existing:
    """The offer in a row of the list; there, why one was withdrawn is not said."""
    said = {field: row[field] for field in Details.__struct_fields__}
    record = Record(
        offer=row["id"],
        source=Source(row["source"]),
        key=row["key"],
        details=msgspec.convert(
            {**said, "weekdays": tuple(row["weekdays"])}, Details, builtin_types=(date,)
        ),
        as_of=row["as_of"],
        expires=row["expires"],
    )
    if row["stage"] == "withdrawn":
        return Withdrawn(record=record, reason="")
    return Offered(record=record)
