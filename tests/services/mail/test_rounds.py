"""Colleges are told of an assessment round: announced, open, what is missing, closed, released."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.assessments.commands import (
    AnnounceRound,
    CloseWindow,
    ExtendWindow,
    OpenWindow,
    RemindColleges,
    round_id,
)
from domain.assessments.commands_class import RegisterClass
from domain.assessments.events import Sitting
from domain.kernel import Command, Role
from services.identity.principal import Principal, process
from tests.services.mail.conftest import Mailroom, person
from tests.services.mail.test_carrying import body
from tests.services.mail.test_notifying import Town
from tests.support.assessments import (
    BASIS,
    COLLEGES,
    COORDINATOR,
    INSTRUMENT,
    PROGRAMME,
    TRADE,
    A,
    B,
    ask,
    prepare_colleges,
    present_school_year,
    staff,
)
from tests.support.office import Office

NOW = datetime.now(UTC).replace(microsecond=0)
OPENS, CLOSES = NOW + timedelta(hours=1), NOW + timedelta(days=10)
YEAR = present_school_year()
ROUND = round_id(YEAR, "eingang")
CLOCK = process(f"assessment-round/{ROUND}")


@pytest.fixture
async def town(mailroom: Mailroom, office: Office) -> Town:
    await prepare_colleges(mailroom.runtime)
    people = {
        name: await person(mailroom.runtime, office, name, f"{name}@example.org", role)
        for name, role in (
            ("anna", (Role.COLLEGE, A)),
            ("bert", (Role.COLLEGE, B)),
            ("karin", (Role.COORDINATOR, "jobcenter")),
        )
    }
    return Town(office, mailroom, people)


async def test_each_step_of_a_round_is_told_to_the_staff_of_its_colleges(town: Town) -> None:
    async def step(command: Command, by: Principal = CLOCK, at: datetime = OPENS) -> None:
        await ask(town.mailroom.runtime, command, by, at)

    announcing = AnnounceRound(
        key="eingang",
        title="Eingangserhebung",
        school_year=YEAR,
        instrument=INSTRUMENT,
        version=1,
        opens_at=OPENS,
        closes_at=CLOSES,
        colleges=COLLEGES[:2],
        basis=BASIS,
        sitting=Sitting.FIRST,
    )
    await step(announcing, COORDINATOR, NOW)
    both = ["anna", "bert"]
    assert await town.told() == [(name, "round-announced") for name in both]
    await step(OpenWindow(round=ROUND))
    assert await town.told() == [(name, "round-opened") for name in both]
    for name in ("BFS 1b", "BFS 1a"):
        registering = RegisterClass(
            college=A, school_year=YEAR, name=name, programme=PROGRAMME, trade=TRADE, size=25
        )
        await step(registering, staff(A))
    await step(RemindColleges(round=ROUND), COORDINATOR)
    assert await town.told() == [(name, "round-reminder") for name in both]
    extending = ExtendWindow(
        round=ROUND, closes_at=CLOSES + timedelta(days=1), reason="Ferien.", colleges=(B,)
    )
    await step(extending, COORDINATOR)
    assert await town.told() == [("bert", "round-extended")]
    await step(CloseWindow(round=ROUND), at=CLOSES + timedelta(days=2))
    assert ("anna", "round-closed") in await town.told()
    await town.mailroom.postman().carry_all()
    assert {row["state"] for row in await town.mailroom.rows()} == {"sent"}
    announced, opened, reminded, closed = town.mailroom.sink.sent_to("anna@example.org")
    assert announced["Subject"].startswith(f"Sprachstandserhebung {YEAR} angekündigt: ")
    assert opened["Subject"].startswith(f"Sprachstandserhebung {YEAR}: Bitte tragen Sie")
    assert reminded["Subject"].endswith(": 2 Klassen fehlen noch")
    assert "- BFS 1a\n- BFS 1b\n" in body(reminded, "plain").replace("\r\n", "\n")
    assert "fehlen 2 Klassen" in body(closed, "plain")
    nothing = town.mailroom.sink.sent_to("bert@example.org")[2]
    assert nothing["Subject"].endswith("noch keine Klassen gemeldet")
