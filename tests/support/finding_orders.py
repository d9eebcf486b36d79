"""One example of every command about findings and themes."""

from domain.findings.bands import Band
from domain.findings.commands import (
    CorrectFinding,
    ReleaseFromTheme,
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
from domain.findings.events import FindingKind
from domain.findings.events_theme import ThemeOutcome
from domain.kernel import Command
from tests.domain.findings.example import (
    AUTUMN,
    FINDING_ID,
    NEED,
    OTHER_THEME_ID,
    REPORT,
    RESOLUTION,
    SCARCE,
    SECTION,
    THEME_ID,
)


def finding_examples() -> list[Command]:
    """One of each; the finding is of Salzkotten."""
    return [
        REPORT,
        CorrectFinding(
            finding=FINDING_ID,
            kind=FindingKind.POTENTIAL,
            field="language",
            school_year="2025/26",
            band=Band.FROM_5,
            description=SCARCE,
            reason="Es gibt Räume dafür.",
        ),
        WithdrawFinding(finding=FINDING_ID, reason="Irrtum"),
        TakeIntoTheme(finding=FINDING_ID, theme=THEME_ID),
        ReleaseFromTheme(finding=FINDING_ID, reason="Gehört nicht hierher."),
        OpenTheme(key="sprache-im-betrieb", title="Sprache im Betrieb"),
        NameSource(theme=THEME_ID, source=NEED),
        SummariseTheme(theme=THEME_ID, title="Sprache im Betrieb", sections=(SECTION,), based_on=0),
        HandOver(theme=THEME_ID, session=AUTUMN),
        TakeBack(theme=THEME_ID, session=AUTUMN, reason="Die Sitzung fällt aus."),
        NoteDiscussion(theme=THEME_ID, session=AUTUMN, resolutions=(RESOLUTION,)),
        AttachResolution(theme=THEME_ID, resolution=RESOLUTION),
        CloseTheme(theme=THEME_ID, outcome=ThemeOutcome.SETTLED, text="Es gibt Abendkurse."),
        MergeTheme(theme=THEME_ID, into=OTHER_THEME_ID, reason="Dasselbe Thema."),
        ReopenTheme(theme=THEME_ID, reason="Die Kurse enden wieder."),
    ]
