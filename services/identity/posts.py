"""Who may do what about funded posts, and who reads them: their rights."""

from collections.abc import Mapping

from domain.kernel import Command
from domain.posts.commands import (
    ChangePost,
    EndPost,
    EstablishPost,
    ExtendFunding,
    FillPost,
    RemindOfPost,
    SetProofDue,
    SubmitProof,
    VacatePost,
    WithholdHolder,
)
from services.identity.relations import COORDINATOR, PROCESS, May

POSTS: Mapping[type[Command], tuple[May, ...]] = {
    EstablishPost: (COORDINATOR,),
    ChangePost: (COORDINATOR,),
    ExtendFunding: (COORDINATOR,),
    FillPost: (COORDINATOR,),
    WithholdHolder: (COORDINATOR,),
    VacatePost: (COORDINATOR,),
    SetProofDue: (COORDINATOR,),
    SubmitProof: (COORDINATOR,),
    EndPost: (COORDINATOR,),
    RemindOfPost: (PROCESS,),
}
