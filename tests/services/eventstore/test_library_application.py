"""An application of the library with everything it has, over our log."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from eventsourcing.persistence import IntegrityError, ProgrammingError, StoredEvent
from eventsourcing.projection import ProjectionRunner
from eventsourcing.system import SingleThreadedRunner, System
from psycopg.rows import dict_row

from services.eventstore.library import LogFactory
from services.eventstore.library.log import LogApplicationRecorder
from services.ledger import merkle
from services.ledger.record_line import record_line
from tests.support.library import environment
from tests.support.lost_answers import losing_answers
from tests.support.school import Attendance, Attending, Library, School


@pytest.fixture
def env(database_url: str) -> dict[str, str]:
    return environment(database_url)


@pytest.fixture
def school(env: dict[str, str]) -> Iterator[School]:
    with School(env) as school:
        yield school


@pytest.fixture
def recorder(env: dict[str, str]) -> Iterator[LogApplicationRecorder]:
    with LogFactory(env) as factory:
        recorder = factory.application_recorder()
        assert isinstance(recorder, LogApplicationRecorder)
        yield recorder


def test_its_events_are_in_the_log_and_in_the_tree(school: School, database_url: str) -> None:
    course = school.open("Deutsch A1")
    school.join(course, *(f"learner {number}" for number in range(600)))

    rows = _rows(database_url, "select * from event order by position")
    leaves = [merkle.leaf_hash(_line(row)) for row in rows]
    [head] = _rows(database_url, "select * from log_head")

    assert [row["position"] for row in rows] == list(range(1, 602))
    assert [row["leaf"] for row in rows] == leaves
    assert merkle.Peaks.unpack(601, head["peaks"]).root == merkle.root(leaves)


def test_its_snapshots_lie_beside_the_log_and_may_go(school: School, database_url: str) -> None:
    course = school.open("Deutsch A1")
    for learner in "abcdefghi":
        school.join(course, learner)
    assert school.snapshots is not None
    assert [snapshot.originator_version for snapshot in school.snapshots.get(course)] == [5, 10]
    with_snapshot = school.repository.get(course)

    with psycopg.connect(database_url) as connection:
        connection.execute("delete from library_snapshot")

    assert school.repository.get(course) == with_snapshot
    assert school.join(course, "j") == 11


def test_a_view_is_kept_with_what_it_has_seen(env: dict[str, str]) -> None:
    with ProjectionRunner(
        application_class=School, projection_class=Attending, view_class=Attendance, env=env
    ) as runner:
        course = runner.app.open("Deutsch A1")
        runner.wait(runner.app.join(course, "a", "b"), timeout=10)
        assert runner.projection.view.joined == 2

    with ProjectionRunner(
        application_class=School, projection_class=Attending, view_class=Attendance, env=env
    ) as runner:
        runner.wait(runner.app.join(course, "c"), timeout=10)
        assert runner.projection.view.joined == 3


def test_two_applications_in_one_database_see_each_their_own_events(
    env: dict[str, str], database_url: str
) -> None:
    Library.seen.clear()
    with SingleThreadedRunner[Any](System(pipes=[[School, Library]]), env=env) as runner:
        school, library = runner.get(School), runner.get(Library)
        course = school.open("Deutsch A1")
        school.join(course, "a")

        assert [item.id for item in school.notification_log["1,10"].items] == [1, 3]
        assert Library.seen == ["Course.Opened", "Course.Joined"]
        assert school.recorder.max_notification_id() == 3
        assert library.recorder.max_notification_id() == 2
        assert library.recorder.max_tracking_id("School") == 3
    [head] = _rows(database_url, "select position from log_head")
    assert head["position"] == 3


def test_a_subscription_outlives_its_connection(
    recorder: LogApplicationRecorder, database_url: str
) -> None:
    recorder.insert_events([_event(1)])
    with recorder.subscribe(gt=0) as subscription:
        assert next(subscription).id == 1
        for after in range(2, 6):
            _rows(
                database_url,
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where datname = current_database() and pid <> pg_backend_pid()",
            )
            recorder.insert_events([_event(1)])
            assert next(subscription).id == after


def test_what_was_recorded_before_the_answer_was_lost_is_recorded_once(
    env: dict[str, str],
) -> None:
    server = Path(env["POSTGRES_HOST"]) / f".s.PGSQL.{env['POSTGRES_PORT']}"
    with losing_answers(server, b"size_before") as (folder, way):
        beside = env | {"POSTGRES_HOST": str(folder), "POSTGRES_PORT": "5432"}
        with LogFactory(beside) as factory:
            recorder = factory.application_recorder()
            first, second = _event(1), _event(1)
            way.most = 1
            assert recorder.insert_events([first, second]) == [1, 2]
            assert way.lost == 1

            with pytest.raises(IntegrityError):
                recorder.insert_events([first])
            assert recorder.max_notification_id() == 2


async def test_the_record_of_kreislauf_takes_no_events_of_others(
    env: dict[str, str], county: dict[str, str]
) -> None:
    assert county
    with LogFactory(env) as factory, pytest.raises(ProgrammingError, match="database of its own"):
        factory.application_recorder().insert_events([_event(1)])


@pytest.mark.parametrize(
    ("variable", "value"), [("ORIGINATOR_ID_TYPE", "text"), ("POSTGRES_SCHEMA", "courses")]
)
def test_what_the_store_does_not_have_is_refused_by_name(
    env: dict[str, str], variable: str, value: str
) -> None:
    with pytest.raises(OSError, match=variable):
        LogFactory(env | {variable: value})


def test_a_recorder_class_must_extend_ours(env: dict[str, str]) -> None:
    topic = "eventsourcing.postgres:PostgresApplicationRecorder"
    with (
        LogFactory(env | {"APPLICATION_RECORDER_TOPIC": topic}) as factory,
        pytest.raises(OSError, match="LogApplicationRecorder"),
    ):
        factory.application_recorder()


def _event(version: int) -> StoredEvent:
    return StoredEvent(
        originator_id=uuid4(), originator_version=version, topic="course.opened", state=b"{}"
    )


def _line(row: dict[str, Any]) -> bytes:
    return record_line(
        position=row["position"],
        stream=row["originator_id"],
        version=row["originator_version"],
        recorded_at=row["recorded_at"],
        state=row["state"],
        topic=row["topic"],
    )


def _rows(database_url: str, query: str) -> list[dict[str, Any]]:
    with psycopg.connect(database_url) as connection:
        return connection.cursor(row_factory=dict_row).execute(query.encode()).fetchall()
