"""A figure: what was measured of ours, what of the peer, and whether the goal is met."""

from typing import Literal

import msgspec

Bound = Literal["at least", "at most"]

SIGN: dict[Bound, str] = {"at least": "≥", "at most": "≤"}


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the table. `ratio` is ours / other; there is none where there is no peer."""

    name: str
    unit: str
    ours: float
    other: float | None = None
    other_name: str | None = None
    ratio: float | None = None
    goal: str
    holds: bool


def compared(
    name: str,
    unit: str,
    ours: float,
    other: float,
    other_name: str,
    *,
    goal: tuple[Bound, float],
) -> Figure:
    """Ours against a peer; the goal is a bound on ours / other."""
    ratio = ours / other
    bound, times = goal
    return Figure(
        name=name,
        unit=unit,
        ours=ours,
        other=other,
        other_name=other_name,
        ratio=ratio,
        goal=f"{SIGN[bound]} {times:g} \u00d7",
        holds=_holds(ratio, goal),
    )


def alone(name: str, unit: str, ours: float, *, goal: tuple[Bound, float]) -> Figure:
    """Ours against a number."""
    bound, number = goal
    return Figure(
        name=name, unit=unit, ours=ours, goal=f"{SIGN[bound]} {number:,g}", holds=_holds(ours, goal)
    )


def _holds(value: float, goal: tuple[Bound, float]) -> bool:
    bound, number = goal
    return value >= number if bound == "at least" else value <= number
