"""A view built event by event is the view built again from the first event."""

from collections.abc import Mapping

from services.eventstore.catalogue import EVENTS
from services.identity.addresses import AddressKey
from services.projections.assessments import Assessments
from services.projections.bodies import Bodies
from services.projections.company_reports import CompanyReports
from services.projections.concepts import Concepts
from services.projections.course_offers import CourseOffers
from services.projections.course_pools import CoursePools
from services.projections.directory import Directory
from services.projections.findings import Findings
from services.projections.goals import GoalYears
from services.projections.groups import WorkingGroups
from services.projections.mandates import Mandates
from services.projections.oparl import OpenData
from services.projections.posts import Posts
from services.projections.projection import Projection
from services.projections.record import Trail
from services.projections.retention import Retention
from services.projections.runner import ProjectionRunner
from services.projections.sessions import SteeringSessions
from services.runtime import Runtime
from tests.support.office import Office
from tests.support.whole_history import live_through_everything

PLAIN = (
    Concepts,
    Assessments,
    Findings,
    Bodies,
    SteeringSessions,
    Mandates,
    WorkingGroups,
    GoalYears,
    CourseOffers,
    CompanyReports,
    CoursePools,
    Posts,
    Trail,
    Retention,
)
"""Those that are made of nothing but the log."""

KINDS = (Directory, OpenData, *PLAIN)
TABLES = sorted(table for kind in KINDS for table in kind.tables)

NO_VIEWS = (
    *("event", "log_head", "receipt", "tile", "tracking"),
    *("master_key", "subject_key", "address_key"),
    *("intake_key", "report_intake", "report_link"),
    *("ledger_key", "checkpoint", "cosignature", "checkpoint_time"),
    *(
        "snapshot",
        "library_event",
        "library_snapshot",
        "library_tracking",
        "operation",
        "pool_search",
    ),
    *(
        "attempt",
        "credential",
        "one_time_link",
        "rate_limit",
        "recovery_code",
        "second_factor",
        "security_log",
        "web_session",
    ),
    *("mail", "mail_choice", "mail_way"),
    *("oidc_identity", "oidc_session", "oidc_used_token"),
    *("audit_task", "feedback"),
)
"""The log itself, what cannot be made from it, and what is kept to load it sooner."""

Rows = Mapping[str, list[str]]


async def test_a_view_built_as_things_happened_is_the_view_built_again_from_zero(
    runtime: Runtime,
) -> None:
    """`runtime` follows the log, so the views were built in many small steps."""
    office = Office(runtime.desk)
    await office.set_up()
    await live_through_everything(office)
    head = await runtime.store.head()
    assert await runtime.read_models.reached(head)
    as_it_happened = await _rows(runtime)
    await runtime.read_models.rebuild()
    assert await runtime.read_models.reached(head)
    assert await _rows(runtime) == as_it_happened
    assert all(as_it_happened.values()), "every table has rows, or this says nothing"


async def test_a_view_built_one_event_at_a_time_is_the_same_too(
    unfollowed: Runtime, office: Office
) -> None:
    await live_through_everything(office)
    # Decisions that look at a view have it catch up before.
    await unfollowed.pool.execute(f"truncate {', '.join(TABLES)}")
    entries = await unfollowed.store.read(0)
    for entry in entries:
        async with unfollowed.pool.acquire() as connection:
            for projection in _projections(unfollowed):
                await projection.apply(connection, [entry])
    one_by_one = await _rows(unfollowed)
    await unfollowed.read_models.rebuild()
    assert await _rows(unfollowed) == one_by_one


async def test_the_whole_history_holds_an_event_of_every_topic(
    unfollowed: Runtime, office: Office
) -> None:
    await live_through_everything(office)
    seen = {entry.event.TOPIC for entry in await unfollowed.store.read(0)}
    assert seen == {event.TOPIC for event in EVENTS}


async def test_every_table_but_those_of_the_log_belongs_to_one_projection(
    unfollowed: Runtime,
) -> None:
    rows = await unfollowed.pool.fetch(
        "select tablename from pg_tables where schemaname = 'public'"
        " and tablename !~ 'yoyo' and tablename <> all($1)",
        NO_VIEWS,
    )
    assert sorted(row["tablename"] for row in rows) == TABLES


async def test_rebuilding_one_view_leaves_the_others_alone(
    unfollowed: Runtime, office: Office
) -> None:
    await live_through_everything(office)
    await unfollowed.read_models.catch_up()
    before = await _rows(unfollowed)
    await unfollowed.pool.execute("truncate concept, request, framework_edition")
    runner = ProjectionRunner(unfollowed.pool, unfollowed.store, Concepts())
    assert await runner.rebuild() == await unfollowed.store.head()
    assert await _rows(unfollowed) == before


def _projections(runtime: Runtime) -> tuple[Projection, ...]:
    return (
        Directory(AddressKey(runtime.master)),
        OpenData(runtime.calendar.zone),
        *(kind() for kind in PLAIN),
    )


async def _rows(runtime: Runtime) -> Rows:
    """Every row of every view as text, in an order that does not depend on how it was built."""
    return {
        table: sorted(
            row[0]
            for row in await runtime.pool.fetch(f"select t::text from {table} t")  # noqa: S608 (our own tables)
        )
        for table in TABLES
    }
