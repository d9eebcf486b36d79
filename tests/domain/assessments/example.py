"""A language assessment of two colleges: an instrument, a round and a class up to each stage."""

from datetime import date
from uuid import UUID

import msgspec

from domain.assessments.commands import class_id, learner_id, round_id
from domain.assessments.context import (
    CatalogueEntry,
    ClassContext,
    InstrumentContext,
    RoundContext,
)
from domain.assessments.decide_class import CLASS
from domain.assessments.decide_instrument import INSTRUMENT
from domain.assessments.decide_round import ROUND
from domain.assessments.definition import (
    Cut,
    CutScores,
    Definition,
    Kind,
    Level,
    Norms,
    Part,
    Rule,
)
from domain.assessments.events import (
    InstrumentRegistered,
    Missing,
    RetestPlan,
    RoundAnnounced,
    RoundReleased,
    Sitting,
    VersionApproved,
    VersionDrafted,
    VersionSubmitted,
    WindowClosed,
    WindowOpened,
)
from domain.assessments.events_class import (
    ClassEvent,
    ClassRegistered,
    ClassReleased,
    ClassSubmitted,
    LearnerEnrolled,
    ResultAssessed,
    ResultRecorded,
)
from domain.assessments.instrument import definition_digest
from domain.assessments.results import Attendance, Meaning, PartScore, Result
from domain.assessments.round import Round
from domain.directory.events import OrganisationKind
from domain.directory.organisation import Organisation
from domain.kernel import Actor, Role
from tests.domain.county import ADA, JOBCENTER, NRW, STRANGERS, berlin
from tests.support.scenario import Scenario

RBK, LFS, HWK = "rbk", "lfs", "hwk"
"""The colleges; the last one is not in the round."""

ELA = Actor(account="ela", role=Role.EXPERT, organisation="kreis")
FINN = Actor(account="finn", role=Role.EXPERT, organisation="kreis")
"""Of the expert group."""

GITTA = Actor(account="gitta", role=Role.COLLEGE, organisation=RBK)
HANS = Actor(account="hans", role=Role.COLLEGE, organisation=LFS)
"""Teachers of the two colleges."""

BELL = Actor(account="assessment-round/herbst", role=Role.PROCESS)
"""The workflow of the round."""

ORGANISATIONS = {
    **{
        key: Organisation(key=key, name=key.upper(), kind=OrganisationKind.COLLEGE)
        for key in (RBK, LFS, HWK)
    },
    JOBCENTER: Organisation(key=JOBCENTER, name="Jobcenter", kind=OrganisationKind.EMPLOYMENT),
    STRANGERS: Organisation(),
}

# The instrument: two texts that count, one on trial.

INSTRUMENT_KEY = "sprachtest"
WOOD, WORK, TRIAL = "wald", "betrieb", "neu"
DEFINITION = Definition(
    kind=Kind.C_TEST,
    parts=(
        Part(key=WOOD, title="Der Wald", maximum=20),
        Part(key=WORK, title="Im Betrieb", maximum=20),
        Part(key=TRIAL, title="Ein neuer Text", maximum=10, pilot=True),
    ),
    cut_scores=CutScores(
        version="2026-1",
        author="AG Fachsprache",
        method="Bookmark",
        set_on=date(2026, 5, 4),
        cuts=(
            Cut(level=Level.A1, at_least=0),
            Cut(level=Level.A2, at_least=12),
            Cut(level=Level.B1, at_least=20),
            Cut(level=Level.B2, at_least=31),
        ),
    ),
    norms=Norms(reliability=840, deviation=500, people=312, source="Erprobung 2025"),
    rules=(
        Rule(key="low", lowest=Level.A1, highest=Level.A2, measures=("course", "coaching")),
        Rule(
            key="form",
            lowest=Level.A1,
            highest=Level.B1,
            measures=("spelling", "course"),
            difference=20,
        ),
        Rule(
            key="trade",
            lowest=Level.B1,
            highest=Level.B1,
            measures=("terms",),
            programmes=("A01",),
            trades=("10-10004",),
        ),
    ),
)
"""Its standard error is 5.00 · sqrt(1 - 0.84) = 2.00 points."""

