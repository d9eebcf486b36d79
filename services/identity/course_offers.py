"""Who may do what about course offers."""

from collections.abc import Mapping

from domain.course_offers.commands import CheckOffer, EnterOffer, UpdateOffer, WithdrawOffer
from domain.kernel import Command
from services.identity.relations import COORDINATOR, May

COURSE_OFFERS: Mapping[type[Command], tuple[May, ...]] = {
    EnterOffer: (COORDINATOR,),
    UpdateOffer: (COORDINATOR,),
    CheckOffer: (COORDINATOR,),
    WithdrawOffer: (COORDINATOR,),
}
