"""Funded against filled, in hundredths of full time: on a day, and month by month."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import msgspec

from domain.posts.post import Existing, is_filled, is_funded, share_on
from domain.posts.terms import Part


class Staffing(msgspec.Struct, frozen=True, kw_only=True):
    """How posts stand on a day. Filled is what is both funded and filled.

    `uncovered` is filled and not funded: the employer pays for it alone.
    """

    funded: int = 0
    filled: int = 0
    uncovered: int = 0

    @property
    def vacant(self) -> int:
        """Funded, and nobody works on it."""
        return self.funded - self.filled

    def __add__(self, other: "Staffing") -> "Staffing":
        return Staffing(
            funded=self.funded + other.funded,
            filled=self.filled + other.filled,
            uncovered=self.uncovered + other.uncovered,
        )


class Month(msgspec.Struct, frozen=True, kw_only=True):
    """A month as it stood on its last day, or today if that is not over. `month` is its first."""

    month: date
    counted_on: date
    staffing: Staffing


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """The posts of a part in a municipality; an empty one is the whole county."""

    part: Part
    municipality: str
    staffing: Staffing


def staffing_on(posts: Iterable[Existing], day: date) -> Staffing:
    return sum((_of_post(post, day) for post in posts), Staffing())


def groups_on(posts: Iterable[Existing], day: date) -> Sequence[Group]:
    """By part in the order of the programme, then by municipality; without those that were not."""
    found: dict[tuple[Part, str], Staffing] = {}
    for post in posts:
        if share_on(post, day):
            key = (post.record.part, post.record.municipality)
            found[key] = found.get(key, Staffing()) + _of_post(post, day)
    parts = list(Part)
    in_order = sorted(found, key=lambda key: (parts.index(key[0]), key[1]))
    return [Group(part=part, municipality=ags, staffing=found[part, ags]) for part, ags in in_order]


def by_month(posts: Sequence[Existing], first: date, last: date, today: date) -> Sequence[Month]:
    """The months from the one of `first` to that of `last`. Those to come are as planned now."""
    months: list[Month] = []
    month = first.replace(day=1)
    while month <= last:
        following = _next(month)
        ends_on = following - timedelta(days=1)
        on = today if month <= today <= ends_on else ends_on
        months.append(Month(month=month, counted_on=on, staffing=staffing_on(posts, on)))
        month = following
    return months


def _of_post(post: Existing, day: date) -> Staffing:
    share = share_on(post, day)
    funded, filled = is_funded(post, day), is_filled(post, day)
    return Staffing(
        funded=share if funded else 0,
        filled=share if funded and filled else 0,
        uncovered=share if filled and not funded else 0,
    )


def _next(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
