"""What is missing or cannot be, found before one goes on; the API judges the whole once more."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from http import HTTPStatus

from domain.course_offers.levels import Level
from services.web.forms import Wrong
from services.web.reporting.answers import Answers
from services.web.reporting.steps import STEPS, Step
from services.web.reporting.tongues import Tongue

Faults = Iterator[tuple[str, str]]
"""Fields, and which text says what is wrong with them."""

LONGEST_LINE = 200
LONGEST_REMARK = 2_000
MOST_LEARNERS = 500
MOST_ROOM = 500
MOST_KM = 200
MOST_WEEKS = 104
MOST_YEARS = 4
LEVELS = tuple(Level)
CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
ADDRESS = re.compile(r"[^\s@]{1,64}@[^\s@.]+(\.[^\s@.]+)+")
PHONE = re.compile(r"[0-9+()/ .-]{1,40}")


def wrong_on(step: Step, answers: Answers, tongue: Tongue) -> Wrong | None:
    """Why one cannot go on from this step yet; None if one can."""
    found: dict[str, str] = {}
    for field, why in CHECKS[step](answers):
        found.setdefault(field, tongue.say(f"reporting.wrong.{why}", most=_most(field)))
    return _wrong(found, tongue) if found else None


def first_wrong(answers: Answers, tongue: Tongue) -> tuple[Step, Wrong] | None:
    """The first step that is not in order, and why."""
    for step in STEPS:
        wrong = wrong_on(step, answers, tongue)
        if wrong is not None:
            return step, wrong
    return None


def _company(answers: Answers) -> Faults:
    yield from _lines(answers, "company-name")
    yield from _missing(answers, "company-name", "company-size")


def _learners(answers: Answers) -> Faults:
    for place in range(answers.groups):
        group = f"group-{place}"
        yield from _count(answers, f"{group}-number", MOST_LEARNERS)
        yield from _missing(answers, f"{group}-number", f"{group}-status")
        yield from _missing(answers, f"{group}-present", f"{group}-wanted")
        present, wanted = answers.text(f"{group}-present"), answers.text(f"{group}-wanted")
        if _is_no_step(present, wanted):
            yield f"{group}-wanted", "not_higher"
        if answers.text(f"{group}-status") == "apprentice":
            yield from _lines(answers, f"{group}-apprenticeship")
            yield from _count(answers, f"{group}-year", MOST_YEARS)


def _times(answers: Answers) -> Faults:
    for name in ("times-earliest", "times-latest"):
        if answers.is_given(name) and not CLOCK.fullmatch(answers.text(name)):
            yield name, "clock"
    earliest, latest = answers.text("times-earliest"), answers.text("times-latest")
    if CLOCK.fullmatch(earliest) and CLOCK.fullmatch(latest) and latest <= earliest:
        yield "times-latest", "not_later"


def _place(answers: Answers) -> Faults:
    yield from _missing(answers, "place-kind")
    yield from _count(answers, "place-room_for", MOST_ROOM)
    yield from _count(answers, "place-max_km", MOST_KM)
    yield from _count(answers, "weeks", MOST_WEEKS)
    if answers.is_given("start") and answers.day("start") is None:
        yield "start", "day"


def _conditions(answers: Answers) -> Faults:
    yield from _missing(answers, "release", "cost_share")


def _contact(answers: Answers) -> Faults:
    for name in ("contact-name", "contact-function", "contact-email", "contact-phone"):
        yield from _lines(answers, name)
    yield from _missing(answers, "contact-name", "contact-email")
    if answers.is_given("contact-phone") and not PHONE.fullmatch(answers.text("contact-phone")):
        yield "contact-phone", "phone"
    if answers.is_given("contact-email") and not ADDRESS.fullmatch(answers.text("contact-email")):
        yield "contact-email", "address"
    if answers.text("contact-channel") == "phone":
        yield from _missing(answers, "contact-phone")
    if len(answers.text("remark")) > LONGEST_REMARK:
        yield "remark", "too_long"


def _nothing(_: Answers) -> Faults:
    yield from ()


CHECKS: Mapping[Step, Callable[[Answers], Faults]] = {
    Step.COMPANY: _company,
    Step.LEARNERS: _learners,
    Step.TIMES: _times,
    Step.PLACE: _place,
    Step.CONDITIONS: _conditions,
    Step.CONTACT: _contact,
    Step.REVIEW: _nothing,
}


def _is_no_step(present: str, wanted: str) -> bool:
    names = [level.value for level in LEVELS]
    return {present, wanted} <= set(names) and names.index(wanted) <= names.index(present)


def _missing(answers: Answers, *names: str) -> Faults:
    for name in names:
        if not answers.is_given(name):
            yield name, "missing"


def _lines(answers: Answers, name: str) -> Faults:
    if len(answers.text(name)) > LONGEST_LINE:
        yield name, "too_long"


def _count(answers: Answers, name: str, most: int) -> Faults:
    text = answers.text(name)
    is_count = text.isascii() and text.isdigit() and len(text) <= len(str(most))
    if text and not (is_count and 1 <= int(text) <= most):
        yield name, "count"


MOST: Sequence[tuple[str, int]] = (
    ("remark", LONGEST_REMARK),
    ("-number", MOST_LEARNERS),
    ("-room_for", MOST_ROOM),
    ("-max_km", MOST_KM),
    ("weeks", MOST_WEEKS),
    ("-year", MOST_YEARS),
)


def _most(field: str) -> int:
    return next((most for ending, most in MOST if field.endswith(ending)), LONGEST_LINE)


def _wrong(fields: Mapping[str, str], tongue: Tongue) -> Wrong:
    return Wrong(
        title=tongue.say("reporting.wrong.title"),
        detail=tongue.say("reporting.wrong.detail"),
        code="request.invalid",
        status=HTTPStatus.UNPROCESSABLE_ENTITY,
        fields=fields,
    )