MEASURES = frozenset({"course", "coaching", "spelling", "terms", "tandem"})
PROGRAMME = CatalogueEntry(key="A01", index="10", valid_from=date(2015, 8, 1))
TRADE = CatalogueEntry(key="10-10004", index="10")

instrument = Scenario(
    INSTRUMENT,
    InstrumentContext(
        by=ELA,
        at=berlin(2026, 5, 4, 10),
        measures=MEASURES,
        programmes=frozenset({"A01"}),
        trades=frozenset({"10-10004"}),
    ),
)
REGISTERED = InstrumentRegistered(
    instrument=INSTRUMENT_KEY, title="C-Test der Berufskollegs", kind=Kind.C_TEST
)


def drafted(
    definition: Definition = DEFINITION, *, version: int = 1, by: Actor = ELA
) -> VersionDrafted:
    return VersionDrafted(
        instrument=INSTRUMENT_KEY,
        version=version,
        definition=definition,
        digest=definition_digest(definition),
        author=by.account,
    )


SUBMITTED = VersionSubmitted(instrument=INSTRUMENT_KEY, version=1)
APPROVED = VersionApproved(
    instrument=INSTRUMENT_KEY,
    version=1,
    digest=definition_digest(DEFINITION),
    approver=FINN.account,
)
APPROVED_VERSION = (REGISTERED, drafted(), SUBMITTED, APPROVED)

# The round, with its retest in spring.

ANNOUNCED_AT = berlin(2026, 8, 20, 10)
OPENS_AT = berlin(2026, 9, 7, 8)
REMINDER = berlin(2026, 9, 21, 9)
CLOSES_AT = berlin(2026, 10, 2, 18)
LATER = berlin(2026, 10, 9, 18)
RETEST_OPENS_AT = berlin(2027, 5, 3, 8)
RETEST_CLOSES_AT = berlin(2027, 5, 28, 18)
RETEST_PLAN = RetestPlan(opens_at=RETEST_OPENS_AT, closes_at=RETEST_CLOSES_AT)

FIRST = round_id("2026/27", "herbst")
RETEST = round_id("2026/27", "herbst-retest")

round_scenario = Scenario(
    ROUND,
    RoundContext(
        by=ADA,
        at=ANNOUNCED_AT,
        calendar=NRW,
        instrument=INSTRUMENT.replay(APPROVED_VERSION),
        organisations=ORGANISATIONS,
    ),
)
ANNOUNCED = RoundAnnounced(
    round=FIRST,
    key="herbst",
    title="Herbst 2026",
    school_year="2026/27",
    instrument=INSTRUMENT_KEY,
    version=1,
    sitting=Sitting.FIRST,
    opens_at=OPENS_AT,
    closes_at=CLOSES_AT,
    reminders=(REMINDER,),
    colleges=(LFS, RBK),
    basis="SchulG NRW § 120",
    retest=RETEST_PLAN,
)
RETEST_ANNOUNCED = msgspec.structs.replace(
    ANNOUNCED,
    round=RETEST,
    key="herbst-retest",
    title="Frühjahr 2027",
    sitting=Sitting.RETEST,
    opens_at=RETEST_OPENS_AT,
    closes_at=RETEST_CLOSES_AT,
    reminders=(),
    first=FIRST,
    retest=None,
)
OPENED = WindowOpened(round=FIRST)
CLOSED = WindowClosed(round=FIRST)
RELEASED = RoundReleased(round=FIRST, classes=2)
OPEN_ROUND = (ANNOUNCED, OPENED)
CLOSED_ROUND = (*OPEN_ROUND, CLOSED)
RELEASED_ROUND = (*CLOSED_ROUND, RELEASED)

MISSING = (Missing(college=LFS), Missing(college=RBK, classes=(UUID(int=7),)))


def this_round(*events: object) -> Round:
    """The round after these events."""
    return ROUND.replay(events)  # pyright: ignore[reportArgumentType]  (rounds' events)


