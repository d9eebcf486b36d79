"""Who may do what about the language assessment: its part of the table."""

from collections.abc import Mapping

from domain.assessments.commands import (
    AnnounceRound,
    ApproveVersion,
    CancelRound,
    CloseWindow,
    CompareRounds,
    DraftVersion,
    EscalateRound,
    ExtendWindow,
    OpenWindow,
    RegisterInstrument,
    ReleaseRound,
    RemindColleges,
    RetireVersion,
    ReturnVersion,
    ScheduleRetest,
    SubmitVersion,
)
from domain.assessments.commands_class import (
    AdoptPseudonymKey,
    ChangeClass,
    DropMapping,
    EnrolLearners,
    NoteLook,
    OverrideRecommendation,
    RecordResults,
    RegisterClass,
    ReleaseClass,
    RemoveLearner,
    ReopenClass,
    SaveMapping,
    SubmitClass,
    TakeSecondLook,
    WithdrawClass,
)
from domain.assessments.figures import PublishFigures
from domain.kernel import Command, Role
from services.identity.relations import (
    COORDINATOR,
    EXPERT,
    PROCESS,
    May,
    for_own_college,
    in_own_college,
)

COLLEGE = May(Role.COLLEGE, for_own_college)
OF_COLLEGE = May(Role.COLLEGE, in_own_college)

ASSESSMENTS: Mapping[type[Command], tuple[May, ...]] = {
    RegisterInstrument: (COORDINATOR, EXPERT),
    DraftVersion: (COORDINATOR, EXPERT),
    SubmitVersion: (COORDINATOR, EXPERT),
    ReturnVersion: (COORDINATOR, EXPERT),
    ApproveVersion: (COORDINATOR, EXPERT),
    RetireVersion: (COORDINATOR, EXPERT),
    AnnounceRound: (COORDINATOR, PROCESS),
    OpenWindow: (PROCESS,),
    RemindColleges: (COORDINATOR, PROCESS),
    ExtendWindow: (COORDINATOR,),
    EscalateRound: (PROCESS,),
    CloseWindow: (COORDINATOR, PROCESS),
    ReleaseRound: (PROCESS,),
    ScheduleRetest: (PROCESS,),
    CompareRounds: (PROCESS,),
    CancelRound: (COORDINATOR,),
    PublishFigures: (COORDINATOR, PROCESS),
    RegisterClass: (COLLEGE,),
    ChangeClass: (OF_COLLEGE,),
    WithdrawClass: (OF_COLLEGE,),
    EnrolLearners: (OF_COLLEGE,),
    RemoveLearner: (OF_COLLEGE,),
    RecordResults: (OF_COLLEGE,),
    SubmitClass: (OF_COLLEGE,),
    ReopenClass: (OF_COLLEGE,),
    ReleaseClass: (PROCESS,),
    TakeSecondLook: (OF_COLLEGE,),
    OverrideRecommendation: (OF_COLLEGE,),
    AdoptPseudonymKey: (COLLEGE,),
    SaveMapping: (COLLEGE,),
    DropMapping: (COLLEGE,),
    NoteLook: (OF_COLLEGE,),
}
