"""Who may do what about course offers."""

from collections.abc import Mapping

from domain.course_offers.commands import CheckOffer, EnterOffer, UpdateOffer, WithdrawOffer
from domain.kernel import Command, Role
from services.identity.relations import COORDINATOR, May, for_own_offer

PROVIDER = May(Role.ORGANISATION_MEMBER, for_own_offer)

COURSE_OFFERS: Mapping[type[Command], tuple[May, ...]] = {
    EnterOffer: (COORDINATOR, PROVIDER),
    UpdateOffer: (COORDINATOR, PROVIDER),
    CheckOffer: (COORDINATOR, PROVIDER),
    WithdrawOffer: (COORDINATOR, PROVIDER),
}
