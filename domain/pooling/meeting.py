"""Who may sit together in which new course: by the weekdays on which they can, and in whose rooms.

What one group may sit in by itself is in `problem.settings_of`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

import msgspec

from domain.pooling.problem import Demand, Setting, TimeClass, settings_of

ENOUGH = 2
"""Weekdays that all of a course have in common: on one a week, 100 lessons take half a year."""
WORKING_WEEK = range(1, 6)
PAIRS = tuple(combinations(WORKING_WEEK, ENOUGH))


def settings_with(demands: Sequence[Demand]) -> Mapping[Setting, tuple[int, ...]]:
    """Every new course there may be, and the demands that may sit in it, by their places."""
    alike: defaultdict[Setting, list[int]] = defaultdict(list)
    for index, demand in enumerate(demands):
        for setting in settings_of(demand):
            alike[setting].append(index)
    _let_visit(demands, alike)
    return {
        setting: members
        for each, indexes in alike.items()
        for setting, members in _by_days(demands, each, indexes)
    }


def have_enough_in_common(weekdays: Iterable[frozenset[int]]) -> bool:
    """Whether learners who can on these weekdays (none: on all) can sit in one course."""
    named = [days for days in weekdays if days]
    return not named or len(named[0].intersection(*named[1:], WORKING_WEEK)) >= ENOUGH


def common_weekdays(time: TimeClass, demands: Iterable[Demand]) -> tuple[int, ...]:
    """The weekdays on which all of them can; none if all can on any, or it is on Saturdays."""
    named = [demand.weekdays for demand in demands if demand.weekdays]
    if time is TimeClass.SATURDAY or not named:
        return ()
    return tuple(sorted(named[0].intersection(*named[1:], WORKING_WEEK)))


def can_host(host: Demand, guest: Demand) -> bool:
    """Whether the guest would sit in a course in the rooms of the host's company."""
    return host.report == guest.report or (
        host.shares and guest.shares and guest.visits and not guest.in_house
    )


def _let_visit(demands: Sequence[Demand], alike: Mapping[Setting, list[int]]) -> None:
    """Add to the courses in a company's rooms those who would sit anywhere in that municipality."""
    for setting, indexes in alike.items():
        host = demands[indexes[0]]
        if setting.report is not None and host.in_house and host.shares:
            anywhere = msgspec.structs.replace(setting, report=None, room=0)
            indexes += [i for i in alike.get(anywhere, ()) if can_host(host, demands[i])]


def _by_days(
    demands: Sequence[Demand], setting: Setting, indexes: Sequence[int]
) -> Iterable[tuple[Setting, tuple[int, ...]]]:
    """One course for all who can on the same days, so that nobody is in fewer than need be."""
    members = tuple(sorted(indexes))
    if setting.time is TimeClass.SATURDAY or have_enough_in_common(
        demands[i].weekdays for i in members
    ):
        return [(setting, members)]
    who = {
        days: tuple(i for i in members if not demands[i].weekdays or demands[i].weekdays >= {*days})
        for days in PAIRS
    }
    kept: dict[tuple[int, ...], tuple[int, ...]] = {}
    for days, some in sorted(who.items(), key=lambda item: (-len(item[1]), item[0])):
        if some and not any(set(some) <= set(more) for more in kept.values()):
            kept[days] = some
    return [(msgspec.structs.replace(setting, days=days), some) for days, some in kept.items()]
