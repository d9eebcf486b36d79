"""What a company is told of its report: that it arrived, who sees to it, what is asked, the answer.

Other than people of the county, it is told also of what it did itself: the mail is its receipt.
"""

from collections.abc import Mapping, Sequence
from typing import TypeAlias
from uuid import UUID

from domain.kernel import Role
from domain.language_needs.events import (
    CompanyAnswered,
    CompanyAsked,
    HolderReminded,
    ReportAcknowledged,
    ReportSubmitted,
)
from domain.language_needs.events_end import ReportWithdrawn
from domain.language_needs.holder import Task
from services.eventstore.database import Connection
from services.eventstore.store import EventStore
from services.mail.audiences import Audience
from services.mail.company_contact import standing_after
from services.mail.news import News

CompanyNews: TypeAlias = (
    ReportSubmitted
    | ReportAcknowledged
    | CompanyAsked
    | CompanyAnswered
    | ReportWithdrawn
    | HolderReminded
)

TEMPLATE: Mapping[type[CompanyNews], str] = {
    ReportSubmitted: "report-received",
    ReportAcknowledged: "report-acknowledged",
    CompanyAsked: "report-question",
    CompanyAnswered: "report-answered",
    ReportWithdrawn: "report-withdrawn",
}
REMINDED: Mapping[Task, tuple[str, str]] = {
    Task.QUESTION: ("report-question", ""),
    Task.FOLLOW_UP_START: ("report-follow-up", "start"),
    Task.FOLLOW_UP_END: ("report-follow-up", "end"),
}
"""What the company hears of while the coordination, or it itself, is reminded."""

OF_A_STREAM = """
    select position, originator_id, originator_version, topic, state, recorded_at from event
    where originator_id = $1 order by originator_version
"""


async def of_company(
    store: EventStore, connection: Connection, report: UUID, event: CompanyNews
) -> Sequence[News]:
    """The contact of the report is told, if there is an address; nobody once it was erased."""
    template, which = _template(event)
    entries = await store.entries(await connection.fetch(OF_A_STREAM, report), connection)
    standing = standing_after([entry.event for entry in entries])
    to = standing.recipient if standing else None
    if not template or to is None or not to.address:
        return ()
    return [News(template=template, to=contact_of(report), facts={"which": which})]


def contact_of(report: UUID) -> Audience:
    """Whoever the report names, whom the id of the report stands for."""
    return Audience(role=Role.COMPANY, accounts=(report,))


def _template(event: CompanyNews) -> tuple[str, str]:
    """The mail, and which course's moment it is about, if it is about one."""
    if isinstance(event, HolderReminded):
        return REMINDED.get(event.holder.what, ("", ""))
    return TEMPLATE[type(event)], ""
