"""Everything that can happen in the language assessment, once: an event of every topic."""

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
    Row,
    SaveMapping,
    SubmitClass,
    TakeSecondLook,
    WithdrawClass,
)
from domain.assessments.definition import Kind, Level
from domain.assessments.events import RetestPlan, Sitting
from domain.assessments.figures import PublishFigures
from domain.assessments.instrument import definition_digest
from domain.assessments.results import Result
from domain.directory.commands import RegisterOrganisation
from domain.directory.events import OrganisationKind
from domain.kernel import Command
from services.identity.principal import CONSOLE, process
from tests.support.assessments import (
    APPROVER,
    AUTHOR,
    BASIS,
    COORDINATOR,
    DEFINITION,
    INSTRUMENT,
    PROGRAMME,
    TRADE,
    A,
    B,
    in_school_year,
    result,
    staff,
)
from tests.support.office import Office

YEAR = "2026/27"
ROUND, RETEST = round_id(YEAR, "eingang"), round_id(YEAR, "eingang-retest")
CLASS, LEARNER = class_id(A, YEAR, "IK1"), learner_id(A, "p1")
OPENS_AT, CLOSES_AT = in_school_year(YEAR, 9, 1), in_school_year(YEAR, 9, 30)
LATER = CLOSES_AT + timedelta(days=7)
AGAIN_AT, OVER_AT = in_school_year(YEAR, 5, 3), in_school_year(YEAR, 5, 30)
MEASURE = "reading-vocabulary"
MORE = range(3, 15)
"""The learners besides the first: figures about fewer people are not published."""

BORDERLINE = 10
"""So many points in each of the two texts are just at the cut score."""


async def hold_assessments(office: Office) -> None:
    """An instrument, a first test with all its troubles, and the retest."""
    await _agree_on_an_instrument(office)
    await _hold_the_first_test(office)
    await _see_what_it_means(office)
    await _hold_the_retest(office)


async def _agree_on_an_instrument(office: Office) -> None:
    for college in (A, B):
        kind = OrganisationKind.COLLEGE
        await office.ask(CONSOLE, RegisterOrganisation(key=college, name=college, kind=kind))
    submitting = SubmitVersion(instrument=INSTRUMENT, version=1)
    for command in (
        RegisterInstrument(instrument=INSTRUMENT, title="C-Test", kind=Kind.C_TEST),
        DraftVersion(instrument=INSTRUMENT, version=1, definition=DEFINITION),
        submitting,
        ReturnVersion(instrument=INSTRUMENT, version=1, reason="Text 2 prüfen"),
        submitting,
    ):
        await office.ask(AUTHOR, command)
    approving = ApproveVersion(
        instrument=INSTRUMENT, version=1, digest=definition_digest(DEFINITION)
    )
    await office.ask(APPROVER, approving)


async def _hold_the_first_test(office: Office) -> None:
    clock = process(f"assessment-round/{ROUND}")
    await office.ask(COORDINATOR, _announcement("eingang"))
    await office.ask(COORDINATOR, _announcement("probe"))
    cancelling = CancelRound(round=round_id(YEAR, "probe"), reason="Nur zur Probe.")
    await office.ask(COORDINATOR, cancelling)
    await office.ask(clock, OpenWindow(round=ROUND), at=OPENS_AT)
    at = OPENS_AT + timedelta(days=1)
    reminding = RemindColleges(round=ROUND)
    await office.ask(COORDINATOR, reminding, at=at)
    extending = ExtendWindow(round=ROUND, closes_at=LATER, reason="Praktikum", colleges=(B,))
    await office.ask(COORDINATOR, extending, at=at)
    for command in _work_of_the_college():
        await office.ask(staff(A), command, at=at)
    await office.ask(clock, EscalateRound(round=ROUND), at=LATER)
    await office.ask(clock, CloseWindow(round=ROUND), at=LATER)
    await office.ask(clock, ReleaseClass(training_class=CLASS, round=ROUND), at=LATER)
    await office.ask(clock, ReleaseRound(round=ROUND, classes=1), at=LATER)


