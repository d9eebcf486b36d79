"""People on seats are told of their sessions, and owners of what they have to see to."""

from datetime import UTC, datetime, time, timedelta
from uuid import UUID

import msgspec
import pytest

from domain.kernel import Event, Role
from domain.steering.body_commands import (
    AdoptRules,
    AppointPerson,
    CreateSeat,
    EndAppointment,
    EstablishBody,
)
from domain.steering.body_events import Capacity, SeatKind
from domain.steering.mandate import Commission
from domain.steering.minutes_events import MinutesDrafted, MinutesFellOverdue, MinutesReleased
from domain.steering.resolution_commands import resolution_id
from domain.steering.resolution_events import MandateFellOverdue, MandateReminded
from domain.steering.session_commands import ScheduleSession, session_id
from domain.steering.session_events import (
    Invitee,
    ItemsCalledFor,
    MembersReminded,
    Occasion,
    SessionCancelled,
    SessionInvited,
    SessionKind,
    SessionMoved,
)
from domain.steering.session_held_events import CircularOpened
from tests.domain.county import CARITAS, JOBCENTER
from tests.domain.steering.resolution_example import passed
from tests.domain.steering.session_example import MINUTES
from tests.services.mail.conftest import Mailroom, person
from tests.services.mail.test_carrying import body
from tests.services.mail.test_notifying import Town
from tests.support.assessments import ask
from tests.support.days import ZONE, in_days, today
from tests.support.groups import record
from tests.support.office import Office
from tests.support.sessions import BODY, FOUNDED, RULES

NOW = datetime.now(UTC).replace(microsecond=0)
STARTS_AT = NOW + timedelta(days=30)
SESSION = session_id(BODY, "2026-1")


@pytest.fixture
async def town(mailroom: Mailroom, office: Office) -> Town:
    """Jule holds the jobcenter's seat, Jan is her deputy, Carl holds that of Caritas."""
    people = {
        name: await person(mailroom.runtime, office, name, f"{name}@example.org", role)
        for name, role in (
            ("jule", (Role.STEERING_MEMBER, JOBCENTER)),
            ("jan", (Role.STEERING_MEMBER, JOBCENTER)),
            ("carl", (Role.STEERING_MEMBER, CARITAS)),
            ("mona", (Role.ORGANISATION_MEMBER, CARITAS)),
            ("karin", (Role.COORDINATOR, JOBCENTER)),
        )
    }
    runtime = mailroom.runtime
    await ask(runtime, EstablishBody(body=BODY, title="Lenkungsgruppe", since=FOUNDED))
    for seat in (JOBCENTER, CARITAS):
        await ask(
            runtime,
            CreateSeat(
                body=BODY, seat=seat, organisation=seat, kind=SeatKind.MEMBER, since=FOUNDED
            ),
        )
    for name, seat, capacity in (
        ("jule", JOBCENTER, Capacity.HOLDER),
        ("jan", JOBCENTER, Capacity.DEPUTY),
        ("carl", CARITAS, Capacity.HOLDER),
    ):
        account = str(people[name])
        appointing = AppointPerson(
            body=BODY, seat=seat, person=account, capacity=capacity, since=FOUNDED
        )
        await ask(runtime, appointing)
    await ask(runtime, AdoptRules(body=BODY, valid_from=FOUNDED, rules=RULES, basis="GO"))
    scheduling = ScheduleSession(
        body=BODY,
        key="2026-1",
        title="Erste Sitzung",
        kind=SessionKind.MEETING,
        starts_at=STARTS_AT,
        place="Kreishaus",
    )
    await ask(runtime, scheduling)
    return Town(office, mailroom, people)


async def told_of(town: Town, stream: UUID, event: Event) -> list[tuple[str, str]]:
    await record(town.mailroom.runtime, stream, event, at=NOW)
    return await town.told()


async def read_by(town: Town, name: str) -> str:
    """The last mail somebody got, with its subject."""
    await town.mailroom.postman().carry_all()
    mail = town.mailroom.sink.sent_to(f"{name}@example.org")[-1]
    return " ".join(f"{mail['Subject']} {body(mail, 'plain')}".split())


def to(template: str, *names: str) -> list[tuple[str, str]]:
    return [(name, template) for name in names]


