"""Examples of assessment rounds: announced, followed, extended."""

from datetime import UTC, datetime, timedelta

from domain.assessments.events import RetestPlan, Sitting
from services.api.examples.shared import CLASS, COLLEGE, COLLEGE_NAME, OPENED, ROUND
from services.api.round_progress import CollegeProgress, MissingClass
from services.api.round_views import (
    Announcement,
    AssessmentRoundView,
    LongerWindow,
    RetestDraft,
    RoundSummary,
    WindowExtension,
)

OPENS = datetime(2026, 8, 31, 6, tzinfo=UTC)
CLOSES = datetime(2026, 9, 25, 16, tzinfo=UTC)
REMINDER = datetime(2026, 9, 18, 6, tzinfo=UTC)
RETEST_OPENS = datetime(2027, 5, 3, 6, tzinfo=UTC)
RETEST_CLOSES = datetime(2027, 5, 28, 16, tzinfo=UTC)
KEY, TITLE, YEAR = "eingang", "Sprachstandserhebung", "2026/27"
INSTRUMENT = "c-test-fachsprache"
BASIS = "Vereinbarung der Arbeitsgruppe Fachsprachliche Förderung; SchulG NRW § 120"

EXAMPLES = (
    Announcement(
        key=KEY,
        title=TITLE,
        school_year=YEAR,
        instrument=INSTRUMENT,
        version=1,
        opens_at=OPENS,
        closes_at=CLOSES,
        colleges=(COLLEGE,),
        basis=BASIS,
        reminders=(REMINDER,),
        retest=RetestDraft(opens_at=RETEST_OPENS, closes_at=RETEST_CLOSES),
        grace_days=7,
    ),
    WindowExtension(
        closes_at=CLOSES + timedelta(days=7),
        reason="Blockunterricht beginnt später.",
        colleges=(COLLEGE,),
    ),
    RoundSummary(
        id=ROUND,
        key=KEY,
        title=TITLE,
        school_year=YEAR,
        instrument=INSTRUMENT,
        instrument_version=1,
        sitting=Sitting.FIRST,
        stage="open",
        opens_at=OPENS,
        closes_at=CLOSES,
        first=None,
        retest=None,
        released_at=None,
        version=2,
        position=121,
        changed_at=OPENED,
    ),
    AssessmentRoundView(
        id=ROUND,
        key=KEY,
        title=TITLE,
        school_year=YEAR,
        instrument=INSTRUMENT,
        instrument_version=1,
        sitting=Sitting.FIRST,
        stage="open",
        opens_at=OPENS,
        closes_at=CLOSES,
        held_until=CLOSES + timedelta(days=14),
        reminders=[REMINDER],
        reminded=[],
        colleges=[COLLEGE],
        longer=[LongerWindow(college=COLLEGE, closes_at=CLOSES + timedelta(days=7))],
        basis=BASIS,
        first=None,
        retest=RetestPlan(opens_at=RETEST_OPENS, closes_at=RETEST_CLOSES),
        scheduled=None,
        cancelled_because="",
        version=3,
    ),
    CollegeProgress(
        college=COLLEGE,
        name=COLLEGE_NAME,
        closes_at=CLOSES,
        expected=12,
        submitted=11,
        released=0,
        missing=[MissingClass(id=CLASS, name="MB26A")],
        unreleased=[],
    ),
)
