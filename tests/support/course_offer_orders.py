"""One example of every command about course offers."""

from domain.course_offers.commands import CheckOffer, UpdateOffer, WithdrawOffer
from domain.kernel import Command
from tests.domain.course_offers.example import AS_OF, ENTER, JOB_BSK, OFFER_ID


def course_offer_examples() -> list[Command]:
    """One of each."""
    return [
        ENTER,
        UpdateOffer(offer=OFFER_ID, details=JOB_BSK, as_of=AS_OF),
        CheckOffer(offer=OFFER_ID, as_of=AS_OF),
        WithdrawOffer(offer=OFFER_ID, reason="Der Kurs fällt aus."),
    ]
