"""What happens is told to those it concerns: once, at once or in the digest, and only while new."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest

from domain.concepts.commands import (
    AdoptConcept,
    CloseConsultation,
    EscalateConsultation,
    ExtendConsultation,
    Invite,
    OpenConsultation,
    RemindOrganisations,
    Schedule,
)
from domain.directory.commands import GrantSubstitution
from domain.kernel import Role
from services.identity.principal import CONSOLE
from services.mail.choices import Choice, choose
from services.mail.kinds import Rhythm
from services.mail.post import notifier_of
from tests.services.mail.conftest import Mailroom, person
from tests.services.mail.test_carrying import body
from tests.support.office import ADA, AGS, DORA, FADI, Office

NOW = datetime.now(UTC)
DUE = NOW + timedelta(days=7)


class Town:
    """The office with the people who are told, and what they were told."""

    def __init__(self, office: Office, mailroom: Mailroom, people: dict[str, UUID]) -> None:
        self.office = office
        self.mailroom = mailroom
        self.people = people
        self.notifier = notifier_of(mailroom.runtime)

    async def tell(self, now: datetime | None = None) -> None:
        """Follow the log to its end."""
        await self.mailroom.runtime.read_models.catch_up()
        while await self.notifier.tell(now or datetime.now(UTC)):
            pass

    async def told(self) -> list[tuple[str, str]]:
        """Who was told what since this was asked the last time."""
        await self.tell()
        names = {account: name for name, account in self.people.items()}
        rows = await self.mailroom.runtime.pool.fetch(
            "update mail set reason = 'seen' where reason = '' returning account, template"
        )
        return sorted((names[row["account"]], row["template"]) for row in rows)


@pytest.fixture
async def town(mailroom: Mailroom, office: Office) -> Town:
    office = Office(office.desk, clock=lambda: datetime.now(UTC))
    member, coordinator = Role.ORGANISATION_MEMBER, Role.COORDINATOR
    people = {
        name: await person(
            mailroom.runtime,
            office,
            name,
            f"{name}@example.org",
            *roles,
            municipality=AGS if roles and roles[0][0] is Role.CASE_MANAGER else None,
        )
        for name, *roles in (
            ("jule", (member, "jobcenter")),
            ("jan", (member, "jobcenter")),
            ("carl", (member, "caritas")),
            ("karin", (coordinator, "jobcenter")),
            ("fatma", (Role.CASE_MANAGER, "jobcenter")),
            ("stranger", (Role.AUDITOR, "jobcenter")),
        )
    }
    return Town(office, mailroom, people)


async def consult(town: Town) -> None:
    await town.office.open()
    await town.office.submit()
    await town.office.consult(Schedule(due=DUE))


async def test_members_of_the_invited_organisations_are_asked_with_a_link_that_signs_them_in(
    town: Town,
) -> None:
    await consult(town)
    assert await town.told() == [
        ("carl", "consultation-opened"),
        ("jan", "consultation-opened"),
        ("jule", "consultation-opened"),
    ]
    await town.mailroom.postman().carry_all()
    [message] = town.mailroom.sink.sent_to("jule@example.org")
    assert message["Subject"].startswith("Konzept für Salzkotten: Bitte antworten Sie bis ")
    assert "Jobcenter wird gebeten" in body(message, "plain")
    assert "/anmelden/link/" in body(message, "plain")
    pool = town.mailroom.runtime.pool
    targets = await pool.fetch("select distinct account, target from one_time_link")
    assert {(row["account"], row["target"]) for row in targets} == {
        (town.people[name], f"/konzepte/{town.office.concept}/anfrage/{organisation}")
        for name, organisation in (
            ("jule", "jobcenter"),
            ("jan", "jobcenter"),
            ("carl", "caritas"),
        )
    }


async def test_each_step_of_a_round_is_told_to_those_it_concerns(town: Town) -> None:
    office, concept = town.office, town.office.concept
    await consult(town)
    await town.told()
    await office.respond(FADI)
    later = Schedule(due=DUE + timedelta(days=1))
    await office.ask(
        ADA, ExtendConsultation(concept=concept, round=1, schedule=later, reason="Ferien.")
    )
    assert await town.told() == [
        ("jan", "consultation-extended"),
        ("jule", "consultation-extended"),
    ]
    await office.ask(ADA, RemindOrganisations(concept=concept, round=1))
    assert await town.told() == [
        ("jan", "consultation-reminder"),
        ("jule", "consultation-reminder"),
    ]
    await office.respond(DORA)
    await office.ask(ADA, CloseConsultation(concept=concept, round=1))
    everybody = ["carl", "fatma", "jan", "jule", "karin"]
    assert await town.told() == [(name, "consultation-closed") for name in everybody]
    await office.ask(ADA, AdoptConcept(concept=concept))
    assert await town.told() == [(name, "concept-adopted") for name in everybody]
    await town.mailroom.postman().carry_all()
    states = {row["state"] for row in await town.mailroom.rows()}
    assert states == {"sent"}
    subjects = [m["Subject"] for m in town.mailroom.sink.sent_to("karin@example.org")]
    assert subjects == [
        "Konzept für Salzkotten: Die Abstimmung ist zu Ende",
        "Das Konzept für Salzkotten ist verabschiedet",
    ]


async def test_who_is_missing_after_the_deadline_is_told_to_the_coordination(
    town: Town,
) -> None:
    await consult(town)
    await town.told()
    late = DUE + timedelta(seconds=1)
    command = EscalateConsultation(concept=town.office.concept, round=1)
    await town.office.ask(town.office.clock, command, at=late)
    assert await town.told() == [("karin", "consultation-escalated")]
    await town.mailroom.postman().carry_all()
    [message] = town.mailroom.sink.sent_to("karin@example.org")
    text = " ".join(body(message, "plain").split())
    assert "Es fehlen die Antworten von Caritas und Jobcenter." in text
    assert f"/konzepte/{town.office.concept}" in text


async def test_whoever_did_it_is_not_told(town: Town) -> None:
    await consult(town)
    karin = msgspec.structs.replace(ADA, account=str(town.people["karin"]))
    await town.told()
    for member in (DORA, FADI):
        await town.office.respond(member)
    await town.office.ask(karin, CloseConsultation(concept=town.office.concept, round=1))
    assert "karin" not in [name for name, _ in await town.told()]


async def test_a_substitute_is_told_beside_the_absent_person(town: Town) -> None:
    carla = await person(town.mailroom.runtime, town.office, "carla", "carla@example.org")
    town.people["carla"] = carla
    command = GrantSubstitution(
        account=town.people["carl"],
        substitution=uuid4(),
        substitute=carla,
        roles=(Role.ORGANISATION_MEMBER,),
        since=NOW - timedelta(days=1),
        until=NOW + timedelta(days=9),
        reason="Urlaub.",
    )
    await town.office.ask(CONSOLE, command)
    await consult(town)
    told = [name for name, _ in await town.told()]
    assert told == ["carl", "carla", "jan", "jule"]


async def test_an_event_is_told_once_however_many_follow_the_log(town: Town) -> None:
    await consult(town)
    await town.mailroom.runtime.read_models.catch_up()
    other = notifier_of(town.mailroom.runtime)
    now = datetime.now(UTC)
    for notifier in (town.notifier, other, town.notifier, other):
        await notifier.tell(now)
    assert len(await town.mailroom.rows()) == 3
    # The position was lost, and the log is followed again: the keys are known.
    await town.mailroom.runtime.pool.execute("delete from tracking where name = 'notifier'")
    await town.tell()
    assert len(await town.mailroom.rows()) == 3


async def test_an_event_that_is_learned_of_late_is_told_to_nobody(town: Town) -> None:
    await consult(town)
    await town.tell(datetime.now(UTC) + timedelta(days=4))
    assert await town.mailroom.rows() == []


async def test_what_is_imported_is_told_to_nobody(town: Town) -> None:
    office = town.office
    await office.open()
    await office.submit()
    command = OpenConsultation(
        concept=office.concept,
        schedule=Schedule(due=DUE),
        invited=(Invite(organisation="jobcenter"),),
    )
    await office.ask(ADA, command, source="Ordner im Schrank")
    assert await town.told() == []


async def test_a_log_that_was_there_before_is_not_read_from_its_beginning(town: Town) -> None:
    await consult(town)
    head = await town.mailroom.runtime.store.head()
    pool = town.mailroom.runtime.pool
    await town.mailroom.runtime.read_models.catch_up()
    await town.notifier.tell(datetime.now(UTC) + timedelta(days=4))
    position = await pool.fetchval("select position from tracking where name = 'notifier'")
    assert position == head


async def test_nobody_is_told_before_the_read_models_know_whom(town: Town) -> None:
    await consult(town)
    assert await town.notifier.tell(datetime.now(UTC)) == 0
    assert await town.mailroom.rows() == []
    assert len(await town.told()) == 3


async def test_an_event_that_cannot_be_told_of_keeps_no_other_from_being_told(town: Town) -> None:
    pool = town.mailroom.runtime.pool
    await consult(town)
    await town.mailroom.runtime.read_models.catch_up()
    await pool.execute("alter table request rename to away")
    assert await town.notifier.tell(datetime.now(UTC)) == 1
    await pool.execute("alter table away rename to request")
    assert await town.mailroom.rows() == []
    await town.office.ask(ADA, RemindOrganisations(concept=town.office.concept, round=1))
    assert {template for _, template in await town.told()} == {"consultation-reminder"}


async def test_whoever_wants_only_what_is_asked_of_them_is_told_nothing_else(
    town: Town,
) -> None:
    await chosen(town, "jule", Rhythm.ONLY_ASKED)
    await consult(town)
    for member in (DORA, FADI):
        await town.office.respond(member)
    await town.office.ask(ADA, CloseConsultation(concept=town.office.concept, round=1))
    told = await town.told()
    assert [template for name, template in told if name == "jule"] == ["consultation-opened"]
    assert ("jan", "consultation-closed") in told


async def test_the_digest_tells_all_of_a_day_in_one_mail_on_the_next_working_morning(
    town: Town,
) -> None:
    await chosen(town, "jule", Rhythm.DAILY)
    await consult(town)
    extending = ExtendConsultation(
        concept=town.office.concept,
        round=1,
        schedule=Schedule(due=DUE + timedelta(days=1)),
        reason="Ferien.",
    )
    await town.office.ask(ADA, extending)
    await town.tell()
    postman = town.mailroom.postman()
    await postman.carry_all()
    assert town.mailroom.sink.sent_to("jule@example.org") == []
    rows = await rows_of(town, "jule")
    assert {row["state"] for row in rows} == {"collected"}
    zone = town.mailroom.runtime.calendar.zone
    for row in rows:
        morning = row["next_at"].astimezone(zone)
        assert (morning.hour, morning.minute) == (7, 0)
        assert town.mailroom.runtime.calendar.is_working_day(morning.date())
        assert morning > datetime.now(UTC)
    await town.mailroom.runtime.pool.execute(
        "update mail set next_at = now() where state = 'collected'"
    )
    assert await postman.carry_all() == 1
    assert await postman.carry_all() == 0
    [message] = town.mailroom.sink.sent_to("jule@example.org")
    assert message["Subject"].endswith(": 1 Bitte an Sie und 1 Neuigkeit")
    text = " ".join(body(message, "plain").split())
    asked, told = text.index("Hier wird etwas von Ihnen gebraucht:"), text.index("Das ist neu:")
    assert asked < text.index("Konzept für Salzkotten: Bitte antworten") < told
    assert told < text.index("Konzept für Salzkotten: Für Ihre Antwort ist nun Zeit bis")
    assert "/anmelden/link/" in text
    assert {row["state"] for row in await rows_of(town, "jule")} == {"sent"}


async def test_what_was_answered_in_the_meantime_is_not_asked_for_in_the_digest(town: Town) -> None:
    for name in ("jule", "carl"):
        await chosen(town, name, Rhythm.DAILY)
    await consult(town)
    await town.office.respond(DORA)
    await town.tell()
    await town.mailroom.runtime.pool.execute(
        "update mail set next_at = now() where state = 'collected'"
    )
    await town.mailroom.postman().carry_all()
    assert town.mailroom.sink.sent_to("jule@example.org") == []
    assert len(town.mailroom.sink.sent_to("carl@example.org")) == 1
    [row] = await rows_of(town, "jule")
    assert (row["state"], row["trouble"]) == ("discarded", "settled")


async def test_two_postmen_make_one_digest(town: Town) -> None:
    await chosen(town, "jule", Rhythm.DAILY)
    await consult(town)
    await town.tell()
    await town.mailroom.runtime.pool.execute(
        "update mail set next_at = now() where state = 'collected'"
    )
    postmen = [town.mailroom.postman() for _ in range(4)]
    await asyncio.gather(*(postman.carry_all() for postman in postmen))
    assert len(town.mailroom.sink.sent_to("jule@example.org")) == 1


async def test_a_mail_is_written_in_the_persons_language(town: Town) -> None:
    pool = town.mailroom.runtime.pool
    await choose(pool, town.people["jule"], Choice(language="en"), NOW)
    await consult(town)
    await town.tell()
    await town.mailroom.postman().carry_all()
    [message] = town.mailroom.sink.sent_to("jule@example.org")
    assert message["Subject"].startswith("Concept for Salzkotten: please answer by ")
    assert message["Content-Language"] == "en"
    assert "Dear jule," in body(message, "plain")


async def chosen(town: Town, name: str, rhythm: Rhythm) -> None:
    pool = town.mailroom.runtime.pool
    await choose(pool, town.people[name], Choice(rhythm=rhythm), NOW)


async def rows_of(town: Town, name: str) -> list[dict[str, Any]]:
    account = town.people[name]
    return [row for row in await town.mailroom.rows() if row["account"] == account]
