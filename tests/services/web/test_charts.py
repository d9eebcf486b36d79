"""Charts: well formed, one image for whoever listens, and nothing that a strict browser refuses."""

from xml.etree import ElementTree as ET

import pytest

from services.web.charts import (
    SVG,
    Bar,
    Bars,
    Chart,
    Dot,
    Dots,
    Pair,
    Pairs,
    drawn,
    picture,
)
from services.web.month_columns import Months, MonthShare

BARS = Bars(
    title="Lernende je Stufe",
    description="Balken & Zahlen <daneben>",
    axis="Lernende",
    bars=(Bar(label="A1", count=3), Bar(label="A2", count=11)),
)
PAIRS = Pairs(
    title="Stufen",
    description="Zwei Balken",
    axis="Lernende",
    first="Ersterhebung",
    second="Wiederholung",
    pairs=(Pair(label="A1", first=4, second=1), Pair(label="B1", first=2, second=5)),
)
DOTS = Dots(
    title="R/F und WE",
    description="Punkte",
    across="R/F",
    up="WE",
    highest=80,
    dots=(Dot(across=20, up=31), Dot(across=20, up=31), Dot(across=50, up=60, unsure=True)),
)
MONTHS = Months(
    title="Stellen",
    description="Säulen und eine Linie",
    axis="Stellen",
    whole=100,
    months=(
        MonthShare(label="02/26", filled=250, funded=300),
        MonthShare(label="03/26", filled=300, funded=300),
    ),
)
CHARTS = (BARS, PAIRS, DOTS, MONTHS)


def parsed(chart: Chart) -> ET.Element:
    return ET.fromstring(drawn(chart))  # noqa: S314 (made by ourselves)


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: type(chart).__name__)
def test_a_chart_is_one_image_with_title_and_description(chart: Chart) -> None:
    root = parsed(chart)
    assert root.tag == f"{{{SVG}}}svg"
    assert root.get("role") == "img"
    named = {element.get("id"): element.text for element in root[:2]}
    assert list(named.values()) == [chart.title, chart.description]
    assert root.get("aria-labelledby") == " ".join(str(name) for name in named)


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: type(chart).__name__)
def test_a_chart_has_no_style_no_script_and_no_colour_of_its_own(chart: Chart) -> None:
    for element in parsed(chart).iter():
        assert element.tag.removeprefix(f"{{{SVG}}}") in {
            "svg",
            "title",
            "desc",
            "g",
            "path",
            "line",
            "text",
        }
        assert not {"style", "fill", "stroke", "href", "font-family"} & element.attrib.keys()
        assert not [name for name in element.attrib if name.startswith("on")]


def test_each_bar_has_its_count_beside_it() -> None:
    texts = [element.text for element in parsed(BARS).iter(f"{{{SVG}}}text")]
    assert texts[-2:] == ["3", "11"]
    assert {"A1", "A2", "Lernende"} <= set(texts)


def test_first_test_and_retest_differ_by_more_than_their_colour() -> None:
    classes = [element.get("class") or "" for element in parsed(PAIRS).iter()]
    assert classes.count("k-fill-paper k-stroke-bar") == 2
    assert classes.count("k-fill-bar k-stroke-bar") == 2


def test_an_uncertain_result_has_another_shape_and_equal_ones_are_counted() -> None:
    root = parsed(DOTS)
    marks = {
        element.get("class"): element.get("d", "")
        for element in root.iter(f"{{{SVG}}}path")
        if element.get("class") in {"k-fill-bar k-stroke-bar", "k-fill-paper k-stroke-other"}
    }
    assert "A" in marks["k-fill-bar k-stroke-bar"]
    assert "A" not in marks["k-fill-paper k-stroke-other"]
    assert "2" in [element.text for element in root.iter(f"{{{SVG}}}text")]


def test_what_is_in_a_label_stays_text() -> None:
    nasty = Bars(
        title="<script>", description="", axis="x", bars=(Bar(label="<b onload=1>", count=1),)
    )
    root = parsed(nasty)
    assert "<b onload=1>" in [element.text for element in root.iter(f"{{{SVG}}}text")]


async def test_the_same_chart_is_drawn_once() -> None:
    assert str(await picture(BARS)) == drawn(BARS)
    before = drawn.cache_info().hits
    await picture(BARS)
    assert drawn.cache_info().hits == before + 1
