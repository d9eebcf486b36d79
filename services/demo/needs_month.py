"""Carry the month of companies' reports over into the log, dated as if it had just gone by."""

from collections.abc import AsyncIterator, Mapping
from datetime import date, datetime, time, timedelta
from operator import itemgetter
from typing import NamedTuple, cast, get_args
from uuid import NAMESPACE_URL, UUID, uuid5

import msgspec

from domain.calendar import Calendar, working_days_after, working_days_before
from domain.course_offers.commands import EnterOffer, offer_id
from domain.course_pools.commands import AgreeToPool, ProposePool
from domain.course_pools.details import PoolCourse, PoolMember
from domain.findings.commands_theme import theme_id
from domain.kernel import NAMESPACE, Command
from domain.language_needs.commands import EscalateReport, RemindHolder, ReportCommand, SubmitReport
from domain.language_needs.course import course_of
from domain.language_needs.decide import COMPANY_REPORT
from services.contexts.streams import Streams
from services.demo.county import County
from services.demo.needs import COORDINATOR, Needs, OfferKnown, Reported, Shared, Step
from services.desk import Desk
from services.eventstore.store import EventStore
from services.identity.company import company
from services.identity.principal import CONSOLE, Principal, process
from services.orders import Order
from workflows.language_need import workflow_id

CORRELATION = str(uuid5(NAMESPACE_URL, "kreislauf-demo-needs"))
COMMANDS: Mapping[str, type[Command]] = {kind.__name__: kind for kind in get_args(ReportCommand)}
DAYS = frozenset({"starts_on", "ends_on", "apply_until", "due", "start"})
OPENS, ENDS = time(8), time(18, 30)
COMPANY = "company"