def _work_of_the_college() -> list[Command]:
    corrected = Row(pseudonym="p1", result=result(exact=BORDERLINE))
    submitting = SubmitClass(training_class=CLASS, round=ROUND)
    return [
        AdoptPseudonymKey(college=A, fingerprint="0" * 64),
        SaveMapping(college=A, name="Untis", columns={"name": "Klasse"}),
        SaveMapping(college=A, name="WinSchule", columns={"name": "Kl."}),
        DropMapping(college=A, name="Untis"),
        _registration("IK1"),
        _registration("IK2"),
        WithdrawClass(training_class=class_id(A, YEAR, "IK2"), reason="nicht zustande gekommen"),
        ChangeClass(training_class=CLASS, programme=PROGRAMME, trade=TRADE, size=24),
        EnrolLearners(training_class=CLASS, pseudonyms=("p1", "p2")),
        RemoveLearner(training_class=CLASS, learner=learner_id(A, "p2")),
        RecordResults(training_class=CLASS, round=ROUND, rows=_rows(result(exact=BORDERLINE + 4))),
        RecordResults(training_class=CLASS, round=ROUND, rows=(corrected,), reason="verlesen"),
        submitting,
        ReopenClass(training_class=CLASS, round=ROUND, reason="Nachzügler"),
        submitting,
    ]


async def _see_what_it_means(office: Office) -> None:
    for command in (
        NoteLook(training_class=CLASS, round=ROUND, purpose="Förderplanung"),
        TakeSecondLook(
            training_class=CLASS, round=ROUND, learner=LEARNER, level=Level.A2, reason="Gespräch"
        ),
        OverrideRecommendation(
            training_class=CLASS,
            round=ROUND,
            learner=LEARNER,
            measures=(MEASURE,),
            reason="Wunsch der Klasse",
        ),
    ):
        await office.ask(staff(A), command, at=LATER)
    await office.ask(COORDINATOR, PublishFigures(round=ROUND), at=LATER)


async def _hold_the_retest(office: Office) -> None:
    clock = process(f"assessment-round/{ROUND}")
    await office.ask(clock, _announcement("eingang-retest", is_retest=True), at=LATER)
    await office.ask(clock, ScheduleRetest(round=ROUND, retest=RETEST), at=LATER)
    await office.ask(clock, OpenWindow(round=RETEST), at=AGAIN_AT)
    for command in (
        RecordResults(training_class=CLASS, round=RETEST, rows=_rows(result())),
        SubmitClass(training_class=CLASS, round=RETEST),
    ):
        await office.ask(staff(A), command, at=AGAIN_AT)
    for step in (
        CloseWindow(round=RETEST),
        ReleaseClass(training_class=CLASS, round=RETEST),
        ReleaseRound(round=RETEST, classes=1),
        CompareRounds(round=RETEST, classes=1),
    ):
        await office.ask(clock, step, at=OVER_AT)
    retiring = RetireVersion(instrument=INSTRUMENT, version=1, reason="Version 2 ist da")
    await office.ask(COORDINATOR, retiring, at=OVER_AT)


def _announcement(key: str, *, is_retest: bool = False) -> AnnounceRound:
    plan = RetestPlan(opens_at=AGAIN_AT, closes_at=OVER_AT)
    return AnnounceRound(
        key=key,
        title="Eingangserhebung",
        school_year=YEAR,
        instrument=INSTRUMENT,
        version=1,
        opens_at=AGAIN_AT if is_retest else OPENS_AT,
        closes_at=OVER_AT if is_retest else CLOSES_AT,
        colleges=(A,) if is_retest else (A, B),
        basis=BASIS,
        sitting=Sitting.RETEST if is_retest else Sitting.FIRST,
        first=ROUND if is_retest else None,
        retest=None if is_retest else plan,
    )


def _rows(each: Result) -> tuple[Row, ...]:
    return tuple(Row(pseudonym=f"p{number}", result=each) for number in (1, *MORE))


def _registration(name: str) -> RegisterClass:
    return RegisterClass(
        college=A, school_year=YEAR, name=name, programme=PROGRAMME, trade=TRADE, size=25
    )
