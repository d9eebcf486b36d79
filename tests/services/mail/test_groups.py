"""A working group's people are told: to call a meeting, of one that is called, of what is due."""

from datetime import UTC, datetime, time, timedelta
from uuid import UUID, uuid4

import pytest

from domain.kernel import Event, Role
from domain.steering.session_events import ItemsCalledFor, SessionKind, SessionScheduled
from domain.working_groups.commands import EstablishGroup, group_id
from domain.working_groups.events import (
    AgreementFellOverdue,
    AgreementMade,
    AgreementReminded,
    CallingReminded,
    MeetingCalled,
    MeetingCancelled,
    MeetingMoved,
    OrganisationLeft,
    ReportedBack,
)
from tests.domain.county import CARITAS, JOBCENTER
from tests.domain.steering.resolution_example import BODY
from tests.services.mail.conftest import Mailroom, person
from tests.services.mail.test_carrying import body
from tests.services.mail.test_notifying import Town
from tests.support.assessments import ask
from tests.support.days import ZONE, in_days
from tests.support.groups import MANDATE, record, resolve
from tests.support.office import Office

NOW = datetime.now(UTC).replace(microsecond=0)
NEXT = NOW + timedelta(days=20)
TEXT = "Eine einheitliche Sprachstandserhebung beginnt."


@pytest.fixture
async def town(mailroom: Mailroom, office: Office) -> Town:
    """Jule's organisation leads the group, Carla's and Lena's is a member of it."""
    people = {
        name: await person(mailroom.runtime, office, name, f"{name}@example.org", role)
        for name, role in (
            ("jule", (Role.ORGANISATION_MEMBER, JOBCENTER)),
            ("carla", (Role.ORGANISATION_MEMBER, CARITAS)),
            ("lena", (Role.COLLEGE, CARITAS)),
            ("karin", (Role.COORDINATOR, JOBCENTER)),
        )
    }
    return Town(office, mailroom, people)


@pytest.fixture
async def group(town: Town) -> UUID:
    runtime = town.mailroom.runtime
    resolution = await resolve(runtime, MANDATE, NOW, owner=JOBCENTER)
    await ask(runtime, EstablishGroup(resolution=resolution), at=NOW)
    assert ("jule", "mandate-given") in await town.told()
    return group_id(resolution)


async def told_of(town: Town, group: UUID, event: Event) -> list[tuple[str, str]]:
    await record(town.mailroom.runtime, group, event, at=NOW)
    return await town.told()


async def read_by(town: Town, name: str) -> str:
    """The last mail somebody got, with its subject."""
    await town.mailroom.postman().carry_all()
    mail = town.mailroom.sink.sent_to(f"{name}@example.org")[-1]
    return " ".join(f"{mail['Subject']} {body(mail, 'plain')}".split())


async def test_the_lead_is_asked_to_call_a_meeting_and_everybody_is_told_of_it(
    town: Town, group: UUID
) -> None:
    reminded = CallingReminded(
        group=group, school_year="2026/27", moment=NOW, meetings=1, planned=3
    )
    assert await told_of(town, group, reminded) == [("jule", "group-call")]
    mail = await read_by(town, "jule")
    assert "einberufen ist bisher 1." in mail
    assert f"/steuerung/arbeitsgruppen/{group}" in mail
    called = MeetingCalled(group=group, meeting=1, starts_at=NEXT, place="Kreishaus")
    everybody = ["carla", "jule", "lena"]
    template = "group-meeting-called"
    assert await told_of(town, group, called) == [(name, template) for name in everybody]
    assert "Jobcenter lädt zum nächsten Treffen" in await read_by(town, "lena")
    moved = MeetingMoved(group=group, meeting=1, starts_at=NEXT, place="Rathaus", reason="Belegt")
    template = "group-meeting-moved"
    assert await told_of(town, group, moved) == [(name, template) for name in everybody]
    assert "Ort: Rathaus" in await read_by(town, "carla")
    cancelled = MeetingCancelled(group=group, meeting=1, reason="Krank")
    template = "group-meeting-cancelled"
    assert await told_of(town, group, cancelled) == [(name, template) for name in everybody]


async def test_who_is_in_a_group_on_the_day_of_a_meeting_is_asked_for_the_county_day(
    town: Town, group: UUID
) -> None:
    """Half past midnight is still the day before on the clock of UTC."""
    left = OrganisationLeft(group=group, organisation=CARITAS, until=in_days(39), reason="Umzug")
    await told_of(town, group, left)
    just_after = datetime.combine(in_days(40), time(0, 30), ZONE)
    called = MeetingCalled(group=group, meeting=1, starts_at=just_after, place="Kreishaus")
    assert await told_of(town, group, called) == [("jule", "group-meeting-called")]


async def test_who_took_something_on_is_reminded_and_what_is_overdue_goes_further(
    town: Town, group: UUID
) -> None:
    made = AgreementMade(
        group=group, agreement=1, meeting=1, text=TEXT, owner=CARITAS, due=NEXT, reminders=(NOW,)
    )
    assert await told_of(town, group, made) == []
    reminded = AgreementReminded(group=group, agreement=1, moment=NOW)
    owners = ["carla", "lena"]
    assert await told_of(town, group, reminded) == [(name, "agreement-reminder") for name in owners]
    mail = await read_by(town, "carla")
    assert f"„{TEXT}“" in mail
    assert f"/steuerung/arbeitsgruppen/{group}/vereinbarungen/1" in mail
    overdue = AgreementFellOverdue(group=group, agreement=1, due=NEXT)
    assert await told_of(town, group, overdue) == [
        (name, "agreement-overdue") for name in ("carla", "jule", "karin", "lena")
    ]
    assert "Caritas hat übernommen:" in await read_by(town, "karin")


async def test_with_the_call_for_items_the_lead_is_asked_for_a_report_unless_it_is_there(
    town: Town, group: UUID
) -> None:
    runtime, session = town.mailroom.runtime, uuid4()
    scheduled = SessionScheduled(
        session=session,
        body=BODY,
        key="zweite",
        title="Zweite Sitzung",
        kind=SessionKind.MEETING,
        starts_at=NEXT,
    )
    await record(runtime, session, scheduled, at=NOW)
    await town.told()
    called = ItemsCalledFor(until=NEXT - timedelta(days=5), reminders=())
    await record(runtime, session, called, at=NOW)
    assert ("jule", "group-report-due") in await town.told()
    assert "Die Sitzung „Zweite Sitzung“ ist" in await read_by(town, "jule")
    reported = ReportedBack(group=group, report=1, session=session, text="Sie läuft.")
    assert await told_of(town, group, reported) == [("karin", "group-reported")]
    await record(runtime, session, called, at=NOW)
    assert "group-report-due" not in {template for _, template in await town.told()}