# A class of the first college, with three learners.

CLASS_ID = class_id(RBK, "2026/27", "KB26a")
IDA, JAN, KAI = "pseudonym-i", "pseudonym-j", "pseudonym-k"
IN_WINDOW = berlin(2026, 9, 15, 10)
AFTER_WINDOW = berlin(2026, 10, 2, 18, 1)

class_scenario = Scenario(
    CLASS,
    ClassContext(
        by=GITTA,
        at=IN_WINDOW,
        calendar=NRW,
        round=this_round(*OPEN_ROUND),
        definition=DEFINITION,
        college=ORGANISATIONS[RBK],
        programme=PROGRAMME,
        trade=TRADE,
        accommodations=frozenset({"extra-time", "large-print"}),
        measures=MEASURES,
    ),
)
CLASS_REGISTERED = ClassRegistered(
    training_class=CLASS_ID,
    college=RBK,
    school_year="2026/27",
    name="KB26a",
    programme="A01",
    trade="10-10004",
    size=25,
)
ABSENT = Result(attendance=Attendance.ABSENT)


def learner(pseudonym: str) -> UUID:
    return learner_id(RBK, pseudonym)


def enrolled(pseudonym: str) -> LearnerEnrolled:
    return LearnerEnrolled(training_class=CLASS_ID, learner=learner(pseudonym), pseudonym=pseudonym)


def result(
    wood: int, work: int, *, more: int = 0, attendance: Attendance = Attendance.PRESENT
) -> Result:
    """Exact scores in the two texts; in each, `more` gaps were recognised only."""
    return Result(
        taken_on=date(2026, 9, 14),
        attendance=attendance,
        scores=(
            PartScore(part=WOOD, exact=wood, recognition=wood + more),
            PartScore(part=WORK, exact=work, recognition=work + more),
        ),
    )


def recorded(pseudonym: str, given: Result, *, round_: UUID = FIRST) -> ResultRecorded:
    return ResultRecorded(
        training_class=CLASS_ID, round=round_, learner=learner(pseudonym), result=given
    )


def assessed(pseudonym: str, found: Meaning) -> ResultAssessed:
    return ResultAssessed(
        training_class=CLASS_ID, round=FIRST, learner=learner(pseudonym), meaning=found
    )


CLEAR = result(12, 12)
"""24 points: B1, and with two points more or less too."""
BORDERLINE = result(10, 9, more=2)
"""19 points: A2, with one more B1."""

CLEAR_MEANING = Meaning(
    exact=24,
    recognition=24,
    maximum=40,
    level=Level.B1,
    lowest=Level.B1,
    highest=Level.B1,
    error=200,
    cut_scores="2026-1",
    borderline=False,
    rules=("trade",),
    measures=("terms",),
)
BORDERLINE_MEANING = Meaning(
    exact=19,
    recognition=23,
    maximum=40,
    level=Level.A2,
    lowest=Level.A2,
    highest=Level.B1,
    error=200,
    cut_scores="2026-1",
    borderline=True,
    rules=("low",),
    measures=("course", "coaching"),
)

WITH_RESULTS: tuple[ClassEvent, ...] = (
    CLASS_REGISTERED,
    enrolled(IDA),
    enrolled(JAN),
    enrolled(KAI),
    recorded(IDA, CLEAR),
    recorded(JAN, BORDERLINE),
    recorded(KAI, ABSENT),
)
CLASS_SUBMITTED = ClassSubmitted(training_class=CLASS_ID, round=FIRST, learners=3)
WITH_MEANING: tuple[ClassEvent, ...] = (
    assessed(IDA, CLEAR_MEANING),
    assessed(JAN, BORDERLINE_MEANING),
)
CLASS_RELEASED = ClassReleased(training_class=CLASS_ID, round=FIRST, assessed=2)
RELEASED_CLASS = (*WITH_RESULTS, CLASS_SUBMITTED, *WITH_MEANING, CLASS_RELEASED)
