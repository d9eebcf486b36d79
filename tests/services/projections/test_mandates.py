"""What the lists know of resolutions and need reviews."""

from typing import get_args

from domain.steering.need_review_events import NeedReviewEvent
from domain.steering.resolution_events import ResolutionEvent
from services.projections.mandates import Mandates
from services.projections.runner import ProjectionRunner
from services.runtime import Runtime
from tests.support.office import Office
from tests.support.whole_mandates import decide_and_follow_up


async def test_the_views_of_mandates_built_again_are_those_built_event_by_event(
    unfollowed: Runtime, office: Office
) -> None:
    await decide_and_follow_up(office)
    entries = await unfollowed.store.read(0, topics=Mandates.topics, limit=1000)
    events = {*get_args(ResolutionEvent), *get_args(NeedReviewEvent)}
    assert {type(entry.event) for entry in entries} == events, "one of each, or this says little"
    async with unfollowed.pool.acquire() as connection:
        for entry in entries:
            await Mandates().apply(connection, [entry])
    one_by_one = await _rows(unfollowed)
    assert all(one_by_one.values())
    await ProjectionRunner(unfollowed.pool, unfollowed.store, Mandates()).rebuild()
    assert await _rows(unfollowed) == one_by_one


async def test_a_row_says_what_has_become_of_it(unfollowed: Runtime, office: Office) -> None:
    await decide_and_follow_up(office)
    await unfollowed.read_models.catch_up()
    fetch = unfollowed.pool.fetch
    resolutions = await fetch(
        "select kind, standing, owner, shown, cardinality(shown_to) as sessions"
        " from resolution order by place"
    )
    assert [tuple(row.values()) for row in resolutions] == [
        ("commission", "annulled", "jobcenter", None, 0),
        ("establish-working-group", "open", "jobcenter", None, 0),
        ("report-to-ministry", "revoked", "caritas", "open", 1),
        ("revoke-resolution", "settled", "", None, 0),
    ]
    proposals = await fetch("select stage from need_review_proposal order by proposal")
    assert [row["stage"] for row in proposals] == ["resolved", "turned-down", "dropped"]
    reviews = await fetch("select stage, outcome, meetings from need_review order by place")
    assert [tuple(row.values()) for row in reviews] == [
        ("closed", "group-needed", 1),
        ("abandoned", None, 0),
    ]


async def _rows(runtime: Runtime) -> dict[str, list[str]]:
    return {
        table: sorted(
            row[0]
            for row in await runtime.pool.fetch(f"select t::text from {table} t")  # noqa: S608 (our own tables)
        )
        for table in Mandates.tables
    }
