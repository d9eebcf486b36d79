"""Examples of classes and of a college's settings."""

from services.api.class_imports import ClassImport, ImportedClassView
from services.api.class_views import (
    ClassDetails,
    ClassRow,
    ClassSitting,
    ClassView,
    EnrolledLearner,
    EnrolledLearners,
    Learners,
    NewClass,
)
from services.api.colleges import CollegeView, Columns, KeyFingerprint
from services.api.examples.shared import CLASS, COLLEGE, DIGEST, LEARNER, OPENED, PSEUDONYM, ROUND

YEAR, NAME, PROGRAMME, TRADE = "2026/27", "MB26A", "A01", "10-10104"
COLUMNS = {"class": "Klasse", "programme": "Gliederung", "trade": "Beruf", "own_id": "Nr."}

EXAMPLES = (
    NewClass(school_year=YEAR, name=NAME, programme=PROGRAMME, trade=TRADE, size=25),
    ClassDetails(programme=PROGRAMME, trade=TRADE, size=24),
    Learners(pseudonyms=(PSEUDONYM,)),
    ClassRow(
        id=CLASS,
        college=COLLEGE,
        school_year=YEAR,
        name=NAME,
        programme=PROGRAMME,
        programme_name="Fachklassen des dualen Systems",
        trade=TRADE,
        trade_name="Anlagenmechaniker/in",
        size=25,
        learners=24,
        withdrawn=False,
        version=26,
        position=180,
        changed_at=OPENED,
        sittings=[
            ClassSitting(
                round=ROUND, stage="collecting", results=23, submitted=False, released=False
            )
        ],
    ),
    ClassView(
        id=CLASS,
        college=COLLEGE,
        school_year=YEAR,
        name=NAME,
        programme=PROGRAMME,
        programme_name="Fachklassen des dualen Systems",
        trade=TRADE,
        trade_name="Anlagenmechaniker/in",
        size=25,
        learners=24,
        stage="registered",
        sittings=[
            ClassSitting(
                round=ROUND, stage="collecting", results=23, submitted=False, released=False
            )
        ],
        version=26,
    ),
    EnrolledLearners(
        training_class=CLASS,
        learners=[EnrolledLearner(learner=LEARNER, pseudonym=PSEUDONYM)],
        version=26,
    ),
    ClassImport(
        recorded=True,
        message="1 Klasse neu gemeldet, 24 Personen aufgenommen.",
        position=180,
        classes=[
            ImportedClassView(
                id=CLASS,
                name=NAME,
                programme=PROGRAMME,
                trade=TRADE,
                is_new=True,
                learners=24,
                joining=24,
            )
        ],
    ),
    Columns(columns=COLUMNS),
    KeyFingerprint(fingerprint=DIGEST),
    CollegeView(college=COLLEGE, fingerprint=DIGEST, mappings={"untis": COLUMNS}, version=2),
)
