"""The language assessment at a glance: counts of what is in the log, the same when built again."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.assessments.commands import (
    AnnounceRound,
    ExtendWindow,
    OpenWindow,
    RetireVersion,
    class_id,
    learner_id,
    round_id,
)
from domain.assessments.commands_class import (
    ChangeClass,
    EnrolLearners,
    RecordResults,
    RegisterClass,
    RemoveLearner,
    Row,
    SubmitClass,
    WithdrawClass,
)
from domain.assessments.events import RetestPlan
from domain.assessments.round import Unknown
from services.identity.principal import process
from services.projections.assessments import Assessments
from services.runtime import Runtime
from tests.support.assessments import (
    APPROVER,
    AUTHOR,
    BASIS,
    DEFINITION,
    INSTRUMENT,
    PROGRAMME,
    TRADE,
    A,
    B,
    C,
    ask,
    in_school_year,
    prepare_colleges,
    result,
    staff,
)

YEAR = "2026/27"
ROUND = round_id(YEAR, "eingang")
OPENS_AT, CLOSES_AT = in_school_year(YEAR, 9, 1), in_school_year(YEAR, 9, 30)
ANNOUNCED_AT = OPENS_AT - timedelta(days=60)
IN_WINDOW = OPENS_AT + timedelta(days=3)
LATER = CLOSES_AT + timedelta(days=14)


@pytest.fixture
async def prepared(unfollowed: Runtime) -> Runtime:
    """A round of the colleges A and B is open."""
    await prepare_colleges(unfollowed, (A, B, C))
    announcing = AnnounceRound(
        key="eingang",
        title="Eingangserhebung",
        school_year=YEAR,
        instrument=INSTRUMENT,
        version=1,
        opens_at=OPENS_AT,
        closes_at=CLOSES_AT,
        colleges=(A, B),
        basis=BASIS,
        retest=RetestPlan(
            opens_at=in_school_year(YEAR, 5, 2), closes_at=in_school_year(YEAR, 5, 30)
        ),
    )
    await ask(unfollowed, announcing, at=ANNOUNCED_AT)
    await ask(unfollowed, OpenWindow(round=ROUND), process("assessment-round/1"), OPENS_AT)
    return unfollowed


async def register(runtime: Runtime, college: str, name: str) -> UUID:
    command = RegisterClass(
        college=college, school_year=YEAR, name=name, programme=PROGRAMME, trade=TRADE, size=25
    )
    await ask(runtime, command, staff(college), IN_WINDOW)
    return class_id(college, YEAR, name)


async def hand_in(runtime: Runtime, college: str, name: str, learners: int) -> UUID:
    """A class with so many results."""
    training_class = await register(runtime, college, name)
    rows = tuple(Row(pseudonym=f"p{number}", result=result()) for number in range(learners))
    recording = RecordResults(training_class=training_class, round=ROUND, rows=rows)
    await ask(runtime, recording, staff(college), IN_WINDOW)
    return training_class


async def rows(runtime: Runtime, table: str, order: str) -> list[dict[str, Any]]:
    await runtime.read_models.catch_up()
    query = f"select * from {table} order by {order}"  # noqa: S608 (names of the test's own)
    found = await runtime.pool.fetch(query)
    return [dict(row) for row in found]


async def test_an_instrument_has_its_versions_with_who_wrote_and_who_approved_them(
    prepared: Runtime,
) -> None:
    (instrument,) = await rows(prepared, "instrument", "key")
    assert (instrument["key"], instrument["kind"], instrument["version"]) == (
        INSTRUMENT,
        "c-test",
        4,
    )
    (version,) = await rows(prepared, "instrument_version", "version")
    assert (version["state"], version["author"], version["approver"]) == (
        "approved",
        AUTHOR.account,
        APPROVER.account,
    )
    assert f'"{DEFINITION.cut_scores.author}"' in version["definition"]
    retiring = RetireVersion(instrument=INSTRUMENT, version=1, reason="überholt")
    await ask(prepared, retiring)
    (version,) = await rows(prepared, "instrument_version", "version")
    assert version["state"] == "retired"


async def test_a_round_has_its_window_and_the_colleges_with_more_time(prepared: Runtime) -> None:
    extending = ExtendWindow(round=ROUND, closes_at=LATER, reason="Praktikum", colleges=(B,))
    await ask(prepared, extending, at=IN_WINDOW)
    (this,) = await rows(prepared, "assessment_round", "id")
    assert (this["state"], this["version"]) == ("open", 3)
    assert (this["opens_at"], this["closes_at"]) == (OPENS_AT, CLOSES_AT)
    colleges = await rows(prepared, "round_college", "college")
    assert [(row["college"], row["extended_to"]) for row in colleges] == [(A, None), (B, LATER)]


async def test_a_class_counts_its_learners_and_results(prepared: Runtime) -> None:
    training_class = await hand_in(prepared, A, "A1", learners=3)
    submitting = SubmitClass(training_class=training_class, round=ROUND)
    await ask(prepared, submitting, staff(A), IN_WINDOW)
    (this,) = await rows(prepared, "training_class", "id")
    assert (this["college"], this["learners"], this["version"]) == (A, 3, 8)
    (sitting,) = await rows(prepared, "class_sitting", "class")
    found = {key: sitting[key] for key in ("results", "submitted", "released", "assessed")}
    assert found == {"results": 3, "submitted": True, "released": False, "assessed": 0}


async def test_a_correction_adds_no_result(prepared: Runtime) -> None:
    training_class = await hand_in(prepared, A, "A1", learners=2)
    await rows(prepared, "training_class", "id")
    corrected = Row(pseudonym="p1", result=result(exact=9))
    correcting = RecordResults(
        training_class=training_class, round=ROUND, rows=(corrected,), reason="verlesen"
    )
    await ask(prepared, correcting, staff(A), IN_WINDOW)
    (sitting,) = await rows(prepared, "class_sitting", "class")
    assert sitting["results"] == 2


async def test_who_has_left_the_class_is_not_counted(prepared: Runtime) -> None:
    training_class = await register(prepared, A, "A1")
    enrolling = EnrolLearners(training_class=training_class, pseudonyms=("p1", "p2"))
    leaving = RemoveLearner(training_class=training_class, learner=learner_id(A, "p1"))
    for command in (enrolling, leaving):
        await ask(prepared, command, staff(A), IN_WINDOW)
    (this,) = await rows(prepared, "training_class", "id")
    assert this["learners"] == 1


async def test_a_withdrawn_class_is_marked_and_a_changed_one_changed(prepared: Runtime) -> None:
    one, two = [await register(prepared, A, name) for name in ("A1", "A2")]
    await ask(prepared, WithdrawClass(training_class=one, reason="nicht voll"), staff(A), IN_WINDOW)
    changing = ChangeClass(training_class=two, programme=PROGRAMME, trade=TRADE, size=18)
    await ask(prepared, changing, staff(A), IN_WINDOW)
    found = await rows(prepared, "training_class", "name")
    assert [(row["withdrawn"], row["size"]) for row in found] == [(True, 25), (False, 18)]


async def test_nothing_about_a_person_is_in_the_tables(prepared: Runtime) -> None:
    await hand_in(prepared, A, "A1", learners=2)
    learner = str(learner_id(A, "p1"))
    for table in Assessments.tables:
        for row in await rows(prepared, table, "1"):
            assert not {"p1", learner} & set(map(str, row.values()))


async def test_the_views_built_again_are_the_same(prepared: Runtime) -> None:
    training_class = await hand_in(prepared, A, "A1", learners=3)
    submitting = SubmitClass(training_class=training_class, round=ROUND)
    await ask(prepared, submitting, staff(A), IN_WINDOW)
    before = [await rows(prepared, table, "1") for table in Assessments.tables]
    await prepared.read_models.rebuild()
    assert [await rows(prepared, table, "1") for table in Assessments.tables] == before


async def test_missing_are_colleges_without_all_their_classes(prepared: Runtime) -> None:
    contexts = prepared.desk.assessments
    this = await contexts.assessment_round(ROUND)
    first = await hand_in(prepared, A, "A1", learners=1)
    second = await register(prepared, A, "A2")
    assert not isinstance(this, Unknown)
    plan = this.plan
    missing = await contexts.views.missing(plan)
    assert [(one.college, set(one.classes)) for one in missing] == [
        (A, {first, second}),
        (B, set()),
    ]
    await ask(prepared, SubmitClass(training_class=first, round=ROUND), staff(A), IN_WINDOW)
    missing = await contexts.views.missing(plan)
    assert [(one.college, one.classes) for one in missing] == [(A, (second,)), (B, ())]
