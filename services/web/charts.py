"""Charts as SVG, made on the server: a pure function from what is shown to the picture.

The picture carries no style of its own, which our content security policy would not allow:
shapes have classes, colours and font come from kreislauf.css. It is one image with a title and
a description; the figures themselves are in the table that stands beside each chart.
"""

import asyncio
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Any, TypeAlias
from xml.etree import ElementTree as ET

import msgspec
import vl_convert  # pyright: ignore[reportMissingTypeStubs]
from markupsafe import Markup

from services.web.month_columns import Months, columns

SVG = "http://www.w3.org/2000/svg"
INK, BAR, OTHER, AXIS, GRID, PAPER = (f"#1000{n:02}" for n in range(1, 7))
CLASSES: Mapping[str, str] = {
    INK: "ink",
    BAR: "bar",
    OTHER: "other",
    AXIS: "axis",
    GRID: "grid",
    PAPER: "paper",
}
"""Colours the drawing program is told, and the class a shape of that colour gets instead."""

KEPT = frozenset(
    {
        "d",
        "transform",
        "x",
        "y",
        "x1",
        "x2",
        "y1",
        "y2",
        "width",
        "height",
        "text-anchor",
        "font-size",
        "font-weight",
        "stroke-width",
        "stroke-dasharray",
    }
)
WIDTH = 330
STEP = 34
POINT = 15


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    label: str
    count: int


class Bars(msgspec.Struct, frozen=True, kw_only=True):
    """A bar for each label, with its count beside it. `axis` says what is counted."""

    title: str
    description: str
    axis: str
    bars: tuple[Bar, ...]


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    label: str
    first: int
    second: int


class Pairs(msgspec.Struct, frozen=True, kw_only=True):
    """Two bars for each label, the first one hollow, with `first` and `second` as their names."""

    title: str
    description: str
    axis: str
    first: str
    second: str
    pairs: tuple[Pair, ...]


class Dot(msgspec.Struct, frozen=True, kw_only=True):
    across: int
    up: int
    unsure: bool = False


class Dots(msgspec.Struct, frozen=True, kw_only=True):
    """A point for each pair of figures from 0 to `highest`; the unsure ones are hollow triangles.

    Where several lie on one another, their number stands beside them.
    """

    title: str
    description: str
    across: str
    up: str
    highest: int
    dots: tuple[Dot, ...]


Chart: TypeAlias = Bars | Pairs | Dots | Months


async def picture(chart: Chart) -> Markup:
    """The chart as SVG to put into a page. The first one takes half a second, beside the loop."""
    return Markup(await asyncio.to_thread(drawn, chart))  # noqa: S704 (made of known parts only)


@lru_cache(maxsize=256)
def drawn(chart: Chart) -> str:
    """The chart as SVG. The same chart is drawn once."""
    raw = vl_convert.vegalite_to_svg(
        {**_spec(chart), "config": CONFIG}, format_locale="de-DE", allowed_base_urls=[]
    )
    return _plain(ET.fromstring(raw), chart)  # noqa: S314 (just made by ourselves)


CONFIG: Mapping[str, object] = {
    "background": None,
    "view": {"stroke": None},
    "axis": {
        "labelColor": INK,
        "titleColor": INK,
        "domainColor": AXIS,
        "tickColor": AXIS,
        "gridColor": GRID,
        "labelFontSize": POINT,
        "titleFontSize": POINT,
        "titleFontWeight": "normal",
        "titlePadding": 10,
        "labelLimit": 200,
    },
    "text": {"fontSize": POINT, "fill": INK},
}


def _spec(chart: Chart) -> Mapping[str, Any]:
    match chart:
        case Bars():
            return _bars(chart)
        case Pairs():
            return _pairs(chart)
        case Dots():
            return _dots(chart)
        case Months():
            return columns(chart, column=BAR, line=INK)


def _bars(chart: Bars) -> Mapping[str, Any]:
    values = [{"label": bar.label, "count": bar.count} for bar in chart.bars]
    return {
        "width": WIDTH,
        "height": {"step": STEP},
        "data": {"values": values},
        "encoding": {"y": _labels(), "x": _counts(chart.axis)},
        "layer": [
            {"mark": {"type": "bar", "fill": BAR, "height": STEP - 12}},
            {"mark": NUMBER, "encoding": {"text": {"field": "count"}}},
        ],
    }


