"""Who may do what about findings, themes, the goals of a year and its report: their rights."""

from collections.abc import Mapping

from domain.annual_report.commands import KeepReport, ResetProse, WriteProse
from domain.findings.commands import (
    CorrectFinding,
    ReleaseFromTheme,
    ReportFinding,
    TakeIntoTheme,
    WithdrawFinding,
)
from domain.findings.commands_theme import (
    AttachResolution,
    CloseTheme,
    HandOver,
    MergeTheme,
    NameSource,
    NoteDiscussion,
    OpenTheme,
    ReopenTheme,
    SummariseTheme,
    TakeBack,
)
from domain.goals.commands import (
    ChangeGoal,
    CloseYear,
    DropGoal,
    NoteStandings,
    ReopenYear,
    SetGoal,
)
from domain.kernel import Command, Role
from services.identity.relations import (
    COORDINATOR,
    PROCESS,
    May,
    for_own_municipality,
    seen_in_own_municipality,
)

REPORTER = May(Role.CASE_MANAGER, for_own_municipality)
OF_FINDING = May(Role.CASE_MANAGER, seen_in_own_municipality)

FINDINGS_AND_THEMES: Mapping[type[Command], tuple[May, ...]] = {
    ReportFinding: (REPORTER, COORDINATOR),
    CorrectFinding: (OF_FINDING, COORDINATOR),
    WithdrawFinding: (OF_FINDING, COORDINATOR),
    TakeIntoTheme: (COORDINATOR,),
    ReleaseFromTheme: (COORDINATOR,),
    OpenTheme: (COORDINATOR,),
    NameSource: (COORDINATOR,),
    SummariseTheme: (COORDINATOR,),
    HandOver: (COORDINATOR,),
    TakeBack: (COORDINATOR, PROCESS),
    NoteDiscussion: (COORDINATOR, PROCESS),
    AttachResolution: (COORDINATOR, PROCESS),
    CloseTheme: (COORDINATOR,),
    MergeTheme: (COORDINATOR,),
    ReopenTheme: (COORDINATOR,),
}

GOALS: Mapping[type[Command], tuple[May, ...]] = {
    SetGoal: (COORDINATOR,),
    ChangeGoal: (COORDINATOR,),
    DropGoal: (COORDINATOR,),
    NoteStandings: (COORDINATOR, PROCESS),
    CloseYear: (COORDINATOR, PROCESS),
    ReopenYear: (COORDINATOR,),
    WriteProse: (COORDINATOR,),
    ResetProse: (COORDINATOR,),
    KeepReport: (COORDINATOR,),
}
