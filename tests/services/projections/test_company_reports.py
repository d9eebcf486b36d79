"""Companies' reports at a glance follow from the log alone, and hold nothing personal."""

from domain.language_needs.events import Escalated, HolderReminded
from services.projections.company_reports import STAGES, CompanyReports
from services.projections.runner import ProjectionRunner
from services.runtime import Runtime
from tests.domain.language_needs.example import (
    ACKNOWLEDGED,
    CONTACT,
    FIRM,
    PARTNER,
    REFERRED,
    REPORT_ID,
    SUBMITTED,
    TRIAGED,
)
from tests.support.steering_log import SteeringLog


async def test_rebuilding_gives_the_same_rows_without_who_the_company_is(
    unfollowed: Runtime,
) -> None:
    log = SteeringLog(unfollowed.store)
    await log.record(REPORT_ID, SUBMITTED, ACKNOWLEDGED, TRIAGED, REFERRED)
    reminded = HolderReminded(report=REPORT_ID, due=PARTNER.due, what=PARTNER.what, holder=PARTNER)
    climbed = Escalated(
        report=REPORT_ID,
        due=PARTNER.due,
        level=2,
        what=PARTNER.what,
        holder=PARTNER,
        at=PARTNER.due,
    )
    await log.record(REPORT_ID, reminded, climbed)
    await unfollowed.read_models.catch_up()
    before = await _rows(unfollowed)
    await ProjectionRunner(unfollowed.pool, unfollowed.store, CompanyReports()).rebuild()
    assert await _rows(unfollowed) == before
    assert all(secret not in str(before) for secret in (FIRM.name, CONTACT.name, CONTACT.email))
    row = await unfollowed.pool.fetchrow("select * from company_report")
    assert row is not None
    assert (row["stage"], row["holder_organisation"], row["due"], row["level"]) == (
        STAGES[PARTNER.what],
        PARTNER.organisation,
        PARTNER.due,
        2,
    )
    assert (row["learners"], row["version"]) == (SUBMITTED.need.learners, 6)


async def _rows(runtime: Runtime) -> list[str]:
    """Every row of the tables as text."""
    tables = [f"select t::text from {table} t order by 1" for table in CompanyReports.tables]  # noqa: S608 (our own tables)
    return [row[0] for query in tables for row in await runtime.pool.fetch(query)]