def _pairs(chart: Pairs) -> Mapping[str, Any]:
    values = [
        {"label": pair.label, "count": count, "when": when}
        for pair in chart.pairs
        for when, count in ((chart.first, pair.first), (chart.second, pair.second))
    ]
    order = [chart.first, chart.second]
    which = {"field": "when", "sort": order}
    shades = {"field": "when", "scale": {"domain": order, "range": [PAPER, BAR]}, "legend": None}
    return {
        "width": WIDTH,
        "height": {"step": STEP - 8},
        "data": {"values": values},
        "encoding": {"y": _labels(), "x": _counts(chart.axis), "yOffset": which},
        "layer": [
            {"mark": {"type": "bar", "stroke": BAR}, "encoding": {"fill": shades}},
            {"mark": NUMBER, "encoding": {"text": {"field": "count"}}},
        ],
    }


def _dots(chart: Dots) -> Mapping[str, Any]:
    found = Counter(chart.dots)
    values = [
        {"across": dot.across, "up": dot.up, "unsure": dot.unsure, "n": n if n > 1 else ""}
        for dot, n in found.items()
    ]
    scale = {"domain": [0, chart.highest], "nice": False}
    axis = {"tickMinStep": 1, "tickCount": 6, "format": "d"}
    line = [{"across": 0, "up": 0}, {"across": chart.highest, "up": chart.highest}]

    def along(field: str, title: str) -> Mapping[str, Any]:
        named = {"field": field, "title": title}
        return {**named, "type": "quantitative", "scale": scale, "axis": axis}

    sure = {"type": "point", "shape": "circle", "size": 90, "fill": BAR, "stroke": BAR}
    unsure = {"type": "point", "shape": "triangle-up", "size": 130, "fill": PAPER, "stroke": OTHER}
    return {
        "width": WIDTH,
        "height": WIDTH,
        "data": {"values": values},
        "encoding": {"x": along("across", chart.across), "y": along("up", chart.up)},
        "layer": [
            {"data": {"values": line}, "mark": {"type": "line", "stroke": AXIS, "strokeDash": [4]}},
            {"transform": [{"filter": "!datum.unsure"}], "mark": sure},
            {"transform": [{"filter": "datum.unsure"}], "mark": unsure | {"strokeWidth": 2}},
            {"mark": {**NUMBER, "dx": 9}, "encoding": {"text": {"field": "n"}}},
        ],
    }


NUMBER: Mapping[str, Any] = {"type": "text", "align": "left", "dx": 6, "fill": INK}


def _labels() -> Mapping[str, Any]:
    axis = {"domain": False, "ticks": False, "labelPadding": 8}
    return {"field": "label", "type": "nominal", "sort": None, "title": None, "axis": axis}


def _counts(title: str) -> Mapping[str, Any]:
    axis = {"tickMinStep": 1, "tickCount": 5, "format": "d"}
    return {"field": "count", "type": "quantitative", "title": title, "axis": axis}


def _plain(root: ET.Element, chart: Chart) -> str:
    """The drawing with classes in place of colours, and nothing that only a program would hear."""
    for element in root.iter():
        attributes = dict(element.attrib)
        element.attrib.clear()
        element.attrib.update({name: v for name, v in attributes.items() if name in KEPT})
        if painted := _classes(attributes):
            element.set("class", painted)
    named = sha256(msgspec.json.encode(chart)).hexdigest()[:8]
    width, height = root.attrib.pop("width"), root.attrib.pop("height")
    root.attrib.update(
        {
            "class": "k-chart__picture",
            "viewBox": f"0 0 {width} {height}",
            "width": width,
            "height": height,
            "role": "img",
            "aria-labelledby": f"t{named} d{named}",
        }
    )
    for place, (tag, text) in enumerate((("title", chart.title), ("desc", chart.description))):
        element = ET.Element(f"{{{SVG}}}{tag}", {"id": f"{tag[0]}{named}"})
        element.text = text
        root.insert(place, element)
    ET.register_namespace("", SVG)
    return ET.tostring(root, encoding="unicode")


def _classes(attributes: Mapping[str, str]) -> str:
    """What fills and what lines a shape."""
    found = [
        f"k-{kind}-{CLASSES[colour]}" if colour in CLASSES else f"k-{kind}-none"
        for kind in ("fill", "stroke")
        if (colour := attributes.get(kind, "")) in CLASSES or colour in {"none", "transparent"}
    ]
    return " ".join(found)
