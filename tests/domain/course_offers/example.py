"""A course for employees in Salzkotten, as a provider's list has it."""

from datetime import date

from domain.course_offers.commands import EnterOffer
from domain.course_offers.context import Known, OfferContext
from domain.course_offers.details import Details, Form, Source
from domain.course_offers.events import OfferChecked, OfferEntered, OfferUpdated, OfferWithdrawn
from domain.course_offers.levels import Level
from domain.kernel import Actor, Role
from tests.domain.county import MONDAY, SALZKOTTEN

TODAY = MONDAY.date()
AS_OF = date(2026, 1, 30)
EXPIRES = date(2026, 2, 27)
"""28 days later."""
STARTS = date(2026, 3, 16)

JOB_BSK = Details(
    course_type="job-bsk",
    provider="Volkshochschule Salzkotten",
    title="Deutsch in der Lagerhalle",
    starts_on=STARTS,
    ends_on=date(2026, 5, 29),
    apply_until=date(2026, 3, 6),
    form=Form.PRESENCE,
    municipality=SALZKOTTEN.ags,
    weekdays=(2, 4),
    begins="17:30",
    ends="20:00",
    units=120,
    seats=15,
    booked=11,
    price=0,
    url="https://vhs.example/kurse/26-117",
    from_level=Level.A2,
    to_level=Level.B1,
)
ENTER = EnterOffer(source=Source.LIST, key="26-117", details=JOB_BSK, as_of=AS_OF)
OFFER_ID = ENTER.subject

ENTERED = OfferEntered(
    offer=OFFER_ID,
    source=Source.LIST,
    key="26-117",
    details=JOB_BSK,
    as_of=AS_OF,
    expires=EXPIRES,
)
UPDATED = OfferUpdated(offer=OFFER_ID, details=JOB_BSK, as_of=AS_OF, expires=EXPIRES)
CHECKED = OfferChecked(offer=OFFER_ID, as_of=AS_OF, expires=EXPIRES)
WITHDRAWN = OfferWithdrawn(offer=OFFER_ID, reason="Der Kurs fällt aus.")

CONTEXT = OfferContext(
    at=MONDAY,
    by=Actor(account="ada", role=Role.COORDINATOR),
    today=TODAY,
    known=Known(types=frozenset({"job-bsk", "bsk-b2"}), municipalities=frozenset({SALZKOTTEN.ags})),
)
