"""What can go wrong on the command line, in a sentence that says what to do."""

import asyncpg
import psycopg
from rich.markup import escape

from domain.kernel import DomainError
from services.demo.stuck import DemoStuck
from services.embedded.folder import EmbeddedFailure
from services.environment import SettingsError
from services.privacy.master import MasterKeyTrouble
from services.privacy.retention.plan import PlanError
from services.projections.rebuild import RebuildRunning
from services.texts import problem


class NotRunning(Exception):
    """There is no database to ask."""

    def __init__(self) -> None:
        super().__init__(
            "Kreislauf has no database here yet. Start it with `kreislauf up`, or set"
            " KREISLAUF_DATABASE_URL to the database of a running service."
        )


class NotMigrated(Exception):
    """The database is older than the code."""

    def __init__(self) -> None:
        super().__init__("The database lacks migrations. Run `kreislauf migrate` first.")


TROUBLES = (
    SettingsError,
    EmbeddedFailure,
    NotRunning,
    NotMigrated,
    MasterKeyTrouble,
    PlanError,
    RebuildRunning,
    DomainError,
    DemoStuck,
    OSError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    psycopg.Error,
)


def in_a_sentence(error: BaseException) -> str:
    """The error for people, safe to print."""
    match error:
        case DomainError():
            return escape(problem(error.code, "en", error.facts).detail)
        case asyncpg.PostgresError() | asyncpg.InterfaceError() | psycopg.Error():
            said = " ".join(str(error).split()).rstrip(".?")
            return escape(f"The database refused: {said}. Is KREISLAUF_DATABASE_URL right?")
        case OSError():
            return escape(f"{error}. Is the server there, and is the address right?")
        case _:
            return escape(str(error))
