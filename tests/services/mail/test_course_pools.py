"""What is told by mail of a course that companies fill together: to each its own, in its language.

Who the others are stands in one mail only, which goes out once all have agreed.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

import pytest

from domain.course_pools.commands import (
    AddPoolMember,
    DeclinePool,
    DissolvePool,
    RemovePoolMember,
)
from domain.directory.commands import RecordAddress
from domain.kernel import Command, Role
from domain.language_needs.commands import WithdrawReport
from domain.language_needs.events_end import WithdrawalReason
from services.identity.company import company
from services.identity.principal import CONSOLE, Principal
from services.mail.carriage import find
from tests.services.mail.conftest import Mailroom, person
from tests.services.mail.test_carrying import body
from tests.services.mail.test_notifying import Town
from tests.support.assessments import ask
from tests.support.office import AGS, Office
from tests.support.report_years import COORDINATOR, KARIN, prepare_partners
from tests.support.sharing_firms import (
    BAKERY,
    CARE,
    FIRMS,
    METAL,
    SharedCourse,
    SharingFirm,
    asked_together,
)

NAMES = {METAL: "metal", BAKERY: "bakery", CARE: "care"}
ALL = tuple(sorted(NAMES.values()))


class PoolTown(Town):
    """The town, with three companies that are asked about one course."""

    shared: SharedCourse

    async def do(self, command: Command, by: Principal = COORDINATOR) -> Sequence[tuple[str, str]]:
        """Somebody does it; who is told what."""
        await self.shared.do(command, by)
        return await self.told()

    async def agree(self, *firms: SharingFirm) -> Sequence[tuple[str, str]]:
        for firm in firms:
            await self.shared.agree(firm)
        return await self.told()

    async def mails(self, firm: SharingFirm) -> list[str]:
        """All that came to its address, subject and text."""
        await self.mailroom.postman().carry_all()
        return [
            f"{mail['Subject']}\n{' '.join(body(mail, 'plain').split())}\n{body(mail, 'html')}"
            for mail in self.mailroom.sink.sent_to(firm.address)
        ]


@pytest.fixture
async def town(mailroom: Mailroom, office: Office) -> PoolTown:
    runtime = mailroom.runtime
    await prepare_partners(runtime)
    kai = await person(runtime, office, "kai", "kai@example.org", (Role.COORDINATOR, "kreis"))
    await ask(runtime, RecordAddress(account=KARIN, address="karin@example.org"), CONSOLE)
    people: dict[str, UUID] = {NAMES[firm]: firm.report for firm in FIRMS}
    this = PoolTown(office, mailroom, {**people, "kai": kai, "karin": KARIN})
    this.shared = await asked_together(runtime, AGS)
    told = await this.told()
    assert [one for one in told if one[1].startswith("course-pool")] == _each("asked", *ALL)
    return this


async def test_only_once_all_have_agreed_does_a_mail_say_who_the_others_are(
    town: PoolTown,
) -> None:
    assert await town.agree(METAL, BAKERY) == []
    for firm in FIRMS:
        text = "\n".join(await town.mails(firm))
        assert "12" in text
        assert not [said for other in _others(firm) for said in other.telling if said in text]
    assert await town.agree(CARE) == [
        *_each("formed", "bakery", "care"),
        ("kai", "course-pool-complete"),
        ("karin", "course-pool-complete"),
        *_each("formed", "metal"),
    ]
    for firm in FIRMS:
        *_, formed = await town.mails(firm)
        for other in _others(firm):
            assert other.name in formed
            assert not [said for said in other.telling[1:] if said in formed]
        assert firm.name not in formed
    *_, german = await town.mails(METAL)
    assert "Backhaus Alme OHG: 5 Personen" in german
    *_, english = await town.mails(CARE)
    assert "These take part with your company:" in english


async def test_a_company_is_asked_in_its_language_with_a_link_to_answer_by(
    town: PoolTown,
) -> None:
    *_, german = await town.mails(METAL)
    assert "Möchten Sie bei einem gemeinsamen Kurs dabei sein?" in german
    assert "Ort: Salzkotten" in german
    assert "3 Unternehmen mit zusammen 12 Lernenden" in german
    assert "/meldung/" in german
    *_, english = await town.mails(CARE)
    assert "would you like to join a shared course?" in english


async def test_the_coordination_is_told_when_a_company_declines(town: PoolTown) -> None:
    declining = DeclinePool(pool=town.shared.pool, report=METAL.report, reason="Zu weit.")
    assert await town.do(declining, company(METAL.report)) == [
        ("kai", "course-pool-declined"),
        ("karin", "course-pool-declined"),
    ]
    await town.mailroom.postman().carry_all()
    mails = town.mailroom.sink.sent_to("kai@example.org")
    text = " ".join(body(mails[-1], "plain").split())
    assert METAL.reference in text
    assert METAL.name not in text
    assert f"/meldungen/kurse-gemeinsam/{town.shared.pool}" in text
    again = AddPoolMember(pool=town.shared.pool, member=METAL.member)
    assert await town.do(again) == _each("asked", "metal")
    told = DeclinePool(
        pool=town.shared.pool, report=METAL.report, reason="Doch nicht.", by_telephone=True
    )
    assert await town.do(told) == [("kai", "course-pool-declined")], "who was told it knows"


async def test_whoever_is_taken_out_is_told_and_the_others_only_once_they_know_of_each_other(
    town: PoolTown,
) -> None:
    pool = town.shared.pool
    assert await town.do(
        RemovePoolMember(pool=pool, report=CARE.report, reason="Passt doch nicht.")
    ) == _each("left", "care")
    await town.agree(METAL, BAKERY)
    assert await town.do(
        RemovePoolMember(pool=pool, report=BAKERY.report, reason="Ist insolvent.")
    ) == [*_each("left", "bakery"), *_each("smaller", "metal")]
    await town.mailroom.postman().carry_all()
    for firm in FIRMS:
        assert "insolvent" not in "\n".join(await town.mails(firm))


async def test_when_it_is_dissolved_those_who_are_still_in_are_told_and_nobody_else(
    town: PoolTown,
) -> None:
    await town.shared.decline(METAL)
    withdrawal = WithdrawReport(report=BAKERY.report, reason=WithdrawalReason.OTHER)
    await town.do(withdrawal, company(BAKERY.report))
    reason = f"{BAKERY.name} will nicht mehr."
    dissolving = DissolvePool(pool=town.shared.pool, reason=reason)
    assert await town.do(dissolving) == _each("dissolved", "care")
    *_, text = await town.mails(CARE)
    assert not [said for said in BAKERY.telling if said in text]


async def test_whoever_looks_at_a_mail_in_the_outbox_does_not_read_who_the_others_are(
    town: PoolTown,
) -> None:
    await town.agree(*FIRMS)
    [row] = [
        row
        for row in await town.mailroom.rows()
        if (row["template"], row["account"]) == ("course-pool-formed", METAL.report)
    ]
    assert not [said for firm in FIRMS for said in firm.telling if said in row["facts"]]
    mail = await find(town.mailroom.runtime.pool, row["id"])
    assert mail is not None
    letter = await town.mailroom.letters.write(mail, datetime.now(UTC), hidden=True)
    assert letter is not None
    assert BAKERY.name not in letter.text


def _others(firm: SharingFirm) -> list[SharingFirm]:
    return [other for other in FIRMS if other is not firm]


def _each(what: str, *names: str) -> list[tuple[str, str]]:
    return [(name, f"course-pool-{what}") for name in names]
