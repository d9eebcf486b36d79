"""What the questions offer to choose from, in the words of the language that was chosen."""

from collections.abc import Iterable, Mapping, Sequence

from domain.course_offers.course_type import Status
from domain.language_needs.events_end import WithdrawalReason
from domain.language_needs.need import (
    Chamber,
    ContactBy,
    CostShare,
    Entitlement,
    PlaceKind,
    Release,
    Shift,
    Size,
    Skill,
    WorkingTime,
)
from services.api.company_intake import FormChoice
from services.web.reporting.checking import LEVELS
from services.web.reporting.tongues import Tongue

CHOICES: Mapping[str, Sequence[str]] = {
    "size": tuple(Size),
    "chamber": tuple(Chamber),
    "status": tuple(Status),
    "level": LEVELS,
    "skill": tuple(Skill),
    "entitlement": tuple(Entitlement),
    "shift": tuple(Shift),
    "working_time": tuple(WorkingTime),
    "weekday": tuple("1234567"),
    "place": tuple(PlaceKind),
    "release": tuple(Release),
    "cost_share": tuple(CostShare),
    "channel": tuple(ContactBy),
    "reason": tuple(WithdrawalReason),
}

Options = Sequence[tuple[str, str]]
"""Pairs of key and name."""


def options_of(tongue: Tongue, group: str) -> Options:
    """What this question offers."""
    return [(key, tongue.say(f"reporting.choice.{group}.{key}")) for key in CHOICES[group]]


def named(tongue: Tongue, group: str, offered: Iterable[FormChoice]) -> Options:
    """What the county offers here: its towns, partners and colleges."""
    return [(one.key, tongue.choice(group, one.key, one.name)) for one in offered]


def names_of(keys: Iterable[str], options: Options) -> str:
    """What was chosen, in words; what is not offered any more by its key."""
    names = dict(options)
    return ", ".join(names.get(key, key) for key in keys)
