from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time

import pytest

from domain.course_offers.commands import offer_id
from domain.course_offers.decide import COURSE_OFFER
from domain.course_offers.offer import Standing, Unknown, standing_on
from domain.course_pools.decide import COURSE_POOL
from domain.course_pools.pool import Proposed
from domain.language_needs.decide import COMPANY_REPORT
from domain.language_needs.report import Held, stage_of
from services.contexts.streams import Streams
from services.demo.county import load_county, paderborn
from services.demo.needs import needs_of_paderborn
from services.demo.needs_month import Month, load_needs
from services.demo.steering import steering_of_paderborn
from services.demo.steering_year import load_steering
from services.runtime import Runtime
from tests.support.days import ZONE, in_days, today

NEEDS = needs_of_paderborn()
STAGES = {
    "received": 2,
    "acknowledged": 1,
    "triaged": 4,
    "referred": 2,
    "asked": 1,
    "answered": 1,
    "running": 1,
    "closed": 4,
    "withdrawn": 1,
}
STANDINGS = {
    Standing.CURRENT: 7,
    Standing.UNCHECKED: 1,
    Standing.FULL: 1,
    Standing.CLOSED: 1,
    Standing.BEGUN: 1,
}
SUNDAY, EASTER_MONDAY, AFTER_A_HOLIDAY = date(2026, 12, 20), date(2027, 3, 29), date(2027, 1, 4)


@pytest.fixture
async def demo(runtime: Runtime) -> Runtime:
    """The county and its steering, as the demo has loaded them before."""
    async for _ in load_county(runtime.desk, paderborn()):
        pass
    steering = steering_of_paderborn()
    async for _ in load_steering(runtime.desk, runtime.store, paderborn(), steering):
        pass
    return runtime


async def load(demo: Runtime, day: date) -> Sequence[str]:
    loaded = load_needs(demo.desk, demo.store, demo.calendar, paderborn(), NEEDS, day)
    return [line async for line in loaded]


@pytest.mark.parametrize("day", [today(), SUNDAY, EASTER_MONDAY, AFTER_A_HOLIDAY], ids=str)
async def test_the_month_shows_reports_and_courses_as_they_stand_on_any_day(
    demo: Runtime, day: date
) -> None:
    before = await demo.store.head()
    await load(demo, day)
    streams = Streams(demo.store)
    reports = [await streams.state(COMPANY_REPORT, one.report) for one in NEEDS.reports]
    assert Counter(map(stage_of, reports)) == STAGES
    climbed = [one.climb.level for one in reports if isinstance(one, Held) and one.climb.level]
    assert sorted(climbed) == [1, 3]
    offers = [
        await streams.state(COURSE_OFFER, offer_id(one.source, one.key)) for one in NEEDS.offers
    ]
    known = [one for one in offers if not isinstance(one, Unknown)]
    assert Counter(standing_on(one, day) for one in known) == STANDINGS
    [pool] = [await streams.state(COURSE_POOL, one.pool) for one in NEEDS.shared]
    assert isinstance(pool, Proposed)
    midnight = datetime.combine(day, time(), ZONE)
    recorded = await demo.store.read(before, limit=1000)
    assert all(entry.metadata.occurred_at < midnight for entry in recorded)
    assert {entry.metadata.source for entry in recorded} == {NEEDS.source}


async def test_loaded_again_the_month_stays_where_it_was(demo: Runtime) -> None:
    first = await load(demo, today())
    head = await demo.store.head()
    assert await load(demo, in_days(5)) == first
    assert await demo.store.head() == head


async def test_a_month_that_was_interrupted_goes_on_another_day(demo: Runtime) -> None:
    month = Month(demo.desk, demo.store, demo.calendar, paderborn(), NEEDS)
    await month.begin(today())
    for offer in NEEDS.offers[:2]:
        await month.enter(offer)
    assert len(await load(demo, in_days(5))) == 3
    assert await load(demo, today())


def test_every_company_says_that_it_is_invented() -> None:
    said = [step.facts for one in NEEDS.reports for step in one.steps if "company" in step.facts]
    assert len(said) == len(NEEDS.reports)
    assert all("(erfunden)" in str(facts["company"]) for facts in said)
    assert all("(erfunden)" in str(facts["contact"]) for facts in said)
    assert all("(erfunden)" in str(offer.details["provider"]) for offer in NEEDS.offers)
