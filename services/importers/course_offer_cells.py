"""What a cell of a list of courses means: lessons, seats, money, a level, a place."""

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

import msgspec

from domain.course_offers.details import Form
from domain.course_offers.levels import Level
from services.importers.mapping import plain

NOTHING = frozenset({"", "-", "–", "—", "keine Angabe", "k. A.", "k.A."})
"""What people write where there is nothing to write."""

FORMS: Mapping[str, Form] = {
    **dict.fromkeys(
        (
            "presence",
            "praesenz",
            "praesenzunterricht",
            "praesenzkurs",
            "vorort",
            "onsite",
            "vollzeit",
            "teilzeit",
            "abendveranstaltung",
            "wochenendveranstaltung",
            "blockunterricht",
        ),
        Form.PRESENCE,
    ),
    **dict.fromkeys(
        (
            "online",
            "onlinekurs",
            "alsonlinekurs",
            "onlineunterricht",
            "elearning",
            "virtuellesklassenzimmer",
            "fernunterricht",
        ),
        Form.ONLINE,
    ),
    **dict.fromkeys(("hybrid", "hybridkurs", "blendedlearning", "vorortundonline"), Form.HYBRID),
}
"""As lists call them, KURSNET among them: the times of the day are no form of their own."""

DAYS = ("mo", "di", "mi", "do", "fr", "sa", "so")
DAY = r"(?:mo|di|mi|do|fr|sa|so)[a-zä]*\.?"
WEEKDAYS = re.compile(rf"(?P<first>{DAY})(?:\s*(?:-|–|bis)\s*(?P<last>{DAY}))?", re.IGNORECASE)
HOUR = r"(?P<{}>\d{{1,2}})(?:[:.](?P<{}>\d{{2}}))?"
HOURS = re.compile(
    rf"{HOUR.format('h1', 'm1')}\s*(?:uhr)?\s*(?:-|–|bis)\s*{HOUR.format('h2', 'm2')}\s*(?:uhr)?",
    re.IGNORECASE,
)
LEFT_OVER = re.compile(r"[\s,;/]|und|von|jeweils", re.IGNORECASE)
OPEN = frozenset({"nachvereinbarung", "nv", "flexibel"})
SEATS = re.compile(r"(\d{1,4})\s*(?:/|von)\s*(\d{1,4})")
WHOLE = re.compile(r"\d{1,6}")
MONEY = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d{1,6})(?:,(\d{2}))?\s*(?:€|EUR|Euro)?", re.IGNORECASE)
FOR_ONE = re.compile(
    r"(?:/|je|pro)\s*(?:UE|U-Std\.?|Unterrichtseinheit|Unterrichtsstunde)\.?$", re.IGNORECASE
)
FREE = frozenset({"kostenlos", "kostenfrei", "frei", "free"})
POSTCODE = re.compile(r"^\s*(?:D-)?\d{5}\s+")
PARTS = re.compile(r"[,;(/]|\s[-–]\s")


class Times(msgspec.Struct, frozen=True, kw_only=True):
    """When there are lessons; empty where nothing is said."""

    weekdays: tuple[int, ...] = ()
    begins: str = ""
    ends: str = ""


class Located(msgspec.Struct, frozen=True, kw_only=True):
    """A municipality of the county (its AGS), and what else is said of the place."""

    municipality: str = ""
    place: str = ""


def form_of(text: str) -> Form | None:
    return FORMS.get(plain(text))


def level_of(text: str) -> Level | None:
    try:
        return Level(plain(text))
    except ValueError:
        return None


def whole(text: str) -> int | None:
    return int(text) if WHOLE.fullmatch(text) else None


def booked_of(text: str) -> tuple[int, int] | None:
    """Booked and most participants, as in `11/15` or `11 von 15`."""
    found = SEATS.fullmatch(text)
    return None if found is None else (int(found[1]), int(found[2]))


def times_of(text: str) -> Times | None:
    """As in `Mo, Mi 17:30-20:00 Uhr` or `Mo-Fr 8:30 bis 12:45`; None if it is anything else."""
    if plain(text) in OPEN:
        return Times()
    hours = list(HOURS.finditer(text))
    rest = HOURS.sub(" ", text)
    spans = list(WEEKDAYS.finditer(rest))
    if len(hours) > 1 or LEFT_OVER.sub("", WEEKDAYS.sub("", rest)):
        return None
    days: set[int] = set()
    for span in spans:
        first, last = _day(span["first"]), _day(span["last"] or span["first"])
        days.update(range(first, last + 1) if first <= last else ())
    if spans and not days:
        return None
    begins, ends = _clock(hours[0]) if hours else ("", "")
    return Times(weekdays=tuple(sorted(days)), begins=begins, ends=ends)


def price_of(text: str, units: int | None) -> int | None:
    """Cents for a lesson, from a price for one or for the whole course; None if it is neither.

    The price of a course is shared among its lessons and rounded to the cent.
    """
    if plain(text) in FREE:
        return 0
    bare = FOR_ONE.sub("", text).strip()
    cents = cents_of(bare)
    if cents is None or bare != text.strip() or cents == 0:
        return cents
    if not units:
        return None
    return int((Decimal(cents) / units).quantize(Decimal(1), ROUND_HALF_UP))


def cents_of(text: str) -> int | None:
    """As in `2,56 €`, `1.228,80` or `0`; None if it is no amount."""
    found = MONEY.fullmatch(text)
    if found is None:
        return None
    return int(found[1].replace(".", "")) * 100 + int(found[2] or 0)


def located(text: str, municipalities: Mapping[str, str]) -> Located:
    """The municipality that is named, by its name as `plain` writes it; the text says the rest."""
    for part in PARTS.split(text):
        name = POSTCODE.sub("", part).strip()
        ags = municipalities.get(plain(name))
        if ags is not None:
            is_all = POSTCODE.sub("", text).strip() == name
            return Located(municipality=ags, place="" if is_all else text)
    return Located(place=text)


def _day(text: str) -> int:
    return DAYS.index(text[:2].lower()) + 1


def _clock(found: re.Match[str]) -> tuple[str, str]:
    return (
        f"{int(found['h1']):02}:{found['m1'] or '00'}",
        f"{int(found['h2']):02}:{found['m2'] or '00'}",
    )
