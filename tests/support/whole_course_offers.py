"""Everything that can happen to a course offer, once, through the desk."""

from datetime import timedelta

import msgspec

from domain.course_offers.commands import CheckOffer, UpdateOffer, WithdrawOffer
from domain.kernel import Command
from tests.domain.course_offers.example import AS_OF, ENTER, JOB_BSK, OFFER_ID, TODAY
from tests.support.office import ADA, Office

BOOKED = msgspec.structs.replace(JOB_BSK, booked=15)


async def offer_a_course(office: Office) -> None:
    """The office is set up; the course is booked out and in the end it is not held."""
    steps: list[Command] = [
        ENTER,
        UpdateOffer(offer=OFFER_ID, details=BOOKED, as_of=AS_OF + timedelta(days=1)),
        CheckOffer(offer=OFFER_ID, as_of=TODAY),
        WithdrawOffer(offer=OFFER_ID, reason="Der Kurs fällt aus."),
    ]
    for step in steps:
        await office.ask(ADA, step)
