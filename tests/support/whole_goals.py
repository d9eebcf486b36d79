"""Everything that can happen to the goals of a school year and to its report, once."""

from datetime import UTC, datetime

from domain.annual_report.commands import KeepReport, ResetProse, WriteProse
from domain.goals.commands import (
    ChangeGoal,
    CloseYear,
    DropGoal,
    NoteStandings,
    ReopenYear,
    SetGoal,
)
from domain.goals.events import Target
from domain.kernel import Command
from services.identity.principal import CONSOLE
from tests.support.office import Office

YEAR = "2024/25"
DURING, AFTERWARDS = datetime(2025, 7, 1, 9, tzinfo=UTC), datetime(2025, 9, 1, 9, tzinfo=UTC)
LATE = Target(key="meetings", counts="meeting-held", at_least=5, lead_days=366)
"""Out of reach on every day of the year."""


async def aim_at_something(office: Office) -> None:
    """A year with a goal out of reach, closed and opened again."""
    text = "Die Arbeitsgruppen haben fünfmal getagt."
    during: list[Command] = [
        SetGoal(school_year=YEAR, goal="meetings", text=text, targets=(LATE,)),
        SetGoal(school_year=YEAR, goal="twice", text="Zweimal dasselbe.", targets=(LATE,)),
        DropGoal(school_year=YEAR, goal="twice", reason="Steht schon da."),
        ChangeGoal(
            school_year=YEAR,
            goal="meetings",
            text=text,
            targets=(LATE,),
            told=("agreement-made",),
            reason="Die Vereinbarungen gehören erzählt.",
        ),
        NoteStandings(school_year=YEAR),
    ]
    afterwards: list[Command] = [
        CloseYear(school_year=YEAR),
        ReopenYear(school_year=YEAR, reason="Ein Treffen fehlte."),
        WriteProse(school_year=YEAR, statement="remark:overall", text="Es geht weiter."),
        KeepReport(school_year=YEAR),
        ResetProse(school_year=YEAR, statement="remark:overall"),
    ]
    for steps, at in ((during, DURING), (afterwards, AFTERWARDS)):
        for command in steps:
            await office.ask(CONSOLE, command, at=at)
