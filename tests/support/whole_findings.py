"""Everything that can happen to findings and themes, once, through the desk."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import msgspec

from domain.directory.account import Grant
from domain.directory.commands import RegisterAccount
from domain.findings.bands import Band
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
    theme_id,
)
from domain.findings.events_theme import ThemeOutcome
from domain.kernel import Command, Role, stream_id
from domain.privacy.commands import EraseSubject
from domain.steering.agenda import AgendaItem, ItemKind
from domain.steering.mandate import Commission
from domain.steering.resolution_commands import PassResolution, resolution_id
from domain.steering.session_commands import CancelSession
from services.identity.principal import CONSOLE
from tests.domain.county import CARITAS, JOBCENTER, MONDAY
from tests.domain.findings.example import NEED, REPORT, SECTION
from tests.support.office import ADA, AGS, BEN, Office, person
from tests.support.steering_group import SteeringGroup, proposal

BODY = "themengremium"
CALLED_OFF, HELD = date(2026, 6, 9), date(2026, 6, 23)
DUE = date(2026, 12, 18)
TITLE = "Sprache im Betrieb"
GOING_ON, MERGED, SETTLED = map(theme_id, ("betrieb", "lehre", "abend"))
RESOLVED = proposal("Kurse im Betrieb", "Es werden Kurse eingerichtet.", themes=[GOING_ON])
SPOKEN_OF = AgendaItem(
    item=stream_id("item", "Lehre"),
    kind=ItemKind.THEME,
    title="Sprache in der Lehre",
    themes=(GOING_ON,),
)
AFTERWARDS = MONDAY + timedelta(days=120)


async def see_what_is_missing(office: Office) -> None:
    """The office is set up; afterwards there is an event of every topic of the two contexts.

    In the end a case manager whose finding is in a theme is erased, and somebody on the body.
    """
    seats = {JOBCENTER: str(uuid4()), CARITAS: str(uuid4())}
    for seat, account in seats.items():
        await office.ask(CONSOLE, RegisterAccount(account=UUID(account), name=seat))
    group = SteeringGroup(office.desk, seats)
    await group.found(BODY)
    reporter = await _report_and_bundle(office)
    await _write(office)
    await _present(office, group)
    for subject in (reporter, UUID(seats[CARITAS])):
        erasure = EraseSubject(person=subject, reason="Antrag")
        await office.ask(CONSOLE, erasure, at=AFTERWARDS)


async def _report_and_bundle(office: Office) -> UUID:
    """Findings of two case managers, of whom one leaves no trace later: the answer is who."""
    reporter = uuid4()
    await office.ask(CONSOLE, RegisterAccount(account=reporter, name="Gerda"))
    case_manager = Grant(role=Role.CASE_MANAGER, organisation="kreis", municipality=AGS)
    theirs, released, withdrawn = map(_report, ("kinder", "bus", "irrtum"))
    await office.ask(person(str(reporter), case_manager), theirs)
    for step in (
        REPORT,
        released,
        withdrawn,
        WithdrawFinding(finding=withdrawn.subject, reason="Irrtum."),
        CorrectFinding(
            finding=REPORT.subject,
            kind=REPORT.kind,
            field="work",
            school_year=REPORT.school_year,
            band=Band.FROM_10,
            description=REPORT.description,
            reason="Es sind mehr geworden.",
        ),
    ):
        await office.ask(BEN, step)
    await _coordinate(
        office,
        OpenTheme(key="betrieb", title=TITLE),
        OpenTheme(key="lehre", title="Sprache in der Lehre", sources=(NEED,)),
        OpenTheme(key="abend", title="Kurse am Abend", sources=(NEED,)),
        NameSource(theme=GOING_ON, source=NEED),
        TakeIntoTheme(finding=REPORT.subject, theme=GOING_ON),
        TakeIntoTheme(finding=theirs.subject, theme=MERGED),
        TakeIntoTheme(finding=released.subject, theme=GOING_ON),
        ReleaseFromTheme(finding=released.subject, reason="Gehört nicht hierher."),
    )
    return reporter


async def _write(office: Office) -> None:
    """One theme goes on with another one in it, one is settled."""
    await _coordinate(
        office,
        SummariseTheme(theme=GOING_ON, title=TITLE, sections=(SECTION,), based_on=0),
        MergeTheme(theme=SETTLED, into=GOING_ON, reason="Dasselbe Thema."),
        ReopenTheme(theme=SETTLED, reason="Doch nicht."),
        CloseTheme(theme=SETTLED, outcome=ThemeOutcome.SETTLED, text="Es gibt Abendkurse."),
        MergeTheme(theme=MERGED, into=GOING_ON, reason="Dasselbe Thema."),
    )


async def _present(office: Office, group: SteeringGroup) -> None:
    """Taken back from a session that is cancelled, discussed in the next one, which resolves."""
    off = await group.prepare("ausfall", CALLED_OFF, SPOKEN_OF, body=BODY)
    held = await group.prepare("treffen", HELD, SPOKEN_OF, RESOLVED, body=BODY)
    await _coordinate(
        office,
        HandOver(theme=GOING_ON, session=off),
        CancelSession(session=off, reason="Hitzefrei."),
        TakeBack(theme=GOING_ON, session=off, reason="Die Sitzung fällt aus."),
        HandOver(theme=GOING_ON, session=held),
    )
    await group.meet(held, HELD)
    await group.vote(held, HELD, RESOLVED.item, yes=2)
    await group.close(held, HELD)
    passing = PassResolution(session=held, number=1, mandate=Commission(), owner=JOBCENTER, due=DUE)
    resolution = resolution_id(held, 1)
    steps = (
        passing,
        NoteDiscussion(theme=GOING_ON, session=held),
        AttachResolution(theme=GOING_ON, resolution=resolution),
    )
    for step in steps:
        await office.ask(ADA, step, at=AFTERWARDS)


def _report(key: str) -> ReportFinding:
    return msgspec.structs.replace(REPORT, key=key)


async def _coordinate(office: Office, *steps: Command) -> None:
    for step in steps:
        await office.ask(ADA, step)
