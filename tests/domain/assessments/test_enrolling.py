from datetime import date, datetime
from typing import Any

import msgspec
import pytest

from domain.assessments.commands_class import (
    ChangeClass,
    ClassCommand,
    EnrolLearners,
    RecordResults,
    RegisterClass,
    RemoveLearner,
    Row,
    SubmitClass,
    WithdrawClass,
)
from domain.assessments.context import CatalogueEntry
from domain.assessments.errors import (
    MalformedSchoolYear,
    NameMissing,
    NotACollege,
    ReasonMissing,
)
from domain.assessments.errors_class import (
    ClassAlreadyRegistered,
    ClassAlreadySubmitted,
    ClassFull,
    ClassHasResults,
    ClassIsWithdrawn,
    NotOfThisCollege,
    PseudonymMissing,
    SchoolYearNotCurrent,
    SizeOutOfRange,
    TradeOfOtherProgramme,
    UnknownClass,
    UnknownLearner,
    UnknownProgramme,
    UnknownTrade,
)
from domain.assessments.events_class import (
    ClassChanged,
    ClassWithdrawn,
    LearnerEnrolled,
    LearnerLeft,
)
from domain.directory.errors import UnknownOrganisation
from domain.directory.organisation import Organisation
from domain.kernel import Erased
from tests.domain.assessments.example import (
    CLASS_ID,
    CLASS_REGISTERED,
    CLASS_SUBMITTED,
    CLEAR,
    FIRST,
    HANS,
    IDA,
    JAN,
    KAI,
    ORGANISATIONS,
    RBK,
    RELEASED_CLASS,
    TRADE,
    WITH_RESULTS,
    class_scenario,
    enrolled,
    learner,
    recorded,
)
from tests.domain.county import ADA, JOBCENTER, berlin

WHY = "Nicht zustande gekommen."
REGISTER = RegisterClass(
    college=RBK,
    school_year="2026/27",
    name="KB26a",
    programme="A01",
    trade="10-10004",
    size=25,
)
CHANGE = ChangeClass(training_class=CLASS_ID, programme="A01", trade="10-10004", size=27)
CHANGED = ClassChanged(training_class=CLASS_ID, programme="A01", trade="10-10004", size=27)
WITHDRAW = WithdrawClass(training_class=CLASS_ID, reason=WHY)
WITHDRAWN = ClassWithdrawn(training_class=CLASS_ID, reason=WHY)
REMOVE = RemoveLearner(training_class=CLASS_ID, learner=learner(IDA))
LEFT = LearnerLeft(training_class=CLASS_ID, learner=learner(IDA))
SUBMIT = SubmitClass(training_class=CLASS_ID, round=FIRST)


def but(command: RegisterClass, **changes: Any) -> RegisterClass:
    return msgspec.structs.replace(command, **changes)


def enrol(*pseudonyms: str) -> EnrolLearners:
    return EnrolLearners(training_class=CLASS_ID, pseudonyms=pseudonyms)


def test_a_college_registers_its_class_once() -> None:
    class_scenario.given().when(REGISTER).then(CLASS_REGISTERED)
    class_scenario.given(CLASS_REGISTERED).when(REGISTER).then_nothing()
    class_scenario.given(CLASS_REGISTERED).when(but(REGISTER, size=24)).then_refused(
        ClassAlreadyRegistered, name="KB26a", school_year="2026/27"
    )


def test_a_class_is_its_colleges_alone() -> None:
    for foreign in (HANS, ADA):
        class_scenario.given().when(REGISTER, by=foreign).then_refused(NotOfThisCollege)


@pytest.mark.parametrize(
    "command",
    [CHANGE, WITHDRAW, enrol(KAI), REMOVE, SUBMIT],
    ids=lambda command: type(command).__name__,
)
def test_only_its_college_changes_a_class(command: ClassCommand) -> None:
    for foreign in (HANS, ADA):
        class_scenario.given(CLASS_REGISTERED).when(command, by=foreign).then_refused(
            NotOfThisCollege
        )
    class_scenario.given().when(command).then_refused(UnknownClass, training_class=str(CLASS_ID))


