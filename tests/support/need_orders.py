"""One example of every command about the report of a company."""

from datetime import date

from domain.kernel import Command, stream_id
from domain.language_needs.commands import (
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
from domain.language_needs.events import ReferralOutcome
from domain.language_needs.events_end import Outcome, WithdrawalReason
from domain.language_needs.look import NoteContactLook
from tests.domain.county import JOBCENTER, MONDAY, SALZKOTTEN
from tests.domain.course_offers.example import OFFER_ID
from tests.domain.findings.example import THEME_ID
from tests.domain.language_needs.example import (
    ACKNOWLEDGE,
    ANSWER,
    CONTACT,
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

POOL = stream_id("pool", "salzkotten")
CHANGE = ChangeReport(report=REPORT_ID, company=FIRM, contact=CONTACT, need=NEED)
ANSWER_REFERRAL = AnswerReferral(
    report=REPORT_ID, organisation=JOBCENTER, answer=ReferralOutcome.ACCEPTED
)


def need_examples() -> list[Command]:
    """One of each."""
    return [
        SUBMIT,
        CHANGE,
        WithdrawReport(report=REPORT_ID, reason=WithdrawalReason.OTHER),
        ACKNOWLEDGE,
        TRIAGE,
        REFER,
        ANSWER_REFERRAL,
        RecallReferral(report=REPORT_ID, reason="Keine Antwort."),
        AskCompany(report=REPORT_ID, question="Gibt es einen Raum?", due=date(2026, 3, 20)),
        AnswerQuestion(report=REPORT_ID, text="Ja, für zwölf."),
        ProposeOffer(report=REPORT_ID, offer=OFFER_ID, reasons=("level",)),
        PutIntoPool(report=REPORT_ID, pool=POOL),
        LeavePool(report=REPORT_ID, pool=POOL, reason="Zu weit."),
        ANSWER,
        RecordStart(report=REPORT_ID, starts_on=STARTS_ON, ends_on=ENDS_ON, participants=6),
        NoteAfterStart(report=REPORT_ID, participants=6, text="Läuft gut."),
        NoteAfterEnd(report=REPORT_ID, participants=5, passed=4),
        CloseReport(report=REPORT_ID, outcome=Outcome.COURSE_HELD, learners=5),
        ReopenReport(report=REPORT_ID, reason="Es geht weiter."),
        NoteUnmetNeed(report=REPORT_ID, municipality=SALZKOTTEN.ags, theme=THEME_ID),
        RemindHolder(report=REPORT_ID, due=MONDAY),
        EscalateReport(report=REPORT_ID, due=MONDAY, level=1),
        NoteContactLook(report=REPORT_ID, reference=REFERENCE),
    ]
