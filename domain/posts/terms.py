"""The terms of a funded post: its part of the programme, and a period for which it is funded."""

from datetime import date
from enum import StrEnum

import msgspec

FULL_TIME = 100
"""Shares are counted in hundredths of full time, money in cents: nothing is ever rounded."""


class Part(StrEnum):
    """The part of the programme a post is granted in (Förderrichtlinie KIM, parts a to c)."""

    COORDINATION = "coordination"
    ASSISTANCE = "assistance"
    CASE_MANAGEMENT = "case-management"
    IMMIGRATION = "authority-immigration"
    NATURALISATION = "authority-naturalisation"


class Funding(msgspec.Struct, frozen=True, kw_only=True):
    """A period for which a post is funded, from its first to its last day.

    `per_year` is the grant of a year in cents, None where nobody has said it; `notice` is the
    reference of the notice of the grant.
    """

    starts_on: date
    ends_on: date
    per_year: int | None = None
    notice: str = ""

    def covers(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


class Matter(StrEnum):
    """What a post's people are reminded of."""

    FUNDING_ENDS = "funding-ends"
    PROOF_DUE = "proof-due"


class Lead(StrEnum):
    """How long before a day somebody is reminded of it."""

    THREE_MONTHS = "three-months"
    ONE_MONTH = "one-month"
    EIGHT_WEEKS = "eight-weeks"
    TWO_WEEKS = "two-weeks"