def test_only_a_college_of_the_directory_has_classes() -> None:
    class_scenario.given().knowing(college=Organisation()).when(REGISTER).then_refused(
        UnknownOrganisation, organisation=RBK
    )
    class_scenario.given().knowing(college=ORGANISATIONS[JOBCENTER]).when(REGISTER).then_refused(
        NotACollege, organisation=RBK
    )


def test_a_class_has_a_name() -> None:
    class_scenario.given().when(but(REGISTER, name=" ")).then_refused(NameMissing)


@pytest.mark.parametrize(
    ("at", "school_year", "is_taken"),
    [
        (berlin(2026, 8, 1), "2026/27", True),
        (berlin(2027, 7, 31, 23), "2026/27", True),
        (berlin(2027, 8, 1), "2026/27", False),
        (berlin(2025, 8, 1), "2026/27", True),
        (berlin(2025, 7, 31, 23), "2026/27", False),
    ],
)
def test_a_class_is_registered_in_its_school_year_or_the_one_before(
    at: datetime, school_year: str, *, is_taken: bool
) -> None:
    scenario = class_scenario.given().when(but(REGISTER, school_year=school_year), at=at)
    if is_taken:
        scenario.then(CLASS_REGISTERED)
    else:
        scenario.then_refused(SchoolYearNotCurrent, school_year=school_year)


def test_a_school_year_is_written_with_both_years() -> None:
    class_scenario.given().when(but(REGISTER, school_year="2026")).then_refused(
        MalformedSchoolYear, school_year="2026"
    )


@pytest.mark.parametrize(
    "entry",
    [
        None,
        CatalogueEntry(key="x", valid_until=date(2026, 9, 14)),
        CatalogueEntry(key="x", valid_from=date(2026, 9, 16)),
    ],
)
def test_programme_and_trade_hold_on_the_day(entry: CatalogueEntry | None) -> None:
    class_scenario.given().knowing(programme=entry).when(REGISTER).then_refused(
        UnknownProgramme, programme="A01"
    )
    class_scenario.given().knowing(trade=entry).when(REGISTER).then_refused(
        UnknownTrade, trade="10-10004"
    )


def test_a_catalogue_entry_holds_on_its_first_and_its_last_day() -> None:
    today = CatalogueEntry(key="x", valid_from=date(2026, 9, 15), valid_until=date(2026, 9, 15))
    class_scenario.given().knowing(programme=today, trade=today).when(REGISTER).then(
        CLASS_REGISTERED
    )


def test_a_trade_is_of_the_programmes_group() -> None:
    other = CatalogueEntry(key="10-10004", index="20")
    class_scenario.given().knowing(trade=other).when(REGISTER).then_refused(
        TradeOfOtherProgramme, programme="A01", trade="10-10004"
    )
    unknown_group = msgspec.structs.replace(TRADE, index="")
    class_scenario.given().knowing(trade=unknown_group).when(REGISTER).then(CLASS_REGISTERED)


@pytest.mark.parametrize("size", [-1, 0, 61])
def test_a_class_has_one_to_sixty_learners(size: int) -> None:
    class_scenario.given().when(but(REGISTER, size=size)).then_refused(
        SizeOutOfRange, size=size, most=60
    )
    class_scenario.given(CLASS_REGISTERED).when(
        msgspec.structs.replace(CHANGE, size=size)
    ).then_refused(SizeOutOfRange)


def test_a_class_changes_while_there_are_no_results() -> None:
    class_scenario.given(CLASS_REGISTERED).when(CHANGE).then(CHANGED)
    class_scenario.given(CLASS_REGISTERED, CHANGED).when(CHANGE).then_nothing()
    class_scenario.given(*WITH_RESULTS).when(CHANGE).then_refused(ClassHasResults)
    class_scenario.given(CLASS_REGISTERED).knowing(trade=None).when(CHANGE).then_refused(
        UnknownTrade, trade="10-10004"
    )


