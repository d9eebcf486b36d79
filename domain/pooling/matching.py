"""Whether an offer fits a group of learners, with each reason that speaks for or against it."""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum

import msgspec

from domain.course_offers.course_type import CourseType
from domain.course_offers.details import Details, Form
from domain.course_offers.offer import Existing, Standing, standing_on
from domain.language_needs.need import LearnerGroup, Need, PlaceKind
from domain.pooling.problem import TimeClass
from domain.pooling.times import class_of, classes_of

WINDOW = timedelta(weeks=8)
"""How long after the day a company asks for a course may still begin."""


class Topic(StrEnum):
    """What a reason is about."""

    STANDING = "standing"
    TYPE = "type"
    LEVEL = "level"
    PROOF = "proof"
    ENTITLEMENT = "entitlement"
    SEATS = "seats"
    START = "start"
    TIME = "time"
    WEEKDAYS = "weekdays"
    PLACE = "place"
    DISTANCE = "distance"


class Speaks(StrEnum):
    """For the offer, against it so that it does not fit, or left open: nobody has said."""

    FOR = "for"
    AGAINST = "against"
    OPEN = "open"


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """`facts` are words, days and numbers by name; a sentence is made of them elsewhere."""

    topic: Topic
    speaks: Speaks
    facts: dict[str, str | int] = {}


class Fit(msgspec.Struct, frozen=True, kw_only=True):
    reasons: tuple[Reason, ...]

    @property
    def fits(self) -> bool:
        """Nothing speaks against it; something may still have to be asked."""
        return all(reason.speaks is not Speaks.AGAINST for reason in self.reasons)

    @property
    def open(self) -> tuple[Topic, ...]:
        """What has to be asked before it is sure."""
        return tuple(r.topic for r in self.reasons if r.speaks is Speaks.OPEN)


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked for: a group of a report, on a day, and its way to the place of the offer.

    `km` is None if nobody knows how far that is.
    """

    need: Need
    group: LearnerGroup
    today: date
    km: int | None


def fit(wish: Wish, offer: Existing, course_type: CourseType) -> Fit:
    """Every reason, in the order in which people ask."""
    return Fit(reasons=tuple(_reasons(wish, offer, course_type)))


def fits(wish: Wish, offer: Existing, course_type: CourseType) -> bool:
    """Whether nothing speaks against it; it looks no further than to the first that does."""
    reasons = _reasons(wish, offer, course_type)
    return all(reason.speaks is not Speaks.AGAINST for reason in reasons)


def _reasons(wish: Wish, offer: Existing, course_type: CourseType) -> Iterator[Reason]:
    details = offer.record.details
    yield _standing(offer, wish.today)
    yield from _level(wish.group, details, course_type)
    yield entitlement(wish.group, course_type)
    yield _seats(wish.group, details)
    yield _start(wish, details)
    yield _time(wish.need, details)
    yield from _weekdays(wish.need, details)
    yield from _place(wish, details)


def _standing(offer: Existing, today: date) -> Reason:
    """Nothing that was not checked is ever recommended."""
    standing = standing_on(offer, today)
    speaks = Speaks.FOR if standing is Standing.CURRENT else Speaks.AGAINST
    facts: dict[str, str | int] = {
        "standing": standing.value,
        "as_of": offer.record.as_of.isoformat(),
    }
    return Reason(topic=Topic.STANDING, speaks=speaks, facts=facts)


def _level(group: LearnerGroup, details: Details, course_type: CourseType) -> Iterator[Reason]:
    """The levels the offer itself states count; of those it leaves open, its type's."""
    facts = level_facts(group)
    if details.from_level is not None:
        facts["from"] = details.from_level.value
    if details.to_level is not None:
        facts["to"] = details.to_level.value
    suits = course_type.suits(group.present, group.wanted)
    if details.from_level is not None:
        suits = details.from_level is group.present
    if details.to_level is not None:
        suits = suits and group.present.rank < details.to_level.rank <= group.wanted.rank
    yield Reason(topic=Topic.LEVEL, speaks=_either(holds=suits), facts=facts)
    if not group.is_proven:
        present: dict[str, str | int] = {"present": group.present.value}
        yield Reason(topic=Topic.PROOF, speaks=Speaks.OPEN, facts=present)