async def test_who_sits_on_the_day_of_a_session_is_asked_for_the_county_day(town: Town) -> None:
    """Half past midnight is still the day before on the clock of UTC."""
    ending = EndAppointment(
        body=BODY,
        seat=CARITAS,
        person=str(town.people["carl"]),
        capacity=Capacity.HOLDER,
        since=FOUNDED,
        until=in_days(39),
    )
    await ask(town.mailroom.runtime, ending)
    just_after = datetime.combine(in_days(40), time(0, 30), ZONE)
    moved = SessionMoved(
        starts_at=just_after, ends_at=None, place="", invitation_stands=True, reason="Belegt"
    )
    assert await told_of(town, SESSION, moved) == to("session-moved", "jan", "jule")


async def test_people_on_seats_are_called_invited_reminded_and_told_what_changes(
    town: Town,
) -> None:
    everybody = ("carl", "jan", "jule")
    called = ItemsCalledFor(until=NOW + timedelta(days=9), reminders=())
    assert await told_of(town, SESSION, called) == to("session-call", *everybody)
    reminded = MembersReminded(occasion=Occasion.CALL, seats=(CARITAS,), moment=NOW)
    assert await told_of(town, SESSION, reminded) == to("session-call-reminder", "carl")
    invited = SessionInvited(
        invitees=(
            Invitee(seat=JOBCENTER, organisation=JOBCENTER, people=(str(town.people["jule"]),)),
        ),
        edition=1,
        due=today(),
        urgency="Die Frist des Ministeriums endet.",
        digest="",
        is_final=True,
        reminders=(),
    )
    assert await told_of(town, SESSION, invited) == to("session-invitation", "jule")
    letter = await read_by(town, "jule")
    assert "Ort: Kreishaus" in letter
    assert "kurzfristig: Die Frist des Ministeriums endet." in letter
    assert f"/steuerung/sitzungen/{SESSION}" in letter
    of_session = MembersReminded(occasion=Occasion.SESSION, seats=(JOBCENTER,), moment=NOW)
    assert await told_of(town, SESSION, of_session) == to("session-reminder", "jan", "jule")
    moved = SessionMoved(
        starts_at=STARTS_AT, ends_at=None, place="Rathaus", invitation_stands=True, reason="Belegt"
    )
    assert await told_of(town, SESSION, moved) == to("session-moved", *everybody)
    assert "Ort: Rathaus Begründung: Belegt" in await read_by(town, "carl")
    cancelled = SessionCancelled(reason="Hochwasser")
    assert await told_of(town, SESSION, cancelled) == to("session-cancelled", *everybody)


async def test_the_minutes_are_for_the_coordination_until_they_are_released(town: Town) -> None:
    drafted = MinutesDrafted(version=1, minutes=MINUTES, digest="", author="ben")
    assert await told_of(town, SESSION, drafted) == to("minutes-to-approve", "karin")
    overdue = MinutesFellOverdue(due=NOW)
    assert await told_of(town, SESSION, overdue) == to("minutes-overdue", "karin")
    released = MinutesReleased(version=1)
    assert await told_of(town, SESSION, released) == to("minutes-released", "carl", "jan", "jule")


async def test_who_is_asked_in_writing_is_told_until_when_and_reminded_if_missing(
    town: Town,
) -> None:
    opened = CircularOpened(
        at=NOW,
        edition=1,
        closes_at=NOW + timedelta(days=10),
        seats=(JOBCENTER, CARITAS),
        reminders=(),
        digest="",
    )
    assert await told_of(town, SESSION, opened) == to("ballot-opened", "carl", "jan", "jule")
    reminded = MembersReminded(occasion=Occasion.BALLOT, seats=(CARITAS,), moment=NOW)
    assert await told_of(town, SESSION, reminded) == to("ballot-reminder", "carl")
    assert "wer nicht antwortet, hat nicht zugestimmt" in await read_by(town, "carl")


async def test_an_owner_gets_a_mandate_is_reminded_and_the_coordination_hears_of_a_late_one(
    town: Town,
) -> None:
    resolution = resolution_id(SESSION, 1)
    due = NOW + timedelta(days=60)
    given = msgspec.structs.replace(
        passed(Commission(), session=SESSION), owner=CARITAS, due=due, reference="2026/1"
    )
    assert await told_of(town, resolution, given) == to("mandate-given", "mona")
    reminded = MandateReminded(resolution=resolution, owner=CARITAS, moment=NOW)
    assert await told_of(town, resolution, reminded) == to("mandate-reminder", "mona")
    mail = await read_by(town, "mona")
    assert "Auftrag aus dem Beschluss „2026/1“" in mail
    assert f"/steuerung/beschluesse/{resolution}" in mail
    late = MandateFellOverdue(resolution=resolution, owner=CARITAS, due=due)
    assert await told_of(town, resolution, late) == to("mandate-overdue", "karin", "mona")