def test_a_class_without_results_is_withdrawn_and_may_come_back() -> None:
    class_scenario.given(CLASS_REGISTERED, enrolled(IDA)).when(WITHDRAW).then(WITHDRAWN)
    class_scenario.given(CLASS_REGISTERED, WITHDRAWN).when(WITHDRAW).then_nothing()
    class_scenario.given(CLASS_REGISTERED, WITHDRAWN).when(REGISTER).then(CLASS_REGISTERED)
    class_scenario.given(*WITH_RESULTS).when(WITHDRAW).then_refused(ClassHasResults)
    class_scenario.given(CLASS_REGISTERED).when(
        WithdrawClass(training_class=CLASS_ID, reason="")
    ).then_refused(ReasonMissing)


def test_who_was_in_a_class_is_in_it_again_when_it_comes_back() -> None:
    class_scenario.given(CLASS_REGISTERED, enrolled(IDA), WITHDRAWN, CLASS_REGISTERED).when(
        enrol(IDA, JAN)
    ).then(enrolled(JAN))


@pytest.mark.parametrize("command", [CHANGE, enrol(KAI), REMOVE, SUBMIT])
def test_nothing_is_done_with_a_withdrawn_class(command: ClassCommand) -> None:
    class_scenario.given(CLASS_REGISTERED, WITHDRAWN).when(command).then_refused(ClassIsWithdrawn)


def test_learners_are_enrolled_once() -> None:
    class_scenario.given(CLASS_REGISTERED, enrolled(IDA)).when(enrol(IDA, JAN, JAN)).then(
        enrolled(JAN)
    )


def test_a_learner_has_a_pseudonym() -> None:
    class_scenario.given(CLASS_REGISTERED).when(enrol(IDA, " ")).then_refused(PseudonymMissing)


def test_a_class_is_full_at_sixty() -> None:
    sixty = [f"p{number}" for number in range(60)]
    assert len(class_scenario.given(CLASS_REGISTERED).when(enrol(*sixty)).decided()) == 60
    given = class_scenario.given(CLASS_REGISTERED, *map(enrolled, sixty))
    given.when(enrol(IDA, sixty[0])).then_refused(ClassFull, learners=61, most=60)
    given.when(enrol(*sixty)).then_nothing()


def test_nobody_joins_a_class_whose_submission_stands() -> None:
    given = class_scenario.given(*WITH_RESULTS, CLASS_SUBMITTED)
    given.when(enrol("new")).then_refused(ClassAlreadySubmitted)
    given.when(enrol(IDA)).then_nothing()


def test_learners_may_join_between_the_first_test_and_the_retest() -> None:
    class_scenario.given(*RELEASED_CLASS).when(enrol("new")).then(enrolled("new"))


def test_who_has_left_is_removed_while_there_is_no_result_of_theirs() -> None:
    class_scenario.given(CLASS_REGISTERED, enrolled(IDA)).when(REMOVE).then(LEFT)
    class_scenario.given(CLASS_REGISTERED, enrolled(IDA), LEFT).when(REMOVE).then_refused(
        UnknownLearner
    )
    class_scenario.given(CLASS_REGISTERED, enrolled(IDA), enrolled(JAN), recorded(JAN, CLEAR)).when(
        REMOVE
    ).then(LEFT)
    class_scenario.given(*WITH_RESULTS).when(REMOVE).then_refused(ClassHasResults)


def test_whose_data_were_erased_stays_in_the_class_and_can_leave_it() -> None:
    erased = LearnerEnrolled(
        training_class=CLASS_ID, learner=learner(IDA), pseudonym=Erased(at=None, reason="")
    )
    given = class_scenario.given(CLASS_REGISTERED, erased)
    given.when(enrol(IDA, JAN)).then(enrolled(JAN))
    given.when(REMOVE).then(LEFT)


def test_results_make_no_class_larger_than_sixty_either() -> None:
    sixty = [enrolled(f"p{number}") for number in range(60)]
    rows = (Row(pseudonym="p7", result=CLEAR), Row(pseudonym="new", result=CLEAR))
    class_scenario.given(CLASS_REGISTERED, *sixty).when(
        RecordResults(training_class=CLASS_ID, round=FIRST, rows=rows)
    ).then_refused(ClassFull, learners=61, most=60)
