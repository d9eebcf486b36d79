"""The forms and sizes of what comes in about funded posts."""

from datetime import date
from typing import Annotated, TypeAlias

import msgspec
from litestar.openapi.spec import Example
from litestar.params import PathParameter, QueryParameter

from domain.posts.terms import FULL_TIME, Funding, Part
from services.api import bounds
from services.api.bounds import END, NO_NUL, checked_day

OPTIONAL_AGS = rf"^([0-9]{{6,8}})?{END}"
FIRST_YEAR, LAST_YEAR = 2000, 2200

Share: TypeAlias = Annotated[
    int,
    msgspec.Meta(
        ge=1,
        le=FULL_TIME,
        description="Of full time, in hundredths.",
        examples=[75],
    ),
]
Place: TypeAlias = Annotated[
    str,
    msgspec.Meta(
        pattern=OPTIONAL_AGS,
        description="The municipality it works for; empty for the whole county.",
        examples=["05774036"],
    ),
]
Grant: TypeAlias = Annotated[
    int,
    msgspec.Meta(
        ge=1,
        le=100_000_000,
        description="The grant of a year in cents; none if nobody has said it.",
        examples=[5_700_000],
    ),
]
Notice: TypeAlias = Annotated[
    str,
    msgspec.Meta(
        max_length=200,
        pattern=NO_NUL,
        description="The reference of the notice of the grant.",
        examples=["37.03-12"],
    ),
]
HolderAccount: TypeAlias = Annotated[
    str,
    msgspec.Meta(
        max_length=100,
        pattern=NO_NUL,
        description="The account of whoever works on it, only if they agreed; else empty.",
    ),
]
YearInPath: TypeAlias = Annotated[
    int, PathParameter(ge=FIRST_YEAR, le=LAST_YEAR, examples=[Example(value=2025)])
]
PartOnly: TypeAlias = Annotated[
    Part | None, QueryParameter(required=False, description="Only this part of the programme.")
]
From: TypeAlias = Annotated[
    date | None,
    QueryParameter(
        required=False,
        description="A day of the first month; else ten months ago.",
        examples=[Example(value="2025-01-01")],
    ),
]
Until: TypeAlias = Annotated[
    date | None,
    QueryParameter(
        required=False,
        description="A day of the last month; else in thirteen months.",
        examples=[Example(value="2026-12-31")],
    ),
]


class FundingDraft(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A period of funding as the notice of the grant says it."""

    starts_on: date
    ends_on: date
    per_year: Grant | None = None
    notice: Notice = ""


class PostDraft(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A funded post. `assumed`: no source states all of this."""

    key: bounds.Key
    part: Part
    employer: bounds.Key
    share: Share
    effective_from: date
    municipality: Place = ""
    funding: FundingDraft | None = None
    assumed: bool = False


class PostShareDraft(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Another share of full time from a day on, with the reason."""

    share: Share
    effective_from: date
    reason: bounds.Reason


class FillingDraft(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Since when somebody works on the post; who that is, only with their consent."""

    effective_from: date
    holder: HolderAccount = ""
    has_consent: bool = False


class DayAndReason(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From which day on, and why."""

    effective_from: date
    reason: bounds.Reason


class ProofDue(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """By when the use of the grant has to be proved, as its notice says."""

    due: date


class ProofHandedIn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """On which day the proof of use was handed in."""

    submitted_on: date


def day_given(day: date, pointer: str) -> date:
    """The day, if it lies in a year people plan for. Raises EdgeProblem."""
    checked_day(day, pointer=pointer)
    return day


def funding_of(draft: FundingDraft, under: str = "") -> Funding:
    """The period. Raises EdgeProblem for days beyond calendars."""
    return Funding(
        starts_on=day_given(draft.starts_on, f"{under}/starts_on"),
        ends_on=day_given(draft.ends_on, f"{under}/ends_on"),
        per_year=draft.per_year,
        notice=draft.notice.strip(),
    )
