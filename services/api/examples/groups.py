"""Examples of working groups: established, met, agreed, and what came of it."""

from datetime import UTC, date, datetime
from uuid import UUID

from domain.working_groups.events import ConsequenceKind, Part, Present
from services.api.examples.shared import COLLEGE, OPENED, ROUND
from services.api.group_views import (
    AgreementSummary,
    AgreementView,
    ConsequenceView,
    GroupSummary,
    MeetingView,
    MembershipView,
    ReportSession,
    ReportView,
    WorkingGroupView,
    YearView,
)
from services.api.working_group_bodies import (
    AgreementDrop,
    AgreementOutcome,
    ConsequenceLink,
    Establishment,
    GroupEnd,
    GroupReport,
    Joining,
    Leaving,
    MeetingCall,
    MeetingCorrection,
    MeetingMove,
    MeetingRecord,
    MeetingsOfYear,
    NewAgreement,
    NewDay,
    NewLead,
)

GROUP = UUID("0d6f5a3e-6b0c-5c1e-9a54-8c2f4e7b1d90")
RESOLUTION = UUID("1f8a9c2b-4d3e-5f60-8172-93a4b5c6d7e8")
SESSION = UUID("2e7b8d1c-5a4f-5061-9283-a4b5c6d7e8f9")
TITLE = "Sprache in der Ausbildung"
LEAD, GUEST = "kim-koordinierung", "jobcenter"
HELD = datetime(2026, 9, 14, 12, tzinfo=UTC)
NEXT = datetime(2026, 11, 23, 13, tzinfo=UTC)
CALL_BY = datetime(2026, 11, 2, 8, tzinfo=UTC)
DUE = datetime(2026, 10, 30, 17, tzinfo=UTC)
REMINDER = datetime(2026, 10, 16, 7, tzinfo=UTC)
SINCE = date(2026, 9, 1)
AGREED = "Eine einheitliche Sprachstandserhebung beginnt in neuen Ausbildungsklassen."
LED_TO = ConsequenceView(kind=ConsequenceKind.ASSESSMENT_ROUND, id=ROUND)
PURPOSE = "Auszubildende sollen an der Theorie nicht scheitern."
SUMMARY = "Alle wollen eine einheitliche Erhebung."

EXAMPLES = (
    Establishment(resolution=RESOLUTION, since=SINCE),
    GroupEnd(resolution=RESOLUTION),
    Joining(organisation=GUEST, part=Part.GUEST, since=SINCE, reason="Es trägt mit."),
    Leaving(until=date(2027, 1, 31), reason="Der Kurs läuft aus."),
    NewLead(lead=COLLEGE, reason="Die Schule lädt künftig ein."),
    MeetingsOfYear(school_year="2026/27", meetings=3, call_by=(date(2026, 11, 2),)),
    MeetingCall(meeting=2, starts_at=NEXT, place="Kreishaus", purpose="Stand der Erhebung"),
    MeetingMove(starts_at=NEXT, reason="Der Raum ist belegt."),
    MeetingRecord(held_at=HELD, attended=(COLLEGE, GUEST), summary=SUMMARY),
    MeetingCorrection(
        held_at=HELD, attended=(COLLEGE,), summary=SUMMARY, reason="Das Jobcenter fehlte."
    ),
    NewAgreement(agreement=1, meeting=1, text=AGREED, owner=COLLEGE, due=date(2026, 10, 30)),
    NewDay(due=date(2026, 11, 30), reason="Die Herbstferien lagen dazwischen."),
    AgreementOutcome(outcome="Die Erhebung läuft an allen Berufskollegs."),
    AgreementDrop(meeting=2, reason="Das Land führt eine eigene Erhebung ein."),
    ConsequenceLink(kind=ConsequenceKind.ASSESSMENT_ROUND, consequence=ROUND),
    GroupReport(report=1, session=SESSION, text="Die Erhebung hat begonnen."),
    GroupSummary(
        id=GROUP,
        title=TITLE,
        body="lenkungsgruppe-kim",
        lead=LEAD,
        stage="working",
        since=SINCE,
        until=None,
        next_meeting=NEXT,
        open_agreements=1,
        overdue_agreements=0,
        version=7,
        position=131,
        changed_at=OPENED,
    ),
    WorkingGroupView(
        id=GROUP,
        resolution=RESOLUTION,
        body="lenkungsgruppe-kim",
        title=TITLE,
        purpose=PURPOSE,
        lead=LEAD,
        stage="working",
        since=SINCE,
        until=None,
        dissolved_by=None,
        members=[
            MembershipView(organisation=COLLEGE, part=Part.MEMBER, since=SINCE, until=None),
            MembershipView(organisation=GUEST, part=Part.GUEST, since=SINCE, until=None),
        ],
        years=[
            YearView(
                school_year="2026/27",
                planned=3,
                held=1,
                called=1,
                call_by=[CALL_BY],
                reminded=[],
            )
        ],
        meetings=[
            MeetingView(
                number=1,
                stage="held",
                at=HELD,
                place="",
                purpose="",
                attended=[Present(organisation=COLLEGE, part=Part.MEMBER)],
                summary=SUMMARY,
                reason="",
            )
        ],
        agreements=[
            AgreementView(
                number=1,
                meeting=1,
                text=AGREED,
                owner=COLLEGE,
                stage="open",
                agreed_due=DUE,
                due=DUE,
                is_overdue=False,
                reminders=[REMINDER],
                reminded=[],
                outcome="",
                dropped_in=None,
                reason="",
                consequences=[LED_TO],
            )
        ],
        reports=[ReportView(number=1, session=SESSION, text="Die Erhebung hat begonnen.")],
        is_public=False,
        version=7,
        position=131,
    ),
    ReportSession(
        id=SESSION, title="3. Sitzung der Lenkungsgruppe", stage="scheduled", starts_at=NEXT
    ),
    AgreementSummary(
        group=GROUP,
        group_title=TITLE,
        number=1,
        meeting=1,
        text=AGREED,
        owner=COLLEGE,
        due=DUE,
        stage="open",
        is_overdue=False,
        consequences=[LED_TO],
    ),
)
