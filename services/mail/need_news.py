"""What the county's people and its partners are told of a company's report: whose turn it is."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from domain.kernel import Role
from domain.language_needs.events import (
    Escalated,
    HolderReminded,
    QuestionAnswered,
    ReferralAnswered,
    ReferralRecalled,
    ReportChanged,
    ReportReferred,
    ReportSubmitted,
)
from domain.language_needs.events_end import ReportReopened, ReportWithdrawn
from domain.language_needs.holder import Holder, HolderKind, Task
from services.eventstore.database import Connection
from services.eventstore.store import EventStore
from services.mail.audiences import COORDINATORS, Audience, members_of, these
from services.mail.kinds import TARGET
from services.mail.news import News
from services.mail.targets import REPORTS, report_page

Returned: TypeAlias = ReportChanged | ReferralAnswered | QuestionAnswered | ReportReopened
NeedNews: TypeAlias = (
    ReportSubmitted
    | Returned
    | ReportReferred
    | ReferralRecalled
    | ReportWithdrawn
    | HolderReminded
    | Escalated
)

ADMINISTRATORS = Audience(role=Role.ADMINISTRATOR)
FOLLOW_UPS = frozenset({Task.FOLLOW_UP_START, Task.FOLLOW_UP_END})
FIRST_EVENT = """
    select position, originator_id, originator_version, topic, state, recorded_at from event
    where originator_id = $1 order by originator_version limit 1
"""


async def of_report(
    store: EventStore, connection: Connection, report: UUID, event: NeedNews
) -> Sequence[News]:
    """What is told of an event of this report. No mail says which company it is."""
    [first] = await store.entries(await connection.fetch(FIRST_EVENT, report), connection)
    if not isinstance(first.event, ReportSubmitted):
        return ()
    return _Telling(report, first.event.reference).of(event)


class _Telling:
    """Mails about one report, which is named by its reference."""

    def __init__(self, report: UUID, reference: str) -> None:
        self._report = report
        self._reference = reference

    def of(self, event: NeedNews) -> Sequence[News]:
        match event:
            case ReportSubmitted(holder=holder):
                return [self._news("report-arrived", COORDINATORS, holder)]
            case ReportReferred(holder=holder):
                return [self._news("referral-asked", members_of(holder.organisation), holder)]
            case ReferralRecalled(organisation=partner):
                return self._called_off(partner)
            case ReportWithdrawn(called_off=partner):
                taken_back = self._plain("report-taken-back", COORDINATORS)
                return [taken_back, *self._called_off(partner)]
            case HolderReminded(holder=holder):
                return self._reminded(holder)
            case Escalated():
                return self._climbed(event)
            case _:
                return self._returned(event)

    def _returned(self, event: Returned) -> Sequence[News]:
        """It is with the coordination again. A change in between does not always hand it on."""
        why = event.TOPIC.partition(".")[2]
        partner = event.organisation if isinstance(event, ReferralAnswered) else ""
        called_off = event.called_off if isinstance(event, ReportChanged) else ""
        told = self._called_off(called_off)
        if event.holder.kind is HolderKind.COORDINATION:
            to = _who_sees_to_it(event.holder)
            returned = self._news(
                "report-returned", to, event.holder, why=why, organisation=partner
            )
            return [returned, *told]
        return told

    def _reminded(self, holder: Holder) -> Sequence[News]:
        match holder.kind:
            case HolderKind.COORDINATION:
                is_follow_up = holder.what in FOLLOW_UPS
                template = "report-follow-up-due" if is_follow_up else "report-reminder"
                return [self._news(template, _who_sees_to_it(holder), holder)]
            case HolderKind.PARTNER:
                return [self._news("referral-reminder", members_of(holder.organisation), holder)]
            case HolderKind.COMPANY:
                return ()

    def _climbed(self, event: Escalated) -> Sequence[News]:
        """First whoever holds it and the coordination are told, then the administrators too."""
        is_first = event.level == 1
        template = "report-overdue" if is_first else "report-escalated"
        audiences = [COORDINATORS] if is_first else [COORDINATORS, ADMINISTRATORS]
        if event.holder.kind is HolderKind.PARTNER:
            audiences.append(members_of(event.holder.organisation))
        return [self._news(template, to, event.holder, level=str(event.level)) for to in audiences]

    def _called_off(self, partner: str) -> list[News]:
        """A partner need not answer any more."""
        if not partner:
            return []
        to = members_of(partner)
        return [self._plain("referral-recalled", to, organisation=partner, target=REPORTS)]

    def _news(self, template: str, to: Audience, holder: Holder, **more: str) -> News:
        about = {"organisation": holder.organisation, **more}
        return self._plain(template, to, what=holder.what.value, due=_written(holder.due), **about)

    def _plain(self, template: str, to: Audience, target: str = "", **facts: str) -> News:
        to_page = target or report_page(self._report)
        about = {"reference": self._reference, TARGET: to_page, **facts}
        return News(template=template, to=to, facts=about)


def _who_sees_to_it(holder: Holder) -> Audience:
    """The coordinator named to the company, as long as nobody is named all of them."""
    return these([holder.account]) if holder.account else COORDINATORS


def _written(moment: datetime) -> str:
    return moment.isoformat()
