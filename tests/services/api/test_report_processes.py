"""Whoever keeps the service running sees what a company's report waits for, on the page too."""

from datetime import UTC, datetime

from domain.language_needs.commands import SubmitReport
from domain.language_needs.events import Channel
from domain.language_needs.reference import reference_of, report_id
from services.identity.company import company
from tests.support.assessments import ask
from tests.support.report_years import CONTACT, FIRM, NEED
from tests.support.stack import Stack

REFERENCE = reference_of(5)
REPORT = report_id(REFERENCE)


async def test_a_report_is_among_the_running_processes(stack: Stack) -> None:
    now = datetime.now(UTC)
    submission = SubmitReport(
        report=REPORT,
        reference=REFERENCE,
        channel=Channel.FORM,
        company=FIRM,
        contact=CONTACT,
        need=NEED,
        confirmed_at=now,
    )
    await ask(stack.runtime, submission, company(REPORT), now)

    page = await stack.revision.read("/processes", at_least=await stack.head())
    [mine] = [one for one in page["items"] if one["subject"] == str(REPORT)]
    assert mine["id"] == f"company-report/{REPORT}"
    assert (mine["kind"], mine["title"]) == ("company-report", REFERENCE)
    assert (mine["stage"], mine["next_step"]) == ("received", "remind")

    told = await stack.revision.read(f"/audit/processes/{REPORT}")
    assert REFERENCE in told["title"]
    facts = {fact["key"]: fact["value"] for fact in told["facts"]}
    assert facts["stage"] == "eingegangen"
    assert FIRM.name not in str(told)
    assert CONTACT.name not in str(told)
