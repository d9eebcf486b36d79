"""Examples of course offers, of lists of them and of their types."""

from datetime import date
from uuid import UUID

from domain.course_offers.course_type import Grantor, Span, Status
from domain.course_offers.details import Form, Source
from domain.course_offers.levels import Level
from domain.course_offers.offer import Standing
from services.api.course_offer_bounds import OfferChange, OfferCheck, OfferEntry
from services.api.course_offer_list_bodies import (
    ChangedOffer,
    CourseListDecision,
    CourseListPreview,
    ListedColumn,
    ListedRow,
)
from services.api.course_offer_views import CourseOfferView, CourseTypeView
from services.api.examples.shared import OPENED
from services.course_offer_lists import Vanished

OFFER = UUID("5a1f6f0e-0000-5000-8000-0000000000e1")
TYPE, PROVIDER, TITLE = "job-bsk", "Volkshochschule Salzkotten", "Deutsch in der Lagerhalle"
STARTS, AS_OF = date(2027, 1, 11), date(2026, 11, 20)
URL = "https://vhs.example/kurse/26-117"

EXAMPLES = (
    OfferEntry(
        course_type=TYPE,
        provider=PROVIDER,
        title=TITLE,
        starts_on=STARTS,
        municipality="05774036",
        weekdays=(2, 4),
        begins="17:30",
        ends="20:00",
        units=120,
        seats=15,
        booked=11,
        price=0,
        url=URL,
        from_level=Level.A2,
        key="26-117",
        as_of=AS_OF,
    ),
    OfferChange(course_type=TYPE, provider=PROVIDER, starts_on=STARTS, seats=15, booked=15),
    OfferCheck(as_of=AS_OF),
    CourseOfferView(
        id=OFFER,
        source=Source.MANUAL,
        key="26-117",
        standing=Standing.CURRENT,
        course_type=TYPE,
        course_type_name="Job-Berufssprachkurs (Job-BSK)",
        provider=PROVIDER,
        title=TITLE,
        form=Form.PRESENCE,
        municipality="05774036",
        municipality_name="Salzkotten",
        place="",
        starts_on=STARTS,
        weekdays=[2, 4],
        begins="17:30",
        ends="20:00",
        units=120,
        seats=15,
        booked=11,
        free=4,
        price=0,
        url=URL,
        from_level=Level.A2,
        as_of=AS_OF,
        expires=date(2026, 12, 18),
        version=1,
        position=4711,
        changed_at=OPENED,
    ),
    CourseTypeView(
        key=TYPE,
        name="Job-Berufssprachkurs (Job-BSK)",
        is_offered=True,
        from_levels=[Level.A2, Level.B1],
        to_levels=[],
        least_units=100,
        most_units=150,
        least_participants=3,
        most_participants=25,
        grantors={Status.EMPLOYED: (Grantor.BAMF,)},
        offered=(Span(),),
        assumed=[],
        source="https://www.bildungspartner-mk.de/cms/programmheft/252/files/basic-html/page16.html",
        as_of=date(2025, 1, 1),
    ),
    CourseListPreview(
        message="Noch nichts gespeichert: 1 neu, 1 geändert, 0 bestätigt, 0 unverändert.",
        new=["26-118"],
        changed=[ChangedOffer(key="26-117", fields=["booked"])],
        confirmed=[],
        same=[],
        older=[],
        vanished=[
            Vanished(id=OFFER, key="26-101", provider=PROVIDER, course_type=TYPE, starts_on=STARTS)
        ],
        faults=[],
        columns=[ListedColumn(letter="A", heading="Veranstaltungsnummer", field="key")],
        rows=[
            ListedRow(number=2, cells=["26-117"]),
            ListedRow(number=3, cells=["26-118"]),
        ],
    ),
    CourseListDecision(
        recorded=True,
        position=4712,
        message="1 Angebot aufgenommen, 1 geändert, 0 bestätigt.",
        withdrawn=[],
        left_out=[],
    ),
)
