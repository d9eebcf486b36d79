"""Lists of courses as providers and KURSNET have them, with days that lie ahead."""

from tests.support.college_files import csv
from tests.support.days import in_days
from tests.support.http import recorded
from tests.support.stack import Stack

HEADINGS = (
    "Veranstaltungsnummer",
    "Kursart",
    "Anbieter",
    "Beginn",
    "Unterrichtszeiten",
    "gebuchte/maximale Teilnehmerzahl",
    "Ort",
)
PROVIDER = "Volkshochschule vor Ort"


def day(ahead: int) -> str:
    """As lists write it."""
    return f"{in_days(ahead):%d.%m.%Y}"


def iso(ahead: int) -> str:
    return in_days(ahead).isoformat()


def line(
    key: str, *, booked: str = "11/15", provider: str = PROVIDER, starts: int = 60
) -> list[str]:
    """A course in Delbrück."""
    return [
        key,
        "Job-BSK",
        provider,
        day(starts),
        "Di, Do 17:30-20:00",
        booked,
        "33129 Delbrück",
    ]


def course_list(*lines: list[str]) -> bytes:
    return csv([list(HEADINGS), *lines], encoding="cp1252")


async def offered(stack: Stack) -> None:
    """A course entered by hand, and one that nobody has confirmed for long."""
    course = {"course_type": "job-bsk", "provider": PROVIDER, "starts_on": iso(60), "seats": 15}
    old = {**course, "course_type": "bsk-b2", "as_of": iso(-40), "booked": 3}
    for each in (course, old):
        recorded(await stack.koordination.post("/course-offers", each))
