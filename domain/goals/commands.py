"""What can be asked of the goals of a school year."""

from typing import TypeAlias
from uuid import UUID

from domain.goals.events import Target
from domain.kernel import Command, stream_id


def school_year_id(school_year: str) -> UUID:
    """The stream of the goals of a school year (`2026/27`)."""
    return stream_id("school-year", school_year)


class AboutYear(Command, frozen=True, kw_only=True):
    school_year: str

    @property
    def subject(self) -> UUID:
        return school_year_id(self.school_year)


class SetGoal(AboutYear, frozen=True, kw_only=True):
    """A year that is over takes goals with a source only: they are carried over."""

    goal: str
    text: str
    targets: tuple[Target, ...]
    told: tuple[str, ...] = ()
    source: str = ""


class ChangeGoal(AboutYear, frozen=True, kw_only=True):
    """Everything as it shall be, also what stays the same."""

    goal: str
    text: str
    targets: tuple[Target, ...]
    reason: str
    told: tuple[str, ...] = ()
    source: str = ""


class DropGoal(AboutYear, frozen=True, kw_only=True):
    goal: str
    reason: str


class NoteStandings(AboutYear, frozen=True, kw_only=True):
    """Count, and note what stands otherwise than before. By the process, or by a person."""


class CloseYear(AboutYear, frozen=True, kw_only=True):
    """Count for the last time, once the year is over."""


class ReopenYear(AboutYear, frozen=True, kw_only=True):
    reason: str


YearCommand: TypeAlias = SetGoal | ChangeGoal | DropGoal | NoteStandings | CloseYear | ReopenYear
