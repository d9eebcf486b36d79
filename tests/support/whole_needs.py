"""Everything that can happen to the report of a company, once, through the desk."""

from datetime import datetime
from uuid import UUID

import msgspec

from domain.directory.commands import GrantRole, RegisterAccount, RegisterOrganisation
from domain.directory.events import OrganisationKind
from domain.findings.commands_theme import OpenTheme, theme_id
from domain.kernel import Command, Role
from domain.language_needs.commands import (
    AnswerCompany,
    AnswerQuestion,
    AnswerReferral,
    AskCompany,
    ChangeReport,
    CloseReport,
    EscalateReport,
    LeavePool,
    NoteAfterEnd,
    NoteAfterStart,
    NoteUnmetNeed,
    ProposeOffer,
    PutIntoPool,
    RecallReferral,
    RecordStart,
    RemindHolder,
    ReopenReport,
    WithdrawReport,
)
from domain.language_needs.events import AnswerKind, ReferralOutcome
from domain.language_needs.events_end import Outcome, WithdrawalReason
from domain.language_needs.look import NoteContactLook
from services.identity.company import company
from services.identity.principal import CONSOLE, Principal, process
from tests.domain.county import JOBCENTER, MONDAY, SALZKOTTEN, berlin
from tests.domain.course_offers.example import ENTER
from tests.domain.language_needs.example import (
    ACKNOWLEDGE,
    CONTACT,
    CONTACT_PERSON,
    ENDS_ON,
    FIRM,
    NEED,
    REFER,
    REFERENCE,
    REPORT_ID,
    STARTS_ON,
    SUBMIT,
    TRIAGE,
)
from tests.support.need_orders import POOL
from tests.support.office import ADA, Office

COMPANY = company(REPORT_ID)
CLOCK = process(f"company-report/{REPORT_ID}")
THEME = "deutsch-in-betrieben"
IN_MARCH, IN_JUNE = berlin(2026, 3, 20, 10), berlin(2026, 6, 1, 10)
PROPOSED = msgspec.structs.replace(ENTER, key="26-118")
"""Another offer than the one that is withdrawn in the end."""


async def report_a_need(office: Office) -> None:
    """The office is set up; the coordinator who is named to the company has an account."""
    person = UUID(CONTACT_PERSON)
    for registered in (
        RegisterAccount(account=person, name="Ada Öz"),
        RegisterOrganisation(key="kreis", name="Kreis", kind=OrganisationKind.COUNTY),
        GrantRole(account=person, role=Role.COORDINATOR, organisation="kreis"),
    ):
        await office.ask(CONSOLE, registered)
    await office.ask(ADA, OpenTheme(key=THEME, title="Deutsch in Betrieben"))
    await office.ask(ADA, PROPOSED)
    for by, command, at in (*_from_form_to_course(), *_from_course_to_outcome()):
        await office.ask(by, command, at=at)


def _from_form_to_course() -> list[tuple[Principal, Command, datetime]]:
    less = msgspec.structs.replace(NEED, weeks=10)
    return [
        (COMPANY, SUBMIT, MONDAY),
        (ADA, NoteContactLook(report=REPORT_ID, reference=REFERENCE), MONDAY),
        (ADA, ACKNOWLEDGE, MONDAY),
        (ADA, AskCompany(report=REPORT_ID, question="Gibt es einen Raum?"), MONDAY),
        (COMPANY, AnswerQuestion(report=REPORT_ID, text="Ja, für zwölf."), MONDAY),
        (
            COMPANY,
            ChangeReport(report=REPORT_ID, company=FIRM, contact=CONTACT, need=less),
            MONDAY,
        ),
        (COMPANY, WithdrawReport(report=REPORT_ID, reason=WithdrawalReason.BY_MISTAKE), MONDAY),
        (ADA, ReopenReport(report=REPORT_ID, reason="Es war ein Versehen."), MONDAY),
        (ADA, TRIAGE, MONDAY),
        (ADA, REFER, MONDAY),
        (ADA, RecallReferral(report=REPORT_ID, reason="Die Frage hat sich erledigt."), MONDAY),
        (
            ADA,
            msgspec.structs.replace(REFER, question="Wie viele sind berechtigt?"),
            MONDAY,
        ),
        (
            ADA,
            AnswerReferral(
                report=REPORT_ID, organisation=JOBCENTER, answer=ReferralOutcome.INFORMATION
            ),
            MONDAY,
        ),
        (CLOCK, PutIntoPool(report=REPORT_ID, pool=POOL), MONDAY),
        (CLOCK, LeavePool(report=REPORT_ID, pool=POOL, reason="Es fehlen andere."), MONDAY),
        (
            ADA,
            ProposeOffer(report=REPORT_ID, offer=PROPOSED.subject, reasons=("level",)),
            MONDAY,
        ),
        (
            CLOCK,
            RemindHolder(report=REPORT_ID, due=berlin(2026, 3, 16, 18)),
            berlin(2026, 3, 12, 9),
        ),
        (
            CLOCK,
            EscalateReport(report=REPORT_ID, due=berlin(2026, 3, 16, 18), level=1),
            berlin(2026, 3, 16, 18),
        ),
        (
            ADA,
            AnswerCompany(
                report=REPORT_ID,
                kind=AnswerKind.OFFER,
                text="Ab März gibt es einen Kurs.",
                offer=PROPOSED.subject,
            ),
            IN_MARCH,
        ),
    ]


def _from_course_to_outcome() -> list[tuple[Principal, Command, datetime]]:
    return [
        (
            ADA,
            RecordStart(report=REPORT_ID, starts_on=STARTS_ON, ends_on=ENDS_ON, participants=6),
            IN_MARCH,
        ),
        (ADA, NoteAfterStart(report=REPORT_ID, participants=6), IN_MARCH),
        (ADA, NoteAfterEnd(report=REPORT_ID, participants=5, passed=4), IN_JUNE),
        (
            ADA,
            NoteUnmetNeed(report=REPORT_ID, municipality=SALZKOTTEN.ags, theme=theme_id(THEME)),
            IN_JUNE,
        ),
        (
            ADA,
            CloseReport(report=REPORT_ID, outcome=Outcome.COURSE_HELD, learners=5),
            IN_JUNE,
        ),
    ]
