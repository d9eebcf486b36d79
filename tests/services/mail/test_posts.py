"""Coordinators are reminded of a funding that ends and of a proof of use, while that is open."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.directory.commands import RegisterOrganisation
from domain.directory.events import OrganisationKind
from domain.kernel import Command, Role
from domain.posts.commands import (
    EstablishPost,
    ExtendFunding,
    RemindOfPost,
    SetProofDue,
    SubmitProof,
    post_id,
)
from domain.posts.terms import Funding, Lead, Matter, Part
from services.identity.principal import process
from tests.domain.county import NRW
from tests.services.mail.conftest import Mailroom, person
from tests.services.mail.test_carrying import body
from tests.services.mail.test_notifying import Town
from tests.support.assessments import COORDINATOR, ask
from tests.support.office import Office

NOW = datetime.now(UTC)
TODAY = NOW.astimezone(NRW.zone).date()
POST = post_id("coordination-1")
CLOCK = process(f"funded-post/{POST}")
ENDS, DUE = TODAY + timedelta(days=90), TODAY + timedelta(days=14)
PROOF = RemindOfPost(post=POST, what=Matter.PROOF_DUE, due=DUE, lead=Lead.TWO_WEEKS)


@pytest.fixture
async def town(mailroom: Mailroom, office: Office) -> Town:
    people = {
        name: await person(mailroom.runtime, office, name, f"{name}@example.org", role)
        for name, role in (
            ("karin", (Role.COORDINATOR, "jobcenter")),
            ("jule", (Role.ORGANISATION_MEMBER, "jobcenter")),
        )
    }
    commands: list[Command] = [
        RegisterOrganisation(key="kreis", name="Kreis", kind=OrganisationKind.COUNTY),
        EstablishPost(
            key="coordination-1",
            part=Part.COORDINATION,
            employer="kreis",
            share=100,
            effective_from=TODAY,
            funding=Funding(starts_on=TODAY, ends_on=ENDS),
        ),
        SetProofDue(post=POST, year=2025, due=DUE),
    ]
    for command in commands:
        await ask(mailroom.runtime, command, COORDINATOR, NOW)
    return Town(office, mailroom, people)


async def test_the_coordination_is_reminded_of_the_day_with_the_way_to_the_post(
    town: Town,
) -> None:
    runtime = town.mailroom.runtime
    ending = RemindOfPost(post=POST, what=Matter.FUNDING_ENDS, due=ENDS, lead=Lead.THREE_MONTHS)
    await ask(runtime, ending, CLOCK, NOW)
    await ask(runtime, PROOF, CLOCK, NOW)
    told = [("karin", "post-funding-ends"), ("karin", "post-proof-due")]
    assert sorted(await town.told()) == told
    await town.mailroom.postman().carry_all()
    mails = town.mailroom.sink.sent_to("karin@example.org")
    [mail] = [one for one in mails if "Förderung" in one["Subject"]]
    assert "Die Förderung einer Stelle endet am" in mail["Subject"]
    text = " ".join(body(mail, "plain").split())
    assert "Es geht um diese Stelle: Koordinierung." in text
    assert f"/stellen/{POST}" in text


async def test_what_was_taken_care_of_in_the_meantime_is_told_to_nobody(town: Town) -> None:
    runtime = town.mailroom.runtime
    await ask(runtime, SubmitProof(post=POST, year=2025, submitted_on=TODAY), COORDINATOR, NOW)
    further = Funding(starts_on=ENDS + timedelta(days=1), ends_on=ENDS + timedelta(days=365))
    await ask(runtime, ExtendFunding(post=POST, funding=further), COORDINATOR, NOW)
    for reminder in (
        PROOF,
        RemindOfPost(post=POST, what=Matter.FUNDING_ENDS, due=ENDS, lead=Lead.ONE_MONTH),
    ):
        await ask(runtime, reminder, CLOCK, NOW)
    assert await town.told() == []