class Month:
    """The working days up to the one it is loaded on, and who did what on them."""

    def __init__(
        self, desk: Desk, store: EventStore, calendar: Calendar, county: County, needs: Needs
    ) -> None:
        self._desk = desk
        self._streams = Streams(store)
        self._store = store
        self._calendar = calendar
        self._needs = needs
        self._offers = {offer.key: offer_id(offer.source, offer.key) for offer in needs.offers}
        self._people = {person.key: person for person in county.people.items}
        self._last = date.min

    async def begin(self, today: date) -> None:
        """It ends on this day, or on the day it was loaded first; a day off counts as the next."""
        first = self._needs.offers[0]
        begun_on = working_days_before(self._calendar, today, first.on)
        for entry in (await self._store.load(self._offers[first.key]))[:1]:
            begun_on = entry.metadata.occurred_at.astimezone(self._calendar.zone).date()
        self._last = working_days_after(self._calendar, begun_on, first.on)

    async def enter(self, offer: OfferKnown) -> None:
        as_of = self._day(-offer.on)
        facts = {
            "source": offer.source,
            "key": offer.key,
            "details": self._filled(offer.details),
            "as_of": as_of,
            "expires": None if offer.expires is None else self._day(offer.expires),
        }
        command = msgspec.convert(facts, EnterOffer)
        await self._hand_in(command, CONSOLE, self._moment(offer.on, OPENS))

    async def take(self, reported: Reported, step: Step) -> None:
        """Before it, time passed: whoever held the report was reminded, or it climbed."""
        at = self._moment(step.on, step.at)
        await self.pass_until(reported.report, at)
        await self._hand_in(self._command(reported, step, at), self._who(reported, step), at)

    async def share(self, shared: Shared) -> None:
        """The coordination asks the companies; some have agreed since."""
        reports = {reported.key: reported.report for reported in self._needs.reports}
        command = ProposePool(
            pool=shared.pool,
            course=msgspec.convert(self._filled(shared.course), PoolCourse),
            members=tuple(
                PoolMember(report=reports[key], learners=learners)
                for key, learners in shared.members.items()
            ),
        )
        await self._hand_in(command, self._person(COORDINATOR), self._moment(shared.on, shared.at))
        for one in shared.agreed:
            agreeing = AgreeToPool(pool=shared.pool, report=reports[one.key])
            at = self._moment(one.on, one.at)
            await self._hand_in(agreeing, company(agreeing.report), at)

    async def pass_until(self, report: UUID, moment: datetime) -> None:
        """What the report's process would have done by then."""
        while True:
            state = await self._streams.state(COMPANY_REPORT, report)
            course = course_of(state, self._calendar)
            if course.climbs_at is None or course.due is None:
                return
            reminds = course.remind_at is not None and course.remind_at < course.climbs_at
            at = course.remind_at if reminds and course.remind_at else course.climbs_at
            if at >= moment:
                return
            command: Command = EscalateReport(report=report, due=course.due, level=course.level)
            if reminds:
                command = RemindHolder(report=report, due=course.due)
            await self._hand_in(command, process(workflow_id(report)), at)

    async def end(self) -> None:
        """On the evening before it is loaded. What is due since then, the processes see to."""
        for reported in self._needs.reports:
            await self.pass_until(reported.report, self._moment(1, ENDS))

    def _command(self, reported: Reported, step: Step, at: datetime) -> Command:
        facts = {"report": reported.report, **self._filled(step.facts)}
        if step.do == SubmitReport.__name__:
            facts["reference"] = reported.reference
            facts["confirmed_at"] = at if step.by == COMPANY else None
        return msgspec.convert(facts, COMMANDS[step.do])

    def _filled(self, facts: Mapping[str, object]) -> dict[str, object]:
        """With days in place of distances, and ids in place of keys."""
        return {name: self._fact(name, value) for name, value in facts.items()}

    def _fact(self, name: str, value: object) -> object:
        match name, value:
            case "contact_person", str(key):
                return str(self._people[key].account)
            case "offer", str(key):
                return self._offers[key]
            case "theme", str(key):
                return theme_id(key)
            case _, int(count) if name in DAYS:
                return self._day(count)
            case _, dict():
                filled = self._filled(cast("Mapping[str, object]", value))
                return {"type": "contact", **filled} if name == "contact" else filled
            case _:
                return value

    def _who(self, reported: Reported, step: Step) -> Principal:
        if step.by == COMPANY:
            return company(reported.report)
        return self._person(step.by)

    def _person(self, key: str) -> Principal:
        person = self._people[key]
        return Principal(account=str(person.account), grants=person.grants, signed_in="console")

    def _day(self, count: int) -> date:
        if count < 0:
            return working_days_before(self._calendar, self._last, -count)
        return self._last + timedelta(days=count - self._last.weekday())

    def _moment(self, days_ago: int, at: time) -> datetime:
        return datetime.combine(self._day(-days_ago), at, self._calendar.zone)

    async def _hand_in(self, command: Command, by: Principal, at: datetime) -> None:
        content = msgspec.json.encode(command).decode()
        await self._desk.handle(
            Order(
                command=command,
                command_id=uuid5(NAMESPACE, f"demo/{type(command).__name__}/{content}"),
                principal=by,
                at=at,
                correlation=CORRELATION,
                source=self._needs.source,
            )
        )


class _Taken(NamedTuple):
    """A step of a report and when it is taken: later ones have a smaller `order`."""

    order: tuple[int, time]
    reported: Reported
    step: Step


async def load_needs(
    desk: Desk,
    store: EventStore,
    calendar: Calendar,
    county: County,
    needs: Needs,
    today: date,
) -> AsyncIterator[str]:
    """Record the month, saying what was done. Doing it again records nothing new."""
    month = Month(desk, store, calendar, county, needs)
    await month.begin(today)
    for offer in needs.offers:
        await month.enter(offer)
    yield f"{len(needs.offers)} erfundene Kurse, einer davon ist seit Langem ungeprüft"
    taken = [
        _Taken((-step.on, step.at), reported, step)
        for reported in needs.reports
        for step in reported.steps
    ]
    for _, reported, step in sorted(taken, key=itemgetter(0)):
        await month.take(reported, step)
    await month.end()
    yield f"{len(needs.reports)} Meldungen erfundener Unternehmen aus den letzten vier Wochen"
    for shared in needs.shared:
        await month.share(shared)
    yield f"{len(needs.shared)} Kurs, den einige davon gemeinsam füllen könnten"
