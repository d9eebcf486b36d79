"""How and in which language a person wants to be told."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

import msgspec

from services.eventstore.database import Connection, Pool
from services.mail.kinds import Rhythm
from services.texts import Language


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """What a person chose; without a choice, at once and in German."""

    rhythm: Rhythm = Rhythm.AT_ONCE
    language: Language = "de"


async def choice_of(database: Pool | Connection, account: UUID) -> Choice:
    return (await choices_of(database, [account]))[account]


async def choices_of(
    database: Pool | Connection, accounts: Collection[UUID]
) -> Mapping[UUID, Choice]:
    """The choice of each, made or not."""
    rows = await database.fetch(
        "select account, rhythm, language from mail_choice where account = any($1)", list(accounts)
    )
    made = {
        row["account"]: msgspec.convert(
            {"rhythm": row["rhythm"], "language": row["language"]}, Choice
        )
        for row in rows
    }
    return {account: made.get(account, Choice()) for account in accounts}


async def choose(pool: Pool, account: UUID, choice: Choice, at: datetime) -> None:
    """Holds for what is queued from now on."""
    await pool.execute(
        "insert into mail_choice (account, rhythm, language, changed_at) values ($1, $2, $3, $4)"
        " on conflict (account) do update set rhythm = $2, language = $3, changed_at = $4",
        account,
        choice.rhythm,
        choice.language,
        at,
    )
