"""One example of every event of the language assessment, as it was first stored.

`tests/golden/examples.py` says what holds for all of them.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from uuid import UUID

from domain.assessments.definition import (
    Cut,
    CutScores,
    Definition,
    Gap,
    Kind,
    Level,
    Norms,
    Part,
    Rule,
)
from domain.assessments.events import (
    CollegesReminded,
    InstrumentRegistered,
    Missing,
    RetestPlan,
    RetestScheduled,
    RoundAnnounced,
    RoundCancelled,
    RoundCompared,
    RoundEscalated,
    RoundReleased,
    Sitting,
    VersionApproved,
    VersionDrafted,
    VersionRetired,
    VersionReturned,
    VersionSubmitted,
    WindowClosed,
    WindowExtended,
    WindowOpened,
)
from domain.assessments.events_class import (
    ClassChanged,
    ClassRegistered,
    ClassReleased,
    ClassReopened,
    ClassSubmitted,
    ClassWithdrawn,
    LearnerEnrolled,
    LearnerLeft,
    MappingDropped,
    MappingSaved,
    PseudonymKeyAdopted,
    RecommendationOverridden,
    ResultAssessed,
    ResultCorrected,
    ResultRecorded,
    RowsSeen,
    SecondLookTaken,
)
from domain.assessments.figures import FiguresPublished
from domain.assessments.measured import (
    Measured,
    MeasuredConcern,
    MeasuredItem,
    MeasuredScale,
    MeasuredText,
)
from domain.assessments.results import Attendance, Meaning, PartScore, Result
from domain.assessments.suppression import Figure
from domain.kernel import Event

ROUND = UUID("5a1f6f0e-0000-5000-8000-000000000011")
FIRST = UUID("5a1f6f0e-0000-5000-8000-000000000012")
CLASS = UUID("5a1f6f0e-0000-5000-8000-000000000013")
LEARNER = UUID("5a1f6f0e-0000-5000-8000-000000000014")
WRITER = "5a1f6f0e-0000-5000-8000-000000000015"
SECOND = "5a1f6f0e-0000-5000-8000-000000000016"
DIGEST = "fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9"
PSEUDONYM = "3f0a9c6d5be84172a1c0e4d7f9b26853"

OPENS_AT = datetime(2026, 9, 7, 6, tzinfo=UTC)
CLOSES_AT = datetime(2026, 10, 2, 16, tzinfo=UTC)
REMINDER = datetime(2026, 9, 21, 7, tzinfo=UTC)
MISSING = (Missing(college="rbk", classes=(CLASS,)), Missing(college="lfs"))

DEFINITION = Definition(
    kind=Kind.C_TEST,
    parts=(
        Part(
            key="wald",
            title="Der Wald",
            maximum=2,
            pilot=True,
            text="Der Wa{1} ist gr{2}.",
            gaps=(Gap(accepted=("ld",)), Gap(accepted=("ün", "oß"), recognised=("uen",))),
        ),
        Part(key="betrieb", title="Im Betrieb", maximum=20),
    ),
    cut_scores=CutScores(
        version="2026-1",
        author="AG Fachsprache",
        method="Bookmark",
        set_on=date(2026, 5, 4),
        cuts=(Cut(level=Level.A1, at_least=0), Cut(level=Level.B1_B2, at_least=11)),
    ),
    norms=Norms(reliability=840, deviation=500, people=312, source="Erprobung 2025"),
    rules=(
        Rule(
            key="stuetze",
            lowest=Level.A1,
            highest=Level.B1,
            measures=("azubi-bsk",),
            difference=10,
            programmes=("A01",),
            trades=("10-10004",),
        ),
    ),
)
RESULT = Result(
    taken_on=date(2026, 9, 14),
    attendance=Attendance.ABORTED,
    scores=(PartScore(part="betrieb", exact=9, recognition=13, omitted=2, gaps="e" * 20),),
    accommodation=("extra-time",),
    form="B",
)

ITEM = MeasuredItem(difficulty=614, discrimination=None)
SCALE = MeasuredScale(
    mean=6140, deviation=1830, error=620, alpha=885, lowest_alpha=871, highest_alpha=898
)

EVENTS: Mapping[str, Event] = {
    "instrument.registered.v1": InstrumentRegistered(
        instrument="sprachtest", title="C-Test der Berufskollegs", kind=Kind.C_TEST
    ),
    "instrument.version-drafted.v1": VersionDrafted(
        instrument="sprachtest", version=2, definition=DEFINITION, digest=DIGEST, author=WRITER
    ),
    "instrument.version-submitted.v1": VersionSubmitted(instrument="sprachtest", version=2),
    "instrument.version-returned.v1": VersionReturned(
        instrument="sprachtest", version=2, reason="Lücke 2 hat zwei Lösungen."
    ),
    "instrument.version-approved.v1": VersionApproved(
        instrument="sprachtest", version=2, digest=DIGEST, approver=SECOND
    ),
    "instrument.version-retired.v1": VersionRetired(
        instrument="sprachtest", version=2, reason="Der Text ist bekannt geworden."
    ),
    "assessment-round.announced.v1": RoundAnnounced(
        round=ROUND,
        key="herbst",
        title="Herbst 2026",
        school_year="2026/27",
        instrument="sprachtest",
        version=2,
        sitting=Sitting.RETEST,
        opens_at=OPENS_AT,
        closes_at=CLOSES_AT,
        reminders=(REMINDER,),
        colleges=("lfs", "rbk"),
        basis="SchulG NRW § 120",
        grace_days=7,
        first=FIRST,
        retest=RetestPlan(
            opens_at=datetime(2027, 5, 3, 6, tzinfo=UTC),
            closes_at=datetime(2027, 5, 28, 16, tzinfo=UTC),
            reminders=(datetime(2027, 5, 17, 7, tzinfo=UTC),),
        ),
    ),
    "assessment-round.window-opened.v1": WindowOpened(round=ROUND),
    "assessment-round.colleges-reminded.v1": CollegesReminded(
        round=ROUND, missing=MISSING, moment=REMINDER
    ),
    "assessment-round.window-extended.v1": WindowExtended(
        round=ROUND, closes_at=CLOSES_AT, reason="Umzug der Schule.", colleges=("rbk",)
    ),
    "assessment-round.escalated.v1": RoundEscalated(round=ROUND, missing=MISSING),
    "assessment-round.window-closed.v1": WindowClosed(round=ROUND, missing=MISSING),
    "assessment-round.released.v1": RoundReleased(round=ROUND, classes=41),
    "assessment-round.retest-scheduled.v1": RetestScheduled(round=FIRST, retest=ROUND),
    "assessment-round.compared.v1": RoundCompared(round=ROUND, first=FIRST, classes=39),
    "assessment-round.cancelled.v1": RoundCancelled(round=ROUND, reason="Ein Text war bekannt."),
    "class-assessment.class-registered.v1": ClassRegistered(
        training_class=CLASS,
        college="rbk",
        school_year="2026/27",
        name="KB26a",
        programme="A01",
        trade="10-10004",
        size=25,
    ),
    "class-assessment.class-changed.v1": ClassChanged(
        training_class=CLASS, programme="A02", trade="10-10005", size=24
    ),
    "class-assessment.class-withdrawn.v1": ClassWithdrawn(
        training_class=CLASS, reason="Nicht zustande gekommen."
    ),
    "class-assessment.learner-enrolled.v1": LearnerEnrolled(
        training_class=CLASS, learner=LEARNER, pseudonym=PSEUDONYM
    ),
    "class-assessment.learner-left.v1": LearnerLeft(training_class=CLASS, learner=LEARNER),
    "class-assessment.result-recorded.v1": ResultRecorded(
        training_class=CLASS, round=ROUND, learner=LEARNER, result=RESULT
    ),
    "class-assessment.result-corrected.v1": ResultCorrected(
        training_class=CLASS, round=ROUND, learner=LEARNER, result=RESULT, reason="Verzählt."
    ),
    "class-assessment.class-submitted.v1": ClassSubmitted(
        training_class=CLASS, round=ROUND, learners=25
    ),
    "class-assessment.class-reopened.v1": ClassReopened(
        training_class=CLASS, round=ROUND, reason="Zwei Bögen fehlen."
    ),
    "class-assessment.result-assessed.v1": ResultAssessed(
        training_class=CLASS,
        round=ROUND,
        learner=LEARNER,
        meaning=Meaning(
            exact=9,
            recognition=13,
            maximum=20,
            level=Level.A1,
            lowest=Level.A1,
            highest=Level.B1_B2,
            error=200,
            cut_scores="2026-1",
            borderline=True,
            rules=("stuetze",),
            measures=("azubi-bsk",),
        ),
    ),
    "class-assessment.class-released.v1": ClassReleased(
        training_class=CLASS, round=ROUND, assessed=23
    ),
    "class-assessment.second-look-taken.v1": SecondLookTaken(
        training_class=CLASS,
        round=ROUND,
        learner=LEARNER,
        level=Level.B1_B2,
        reason="Im Gespräch sicher.",
    ),
    "class-assessment.recommendation-overridden.v1": RecommendationOverridden(
        training_class=CLASS,
        round=ROUND,
        learner=LEARNER,
        ruled=("azubi-bsk",),
        chosen=("stuetzunterricht",),
        reason="Der Betrieb fördert selbst.",
    ),
    "college.pseudonym-key-adopted.v1": PseudonymKeyAdopted(college="rbk", fingerprint=DIGEST),
    "college.mapping-saved.v1": MappingSaved(
        college="rbk", name="SchILD", columns={"name": "Klasse", "trade": "Fachklasse"}
    ),
    "college.mapping-dropped.v1": MappingDropped(college="rbk", name="SchILD"),
    "look.rows-seen.v1": RowsSeen(
        training_class=CLASS, purpose="Fördergespräch", round=ROUND, learner=LEARNER
    ),
    "county-figures.published.v1": FiguresPublished(
        round=ROUND,
        release=2,
        computed_at=4711,
        least=5,
        figure=Figure(
            path=(),
            counts=(12, 11),
            cuts=(6,),
            parts=(
                Figure(path=("rbk",), counts=(6, 5), cuts=(6,)),
                Figure(path=(), counts=(12,), members=("lfs", "hwk")),
            ),
        ),
        measured=Measured(
            learners=20,
            classes=2,
            exact=SCALE,
            recognition=SCALE,
            texts=(
                MeasuredText(
                    part="t1", pilot=True, exact=ITEM, recognition=ITEM, gaps_exact=(ITEM,)
                ),
            ),
            concerns=(MeasuredConcern(code="few-learners"),),
        ),
    ),
}

PERSONAL = (
    "class-assessment.learner-enrolled",
    "class-assessment.result-recorded",
    "class-assessment.result-corrected",
    "class-assessment.result-assessed",
    "class-assessment.second-look-taken",
    "class-assessment.recommendation-overridden",
)