def level_facts(group: LearnerGroup) -> dict[str, str | int]:
    """Where the group is and where it wants to get."""
    return {"present": group.present.value, "wanted": group.wanted.value}


def entitlement(group: LearnerGroup, course_type: CourseType) -> Reason:
    """Whether the type is for the group, and who decides on that."""
    grantors = course_type.grantors_of(group.status)
    facts: dict[str, str | int] = {
        "status": group.status.value,
        "grantors": ", ".join(sorted(grantors)),
    }
    if not grantors:
        return Reason(topic=Topic.TYPE, speaks=Speaks.AGAINST, facts=facts)
    known = group.entitlement.value == "known"
    facts["entitlement"] = group.entitlement.value
    return Reason(topic=Topic.ENTITLEMENT, speaks=Speaks.FOR if known else Speaks.OPEN, facts=facts)


def _seats(group: LearnerGroup, details: Details) -> Reason:
    if details.free is None:
        return Reason(topic=Topic.SEATS, speaks=Speaks.OPEN, facts={"learners": group.number})
    return Reason(
        topic=Topic.SEATS,
        speaks=_either(holds=details.free >= group.number),
        facts={"free": details.free, "learners": group.number},
    )


def _start(wish: Wish, details: Details) -> Reason:
    earliest = max(wish.need.start or wish.today, wish.today)
    facts: dict[str, str | int] = {
        "starts_on": details.starts_on.isoformat(),
        "earliest": earliest.isoformat(),
        "latest": (earliest + WINDOW).isoformat(),
    }
    in_time = earliest <= details.starts_on <= earliest + WINDOW
    return Reason(topic=Topic.START, speaks=_either(holds=in_time), facts=facts)


def _time(need: Need, details: Details) -> Reason:
    possible = classes_of(need.times)
    facts: dict[str, str | int] = {
        "shift": need.times.shift.value,
        "possible": ", ".join(time.value for time in TimeClass if time in possible),
    }
    held = class_of(details.weekdays, details.begins)
    if held is None:
        return Reason(topic=Topic.TIME, speaks=Speaks.OPEN, facts=facts)
    facts["held"] = held.value
    return Reason(topic=Topic.TIME, speaks=_either(holds=held in possible), facts=facts)


def _weekdays(need: Need, details: Details) -> Iterator[Reason]:
    """Only if both name days: whoever names none can on any."""
    wanted = need.times.weekdays
    if wanted and details.weekdays:
        missing = sorted(set(details.weekdays) - set(wanted))
        yield Reason(
            topic=Topic.WEEKDAYS,
            speaks=_either(holds=not missing),
            facts={"missing": ", ".join(map(str, missing))},
        )


def _place(wish: Wish, details: Details) -> Iterator[Reason]:
    """Online there is no way; in a room there is one, which may not be longer than was said."""
    kind = wish.need.place.kind
    facts: dict[str, str | int] = {"wanted": kind.value, "form": details.form.value}
    if details.form is Form.ONLINE:
        wanted = kind in {PlaceKind.ONLINE, PlaceKind.ANY}
        yield Reason(topic=Topic.PLACE, speaks=_either(holds=wanted), facts=facts)
        return
    wanted = kind in {PlaceKind.PROVIDER, PlaceKind.ANY}
    yield Reason(topic=Topic.PLACE, speaks=_either(holds=wanted), facts=facts)
    yield _distance(wish)


def _distance(wish: Wish) -> Reason:
    furthest = wish.need.place.max_km
    facts: dict[str, str | int] = {"furthest": "" if furthest is None else furthest}
    if wish.km is None:
        return Reason(topic=Topic.DISTANCE, speaks=Speaks.OPEN, facts=facts)
    near = furthest is None or wish.km <= furthest
    return Reason(topic=Topic.DISTANCE, speaks=_either(holds=near), facts={**facts, "km": wish.km})


def _either(*, holds: bool) -> Speaks:
    return Speaks.FOR if holds else Speaks.AGAINST
