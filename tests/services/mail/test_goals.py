"""Coordinators are warned of a goal at risk, once, and of nothing else about goals."""

from datetime import UTC, datetime

import pytest

from domain.goals.commands import NoteStandings, SetGoal, school_year_id
from domain.goals.events import Target
from domain.kernel import Role
from services.goals.counting import school_year_on
from services.identity.principal import process
from tests.domain.county import NRW
from tests.services.mail.conftest import Mailroom, person
from tests.services.mail.test_carrying import body
from tests.services.mail.test_notifying import Town
from tests.support.assessments import COORDINATOR, ask
from tests.support.office import Office
from tests.support.steering_log import SteeringLog

NOW = datetime.now(UTC)
YEAR = school_year_on(NOW.astimezone(NRW.zone).date())
CLOCK = process(f"school-year/{school_year_id(YEAR)}")
TEXT = "Die Lenkungsgruppe KIM hat zweimal getagt."
LATE = Target(key="sessions", counts="session-held", at_least=2, lead_days=366)
"""Out of reach on every day of the year: it takes longer than the year lasts."""


@pytest.fixture
async def town(mailroom: Mailroom, office: Office) -> Town:
    people = {
        name: await person(mailroom.runtime, office, name, f"{name}@example.org", role)
        for name, role in (
            ("karin", (Role.COORDINATOR, "jobcenter")),
            ("jule", (Role.ORGANISATION_MEMBER, "jobcenter")),
        )
    }
    return Town(office, mailroom, people)


async def test_a_goal_out_of_reach_is_told_once_with_its_text_and_its_figures(town: Town) -> None:
    runtime = town.mailroom.runtime
    goal = SetGoal(school_year=YEAR, goal="sessions", text=TEXT, targets=(LATE,))
    await ask(runtime, goal, COORDINATOR, NOW)
    counting = NoteStandings(school_year=YEAR)
    await ask(runtime, counting, CLOCK, NOW)
    assert await town.told() == [("karin", "goal-at-risk")]
    await town.mailroom.postman().carry_all()
    [mail] = town.mailroom.sink.sent_to("karin@example.org")
    assert mail["Subject"] == f"Schuljahr {YEAR}: Ein Ziel ist nicht mehr erreichbar"
    text = " ".join(body(mail, "plain").split())
    assert TEXT in text
    assert "Gezählt wurden bisher 0 von 2." in text
    assert f"/steuerung/ziele/{YEAR.replace('/', '-')}" in text
    await ask(runtime, counting, CLOCK, NOW)
    assert await town.told() == []


async def test_that_a_goal_is_reached_is_told_to_nobody(town: Town) -> None:
    runtime = town.mailroom.runtime
    log = SteeringLog(runtime.store)
    for _ in range(2):
        await log.held(NOW)
    goal = SetGoal(school_year=YEAR, goal="sessions", text=TEXT, targets=(LATE,))
    await ask(runtime, goal, COORDINATOR, NOW)
    await ask(runtime, NoteStandings(school_year=YEAR), CLOCK, NOW)
    assert await town.told() == []
