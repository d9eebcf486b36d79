"""A form as a company fills it in, for tests of what becomes of it."""

from datetime import date

from domain.course_offers.course_type import Status
from domain.course_offers.levels import Level
from domain.language_needs.need import (
    Chamber,
    Company,
    Contact,
    LearnerGroup,
    Need,
    Place,
    PlaceKind,
    Shift,
    Size,
    Skill,
    Times,
)
from services.intake.form import Form

NAME, PERSON, ADDRESS = "Metallbau Senne GmbH", "Petra Probst", "probst@metallbau-senne.example"

FORM = Form(
    company=Company(
        name=NAME, municipality="05774020", trade="C", size=Size.TO_249, chamber=Chamber.HWK
    ),
    contact=Contact(name=PERSON, function="Personal", email=ADDRESS, phone="05250 12345"),
    need=Need(
        groups=(
            LearnerGroup(
                number=4,
                status=Status.EMPLOYED,
                present=Level.A2,
                wanted=Level.B1,
                skills=(Skill.SPEAKING,),
            ),
        ),
        times=Times(weekdays=(2, 4), shift=Shift.EARLY, earliest="14:30"),
        place=Place(kind=PlaceKind.COMPANY, room_for=12),
        start=date(2027, 2, 1),
        consent=("jobcenter",),
        pooling=True,
    ),
    remark="Gern im Schulungsraum.",
    language="de",
)
