"""One example of every event about course offers, as it was first stored.

`tests/golden/examples.py` says what holds for all of them.
"""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

import msgspec

from domain.course_offers.details import Details, Form, Source
from domain.course_offers.events import OfferChecked, OfferEntered, OfferUpdated, OfferWithdrawn
from domain.course_offers.levels import Level
from domain.kernel import Event

OFFER = UUID("5a1f6f0e-0000-5000-8000-0000000000e1")
DETAILS = Details(
    course_type="job-bsk",
    provider="Volkshochschule Salzkotten",
    title="Deutsch in der Lagerhalle",
    starts_on=date(2026, 3, 16),
    ends_on=date(2026, 5, 29),
    apply_until=date(2026, 3, 6),
    form=Form.HYBRID,
    municipality="05774036",
    place="Haus der Bildung",
    weekdays=(2, 4),
    begins="17:30",
    ends="20:00",
    units=120,
    seats=15,
    booked=11,
    price=256,
    url="https://vhs.example/kurse/26-117",
    from_level=Level.A2,
    to_level=Level.B1,
)

EVENTS: Mapping[str, Event] = {
    "course-offer.entered.v1": OfferEntered(
        offer=OFFER,
        source=Source.KURSNET,
        key="26-117",
        details=DETAILS,
        as_of=date(2026, 1, 30),
        expires=date(2026, 2, 27),
    ),
    "course-offer.updated.v1": OfferUpdated(
        offer=OFFER,
        details=msgspec.structs.replace(DETAILS, booked=14),
        as_of=date(2026, 2, 6),
        expires=date(2026, 3, 6),
    ),
    "course-offer.checked.v1": OfferChecked(
        offer=OFFER, as_of=date(2026, 2, 13), expires=date(2026, 3, 13)
    ),
    "course-offer.withdrawn.v1": OfferWithdrawn(offer=OFFER, reason="Der Kurs fällt aus."),
}
