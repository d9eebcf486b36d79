"""Examples of the goals of a school year."""

from datetime import UTC, date, datetime
from uuid import UUID

from domain.goals.commands import school_year_id
from domain.goals.events import Standing
from services.api.annual_report import ProseDraft, ProseToReset
from services.api.examples.shared import OPENED
from services.api.goal_kinds import CountedKind, GoalKinds, GroupView
from services.api.goal_views import (
    Behind,
    GoalDraft,
    GoalRevision,
    GoalView,
    Missing,
    SchoolYearSummary,
    SchoolYearView,
    TargetDraft,
    TargetView,
    Told,
)
from services.report.marks import Span
from services.report.report import Figure, KeptReport, Report, Section, Statement, Unplaced

YEAR = "2025/26"
STREAM = school_year_id(YEAR)
SESSION = UUID("2f0d7c3e-6a51-5d1c-9f0b-3a1f6e1d9b10")
HELD_ON = datetime(2025, 11, 25, 13, tzinfo=UTC)
SESSIONS_COUNTED, SESSIONS_NAMED = (
    "session-held/lenkungsgruppe-kim",
    "abgehaltene Sitzungen (Lenkungsgruppe KIM)",
)
TEXT = "Die Lenkungsgruppe KIM hat zweimal getagt."
SESSIONS = TargetDraft(key="sessions", counts=SESSIONS_COUNTED, at_least=2, lead_days=14)
HELD = Behind(
    position=812,
    topic="session.closed",
    stream=SESSION,
    occurred_at=HELD_ON,
    sentence="Sitzung beendet.",
    entry="/api/v1/audit/trail?position=812",
)

PROSE = ProseDraft(
    statement="steering-sessions/sessions",
    text="Im Schuljahr 2025/26 tagte die Lenkungsgruppe KIM {sessions:times}.",
)
DIGEST = "3b" * 32

EXAMPLES = (
    Report(
        school_year=YEAR,
        title=f"Kommunales Integrationsmanagement, Schuljahr {YEAR}",
        position=871,
        is_final=False,
        sections=(
            Section(
                key="steering-sessions",
                title=f"Ziel 1: {TEXT}",
                statements=(
                    Statement(
                        key="steering-sessions/sessions",
                        text="Im Schuljahr 2025/26 tagte die Lenkungsgruppe KIM einmal.",
                        figures=(
                            Figure(
                                name="sessions",
                                value=1,
                                required=2,
                                positions=(812,),
                                label="Sitzungen",
                            ),
                        ),
                        positions=(812,),
                        wording=(
                            Span(text="Im Schuljahr 2025/26 tagte die Lenkungsgruppe KIM "),
                            Span(text="einmal", figure="sessions:times"),
                            Span(text="."),
                        ),
                        generated=(
                            "Die Lenkungsgruppe KIM hat im Schuljahr 2025/26 {sessions:times}"
                            " getagt."
                        ),
                        offered={
                            "sessions": "1",
                            "sessions:required": "2",
                            "sessions:times": "einmal",
                        },
                        prose=PROSE.text,
                        written=866,
                    ),
                ),
            ),
        ),
        version=2,
        digest=DIGEST,
        recorded_at=OPENED,
        kept=(KeptReport(number=1, up_to=866, digest=DIGEST, position=867, kept_at=OPENED),),
        unplaced=(
            Unplaced(
                statement="steering-sessions/meeting-held/1",
                text="Die Arbeitsgruppe tagte {meetings:times}.",
                written=840,
            ),
        ),
    ),
    HELD,
    PROSE,
    ProseToReset(statement=PROSE.statement),
    GoalDraft(
        goal="steering-sessions",
        text=TEXT,
        targets=(SESSIONS,),
        told=("resolution-passed",),
        source="Bericht 2024/25",
    ),
    GoalRevision(
        text="In allen Kommunen wurden Konzepte entwickelt.",
        targets=(
            TargetDraft(
                key="concepts",
                counts="concept-adopted",
                each_of="employed-by-county",
                due=date(2026, 6, 30),
            ),
        ),
        reason="Die Konzepte sollen vor den Sommerferien verabschiedet sein.",
    ),
    GoalKinds(
        kinds=[
            CountedKind(key="session-held", name="abgehaltene Sitzungen"),
            CountedKind(key=SESSIONS_COUNTED, name=SESSIONS_NAMED, body="lenkungsgruppe-kim"),
        ],
        groups=[
            GroupView(
                key="employed-by-county",
                name="Kommunen, in denen der Kreis Anstellungsträger des Case Managements ist",
                members=9,
            )
        ],
    ),
    SchoolYearSummary(
        id=STREAM,
        school_year=YEAR,
        stage="running",
        goals=3,
        reached=1,
        at_risk=1,
        version=4,
        position=871,
        changed_at=OPENED,
    ),
    SchoolYearView(
        id=STREAM,
        school_year=YEAR,
        stage="running",
        starts_on=date(2025, 8, 1),
        ends_on=date(2026, 7, 31),
        counted_on=date(2026, 2, 2),
        goals=[
            GoalView(
                goal="steering-sessions",
                text=TEXT,
                source="Bericht 2024/25",
                is_reached=False,
                targets=[
                    TargetView(
                        key="sessions",
                        counts=SESSIONS_COUNTED,
                        name=SESSIONS_NAMED,
                        each_of="",
                        due=date(2026, 7, 31),
                        lead_days=14,
                        required=2,
                        actual=1,
                        is_reached=False,
                        standing=Standing.ON_COURSE,
                        planned=1,
                        missing=[],
                        behind=[HELD],
                    ),
                    TargetView(
                        key="concepts",
                        counts="concept-adopted",
                        name="verabschiedete Konzepte, je Kommune einmal",
                        each_of="employed-by-county",
                        due=date(2026, 6, 30),
                        lead_days=0,
                        required=9,
                        actual=0,
                        is_reached=False,
                        standing=Standing.AT_RISK,
                        planned=0,
                        missing=[Missing(key="05774020", name="Delbrück")],
                        behind=[],
                    ),
                ],
                told=[
                    Told(
                        counts="resolution-passed",
                        name="gefasste Beschlüsse",
                        actual=0,
                        behind=[],
                    )
                ],
            )
        ],
        version=4,
    ),
)
