"""What decisions about the reports of companies look at beside the report itself."""

from collections.abc import Iterable
from typing import get_args
from uuid import UUID

import msgspec

from domain.calendar import Calendar
from domain.course_offers.decide import COURSE_OFFER
from domain.directory.account import ACCOUNT
from domain.findings.decide_finding import FINDING
from domain.findings.decide_theme import THEME
from domain.kernel import Context, Role
from domain.language_needs.commands import (
    AcknowledgeReport,
    AnswerCompany,
    ChangeReport,
    NoteUnmetNeed,
    ProposeOffer,
    ReferReport,
    ReportCommand,
    SubmitReport,
    TriageReport,
)
from domain.language_needs.context import ReportContext
from domain.language_needs.decide import COMPANY_REPORT
from domain.language_needs.look import CONTACT_LOOK, NoteContactLook
from domain.language_needs.report import CompanyReport
from domain.language_needs.submitting import named_municipalities, named_organisations
from services.contexts.asking import Asked, Contexts, plain
from services.contexts.streams import Streams
from services.eventstore.store import NOW, EventStore, Moment
from services.orders import Order


class NeedContexts(Contexts):
    """Replays from the log what is named in a command."""

    def __init__(self, store: EventStore, calendar: Calendar) -> None:
        self._streams = Streams(store)
        self._calendar = calendar

    def table(self) -> Asked:
        return {
            **dict.fromkeys(get_args(ReportCommand), (COMPANY_REPORT, self._context)),
            NoteContactLook: (CONTACT_LOOK, plain),
        }

    async def area(self, order: Order, state: object) -> object:
        """Whoever looks at a contact stands in a relation to its report, not to earlier looks."""
        match order.command:
            case NoteContactLook(report=report):
                return await self.report(report)
            case _:
                return state

    async def report(self, report: UUID, until: Moment = NOW) -> CompanyReport:
        return await self._streams.state(COMPANY_REPORT, report, until)

    async def _context(self, command: ReportCommand, context: Context) -> ReportContext:
        basis = ReportContext(at=context.at, by=context.by, calendar=self._calendar)
        match command:
            case SubmitReport(need=need) | ChangeReport(need=need):
                return msgspec.structs.replace(
                    basis,
                    municipalities=await self._municipalities(named_municipalities(command)),
                    organisations=await self._streams.organisations(named_organisations(need)),
                )
            case TriageReport(routes=routes):
                organisations = await self._streams.organisations(routes)
                return msgspec.structs.replace(basis, organisations=organisations)
            case ReferReport(organisation=organisation):
                organisations = await self._streams.organisations([organisation])
                return msgspec.structs.replace(basis, organisations=organisations)
            case AcknowledgeReport(contact_person=account):
                is_coordinator = await self._is_coordinator(account, context)
                return msgspec.structs.replace(basis, is_coordinator=is_coordinator)
            case ProposeOffer(offer=offer) | AnswerCompany(offer=offer) if offer is not None:
                return msgspec.structs.replace(
                    basis, offer=await self._streams.state(COURSE_OFFER, offer)
                )
            case NoteUnmetNeed():
                return await self._of_unmet_need(command, basis)
            case _:
                return basis

    async def _municipalities(self, named: Iterable[str]) -> frozenset[str]:
        return frozenset({ags for ags in named if (await self._streams.municipality(ags)).ags})

    async def _is_coordinator(self, account: str, context: Context) -> bool:
        """Whether this is somebody who holds the role at this moment. What is no id is nobody."""
        try:
            stream = UUID(account)
        except ValueError:
            return False
        grants = (await self._streams.state(ACCOUNT, stream)).grants
        return any(g.role is Role.COORDINATOR and g.holds_at(context.at) for g in grants)

    async def _of_unmet_need(self, command: NoteUnmetNeed, basis: ReportContext) -> ReportContext:
        named = msgspec.structs.replace(
            basis, municipalities=await self._municipalities([command.municipality])
        )
        if command.theme is not None:
            theme = await self._streams.state(THEME, command.theme)
            named = msgspec.structs.replace(named, theme=theme)
        if command.finding is not None:
            finding = await self._streams.state(FINDING, command.finding)
            named = msgspec.structs.replace(named, finding=finding)
        return named
