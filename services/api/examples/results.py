"""Examples of results, what they mean, who looked at them, and loads of many."""

from datetime import date

from domain.assessments.class_assessment import SecondLook, Standing
from domain.assessments.definition import Level
from domain.assessments.results import Attendance, Meaning, PartScore, Result
from services.api.examples.shared import (
    CLASS,
    COLLEGE,
    CORRELATION,
    LEARNER,
    OPENED,
    PERSON,
    PSEUDONYM,
    ROUND,
)
from services.api.learners import LearnerErasure, LearnerExport, LearnerInClass, LearnerInRound
from services.api.looks import LookView
from services.api.meaning_views import (
    Choice,
    ClassChange,
    ClassMeaning,
    LearnerChange,
    LearnerMeaning,
    LevelCount,
    PartMean,
    SecondLookEntry,
    SupportMeasure,
)
from services.api.operations import OperationView, RefusedClass
from services.api.result_views import (
    FileDecision,
    FilePreview,
    ResultEntry,
    ResultRow,
    ResultSheet,
    RowEntries,
    RowEntry,
    ScoreEntry,
)
from services.history import HistoryEntry
from services.results_files.difference import Change, Difference, FieldChange
from services.results_files.shown import ShownColumn, ShownRow, ShownTable

SCORES = (
    ScoreEntry(part="t1", exact=12, recognition=15, omitted=2),
    ScoreEntry(part="t2", exact=17, recognition=18),
)
TAKEN_ON = date(2026, 9, 3)
RESULT = Result(
    taken_on=TAKEN_ON,
    scores=(
        PartScore(part="t1", exact=12, recognition=15, omitted=2),
        PartScore(part="t2", exact=17, recognition=18),
    ),
)
MEANING = Meaning(
    exact=29,
    recognition=33,
    maximum=40,
    level=Level.B1,
    lowest=Level.A2,
    highest=Level.B1,
    error=280,
    cut_scores="2026-1",
    borderline=True,
    rules=("a2-b1",),
    measures=("reading-vocabulary",),
)
UNSURE = "Im Unterricht deutlich unsicherer."
LOOK = SecondLook(level=Level.A2, reason=UNSURE)
VOCABULARY = SupportMeasure(key="reading-vocabulary", name="Wortschatz beim Lesen von Fachtexten")
RETEST = PERSON
ENTRY = HistoryEntry(
    position=181,
    stream=CLASS,
    topic="class-assessment.result-recorded",
    sentence="Ein Ergebnis festgehalten.",
    occurred_at=OPENED,
    recorded_at=OPENED,
    account=str(PERSON),
    name="Berta Berufskolleg",
    organisation=COLLEGE,
    role="college",
    signed_in="token",
    reason="",
    shown="",
    basis="",
    rule={},
    source="",
    correlation=CORRELATION,
    causation=180,
    event={"learner": str(LEARNER)},
)

EXAMPLES = (
    RowEntries(
        rows=(
            RowEntry(pseudonym=PSEUDONYM, taken_on=TAKEN_ON, scores=SCORES),
            RowEntry(pseudonym="p-2", attendance=Attendance.ABSENT),
        )
    ),
    ResultEntry(taken_on=TAKEN_ON, scores=SCORES, accommodation=("extra-time",), form="A"),
    ResultSheet(
        training_class=CLASS,
        round=ROUND,
        stage="collecting",
        round_stage="open",
        closes_at=OPENED,
        instrument="c-test-fachsprache",
        instrument_version=1,
        version=27,
        rows=[
            ResultRow(learner=LEARNER, pseudonym=PSEUDONYM, result=RESULT, exact=29, recognition=33)
        ],
    ),
    FilePreview(
        rows=24,
        faults=[],
        joining=[],
        open=[],
        difference=Difference(
            changed=(
                Change(
                    pseudonym=PSEUDONYM,
                    fields=(FieldChange(field="exact", old=12, new=13, part="t1"),),
                ),
            )
        ),
        message="Noch nichts gespeichert: 0 neu, 1 geändert, 23 unverändert.",
        version=27,
        table=ShownTable(
            columns=[
                ShownColumn(letter="G", heading="Pseudonym", field="pseudonym"),
                ShownColumn(letter="J", heading="Werkstatt R/F", field="exact", part="t1"),
            ],
            rows=[ShownRow(number=2, cells=[PSEUDONYM, "13"])],
        ),
    ),
    FileDecision(
        id=CLASS,
        version=51,
        position=205,
        recorded=True,
        recorded_at=OPENED,
        receipt=f"/api/v1/receipts/{CORRELATION}",
        message="24 Ergebnisse neu festgehalten, 0 berichtigt.",
    ),
    ClassMeaning(
        training_class=CLASS,
        round=ROUND,
        note="Ein Band mit Unsicherheit nach den Schnittwerten 2026-1, kein Zertifikat.",
        cut_scores="2026-1",
        assessed=1,
        borderline=0,
        distribution=[LevelCount(level=Level.A2, learners=1)],
        exact=72.5,
        recognition=82.5,
        parts=[PartMean(part="t2", title="Text 2", exact=85.0, recognition=90.0)],
        learners=[
            LearnerMeaning(
                learner=LEARNER,
                pseudonym=PSEUDONYM,
                meaning=MEANING,
                level=Level.A2,
                second_look=LOOK,
                recommended=[VOCABULARY],
                override=None,
                chosen=[VOCABULARY],
            )
        ],
        version=53,
    ),
    ClassChange(
        training_class=CLASS,
        first=ROUND,
        retest=RETEST,
        compared=1,
        higher=1,
        same=0,
        lower=0,
        mean_change=6.0,
        learners=[
            LearnerChange(
                learner=LEARNER,
                pseudonym=PSEUDONYM,
                first_exact=29,
                first_recognition=33,
                first_level=Level.A2,
                retest_exact=35,
                retest_recognition=36,
                retest_level=Level.B1,
                change=6,
            )
        ],
    ),
    SecondLookEntry(level=Level.A2, reason=UNSURE),
    Choice(measures=("reading-vocabulary",), reason="Besucht schon einen Kurs."),
    LearnerErasure(reason="Antrag nach Art. 17 DSGVO vom 3. Mai 2027"),
    LearnerExport(
        learner=LEARNER,
        classes=[
            LearnerInClass(
                training_class=CLASS,
                college=COLLEGE,
                school_year="2026/27",
                name="MB26A",
                pseudonym=PSEUDONYM,
                rounds=[
                    LearnerInRound(round=ROUND, standing=Standing(result=RESULT, meaning=MEANING))
                ],
                entries=[ENTRY],
                looks=[],
            )
        ],
    ),
    LookView(
        position=206,
        seen_at=OPENED,
        account=str(PERSON),
        name="Berta Berufskolleg",
        role="Berufskolleg",
        purpose="Ergebnisse",
        round=ROUND,
        learner=None,
    ),
    OperationView(
        id=ROUND,
        kind="county-load",
        round=ROUND,
        state="done",
        message="Fertig: 4.000 von 4.000 Klassen übernommen; 1 abgelehnt.",
        rows=100_000,
        classes=4_000,
        done=4_000,
        unchanged=0,
        refused=[
            RefusedClass(
                training_class=CLASS,
                code="class.already-submitted",
                because="Die Klasse ist schon eingereicht",
            )
        ],
        position=108_000,
        started_at=OPENED,
    ),
)
