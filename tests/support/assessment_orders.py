"""One example of every command of the language assessment."""

from datetime import timedelta

from domain.assessments.commands import (
    AnnounceRound,
    ApproveVersion,
    CancelRound,
    CloseWindow,
    CompareRounds,
    DraftVersion,
    EscalateRound,
    ExtendWindow,
    OpenWindow,
    RegisterInstrument,
    ReleaseRound,
    RemindColleges,
    RetireVersion,
    ReturnVersion,
    ScheduleRetest,
    SubmitVersion,
    class_id,
    learner_id,
    round_id,
)
from domain.assessments.commands_class import (
    AdoptPseudonymKey,
    ChangeClass,
    DropMapping,
    EnrolLearners,
    NoteLook,
    OverrideRecommendation,
    RecordResults,
    RegisterClass,
    ReleaseClass,
    RemoveLearner,
    ReopenClass,
    SaveMapping,
    SubmitClass,
    TakeSecondLook,
    WithdrawClass,
)
from domain.assessments.definition import Kind, Level
from domain.assessments.figures import PublishFigures
from domain.kernel import Command
from tests.domain.county import MONDAY
from tests.support.assessments import BASIS, DEFINITION, INSTRUMENT, PROGRAMME, TRADE

SCHOOL_YEAR = "2026/27"
CLASS_NAME = "IK1"
ROUND = round_id(SCHOOL_YEAR, "eingang")
RETEST = round_id(SCHOOL_YEAR, "eingang-retest")


def assessment_examples(college: str) -> list[Command]:
    """One of each; the class is of this college."""
    training_class = class_id(college, SCHOOL_YEAR, CLASS_NAME)
    learner = learner_id(college, "p1")
    return [
        RegisterInstrument(instrument=INSTRUMENT, title="C-Test", kind=Kind.C_TEST),
        DraftVersion(instrument=INSTRUMENT, version=1, definition=DEFINITION),
        SubmitVersion(instrument=INSTRUMENT, version=1),
        ReturnVersion(instrument=INSTRUMENT, version=1, reason="Text 2 ist zu leicht"),
        ApproveVersion(instrument=INSTRUMENT, version=1, digest=""),
        RetireVersion(instrument=INSTRUMENT, version=1, reason="Version 2 ist da"),
        AnnounceRound(
            key="eingang",
            title="Eingangserhebung",
            school_year=SCHOOL_YEAR,
            instrument=INSTRUMENT,
            version=1,
            opens_at=MONDAY,
            closes_at=MONDAY + timedelta(days=14),
            colleges=(college,),
            basis=BASIS,
        ),
        OpenWindow(round=ROUND),
        RemindColleges(round=ROUND),
        ExtendWindow(round=ROUND, closes_at=MONDAY, reason="Praktikum"),
        EscalateRound(round=ROUND),
        CloseWindow(round=ROUND),
        ReleaseRound(round=ROUND, classes=1),
        ScheduleRetest(round=ROUND, retest=RETEST),
        CompareRounds(round=RETEST, classes=1),
        CancelRound(round=ROUND, reason="Irrtum"),
        PublishFigures(round=ROUND),
        RegisterClass(
            college=college,
            school_year=SCHOOL_YEAR,
            name=CLASS_NAME,
            programme=PROGRAMME,
            trade=TRADE,
            size=25,
        ),
        ChangeClass(training_class=training_class, programme=PROGRAMME, trade=TRADE, size=24),
        WithdrawClass(training_class=training_class, reason="nicht zustande gekommen"),
        EnrolLearners(training_class=training_class, pseudonyms=("p1",)),
        RemoveLearner(training_class=training_class, learner=learner),
        RecordResults(training_class=training_class, round=ROUND, rows=()),
        SubmitClass(training_class=training_class, round=ROUND),
        ReopenClass(training_class=training_class, round=ROUND, reason="Nachzügler"),
        ReleaseClass(training_class=training_class, round=ROUND),
        TakeSecondLook(
            training_class=training_class,
            round=ROUND,
            learner=learner,
            level=Level.B1,
            reason="Gespräch",
        ),
        OverrideRecommendation(
            training_class=training_class,
            round=ROUND,
            learner=learner,
            measures=(),
            reason="wird schon gefördert",
        ),
        AdoptPseudonymKey(college=college, fingerprint=""),
        SaveMapping(college=college, name="Untis", columns={"name": "Klasse"}),
        DropMapping(college=college, name="Untis"),
        NoteLook(training_class=training_class, purpose="Förderplanung"),
    ]
