"""Who may do what about the reports of companies: the rights."""

from collections.abc import Mapping

from domain.kernel import Command, Role
from domain.language_needs.commands import (
    AcknowledgeReport,
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
    ReferReport,
    RemindHolder,
    ReopenReport,
    SubmitReport,
    TriageReport,
    WithdrawReport,
)
from domain.language_needs.look import NoteContactLook
from services.identity.relations import (
    ADMINISTRATOR,
    COORDINATOR,
    PROCESS,
    May,
    for_own_referral,
    of_own_report,
    works_on_report,
)

COMPANY = May(Role.COMPANY, of_own_report)
PARTNER = May(Role.ORGANISATION_MEMBER, for_own_referral)

LANGUAGE_NEEDS: Mapping[type[Command], tuple[May, ...]] = {
    SubmitReport: (COMPANY, COORDINATOR),
    ChangeReport: (COMPANY, COORDINATOR),
    WithdrawReport: (COMPANY, COORDINATOR),
    AcknowledgeReport: (COORDINATOR,),
    TriageReport: (COORDINATOR,),
    ReferReport: (COORDINATOR,),
    AnswerReferral: (PARTNER, COORDINATOR),
    RecallReferral: (COORDINATOR,),
    AskCompany: (COORDINATOR,),
    AnswerQuestion: (COMPANY, COORDINATOR),
    ProposeOffer: (COORDINATOR,),
    PutIntoPool: (PROCESS,),
    LeavePool: (PROCESS,),
    AnswerCompany: (COORDINATOR,),
    RecordStart: (COORDINATOR,),
    NoteAfterStart: (COORDINATOR,),
    NoteAfterEnd: (COORDINATOR,),
    CloseReport: (COORDINATOR,),
    ReopenReport: (COORDINATOR,),
    NoteUnmetNeed: (COORDINATOR,),
    RemindHolder: (PROCESS,),
    EscalateReport: (PROCESS,),
    NoteContactLook: (COORDINATOR, ADMINISTRATOR, May(Role.ORGANISATION_MEMBER, works_on_report)),
}
