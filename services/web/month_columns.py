"""Columns over months, and a line above them: how much there is, and how much of it is in use."""

from collections.abc import Mapping
from typing import Any

import msgspec

STEP, HEIGHT = 26, 165


class MonthShare(msgspec.Struct, frozen=True, kw_only=True):
    label: str
    filled: int
    funded: int


class Months(msgspec.Struct, frozen=True, kw_only=True):
    """A column for what is filled in each month, and a line across at what is funded.

    Both are counted in parts of a `whole`, such as hundredths, and drawn in wholes.
    """

    title: str
    description: str
    axis: str
    whole: int
    months: tuple[MonthShare, ...]


def columns(chart: Months, *, column: str, line: str) -> Mapping[str, Any]:
    """What the drawing program is told; `column` and `line` are colours."""
    values = [
        {"month": one.label, "filled": one.filled / chart.whole, "funded": one.funded / chart.whole}
        for one in chart.months
    ]
    across = {"field": "month", "type": "ordinal", "sort": None, "title": None}

    def up(field: str) -> Mapping[str, Any]:
        axis = {"tickCount": 5, "format": ",.1f"}
        return {"field": field, "type": "quantitative", "title": chart.axis, "axis": axis}

    over = {"type": "tick", "orient": "horizontal", "fill": line, "thickness": 4, "size": STEP}
    return {
        "width": {"step": STEP},
        "height": HEIGHT,
        "data": {"values": values},
        "encoding": {"x": {**across, "axis": {"labelAngle": -90, "labelPadding": 4}}},
        "layer": [
            {"mark": {"type": "bar", "fill": column}, "encoding": {"y": up("filled")}},
            {"mark": over, "encoding": {"y": up("funded")}},
        ],
    }
