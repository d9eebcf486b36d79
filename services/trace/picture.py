"""A chain as a picture: a box for each thing, from top to bottom, an arrow for each link.

A pure function to SVG. Shapes have classes, for pages with a style of their own, and plain colours
for where there is none. By itself it is one image with a title and a description; within a page
each box may lead somewhere.
"""

from collections.abc import Mapping, Sequence
from xml.etree import ElementTree as ET

import msgspec

SVG = "http://www.w3.org/2000/svg"
WIDTH, HEIGHT, ACROSS, DOWN, MARGIN = 216, 54, 16, 34, 12
IN_A_ROW = 4
"""So many things of one layer stand beside each other, the others below them."""
LONGEST = 30
"""So many letters of a title fit into a box."""
INK, PAPER, FRAME, HERE = "#1a1a1a", "#ffffff", "#5c5c5c", "#e6eef7"


class Box(msgspec.Struct, frozen=True, kw_only=True):
    """`kind` is a word, `layer` the row it stands in, from 0 on, `href` where it leads."""

    key: str
    kind: str
    title: str
    layer: int
    is_start: bool = False
    href: str = ""


class Arrow(msgspec.Struct, frozen=True):
    """From one box to another, by their keys."""

    source: str
    target: str


def picture(title: str, description: str, boxes: Sequence[Box], arrows: Sequence[Arrow]) -> bytes:
    """The SVG as a file. Boxes of a row stand in the order they are given in."""
    root = _drawn(boxes, arrows)
    root.set("role", "img")
    for place, (tag, text) in enumerate((("title", title), ("desc", description))):
        element = ET.Element(tag)
        element.text = _plain(text)
        root.insert(place, element)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def inline(boxes: Sequence[Box], arrows: Sequence[Arrow]) -> str:
    """The same to put into a page that says it in words as well: nobody is read it twice."""
    root = _drawn(boxes, arrows)
    root.set("aria-hidden", "true")
    return ET.tostring(root, encoding="unicode")


def _drawn(boxes: Sequence[Box], arrows: Sequence[Arrow]) -> ET.Element:
    places = _places(boxes)
    width = max((x for x, _ in places.values()), default=0) + WIDTH + MARGIN
    height = max((y for _, y in places.values()), default=0) + HEIGHT + MARGIN
    root = ET.Element(
        "svg",
        {
            "xmlns": SVG,
            "viewBox": f"0 0 {width} {height}",
            "width": str(width),
            "height": str(height),
            "font-family": "sans-serif",
            "class": "trace",
        },
    )
    for arrow in arrows:
        _draw_arrow(root, places[arrow.source], places[arrow.target])
    for box in boxes:
        _draw_box(root, box, places[box.key])
    return root


def _places(boxes: Sequence[Box]) -> Mapping[str, tuple[int, int]]:
    """The upper left corner of each box; each row is in the middle."""
    layers: dict[int, list[Box]] = {}
    for box in boxes:
        layers.setdefault(box.layer, []).append(box)
    rows = [
        layers[layer][start : start + IN_A_ROW]
        for layer in sorted(layers)
        for start in range(0, len(layers[layer]), IN_A_ROW)
    ]
    widest = max((len(row) for row in rows), default=0)
    return {
        box.key: (
            MARGIN + column * (WIDTH + ACROSS) + (widest - len(row)) * (WIDTH + ACROSS) // 2,
            MARGIN + number * (HEIGHT + DOWN),
        )
        for number, row in enumerate(rows)
        for column, box in enumerate(row)
    }


def _draw_arrow(root: ET.Element, source: tuple[int, int], target: tuple[int, int]) -> None:
    x1, y1 = source[0] + WIDTH // 2, source[1] + HEIGHT
    x2, y2 = target[0] + WIDTH // 2, target[1]
    bend = DOWN // 2
    line = f"M{x1},{y1} C{x1},{y1 + bend} {x2},{y2 - bend - 7} {x2},{y2 - 7}"
    attributes = {"class": "link", "d": line, "fill": "none", "stroke": FRAME}
    ET.SubElement(root, "path", attributes)
    tip = f"M{x2},{y2} l-4,-8 h8 z"
    ET.SubElement(root, "path", {"class": "tip", "d": tip, "fill": FRAME})


def _draw_box(root: ET.Element, box: Box, place: tuple[int, int]) -> None:
    x, y = place
    attributes = {"class": "thing here" if box.is_start else "thing"}
    if box.href:
        attributes |= {"href": box.href, "tabindex": "-1"}
    group = ET.SubElement(root, "a" if box.href else "g", attributes)
    ET.SubElement(group, "title").text = _plain(f"{box.kind}: {box.title}")
    ET.SubElement(
        group,
        "rect",
        {
            "x": str(x),
            "y": str(y),
            "width": str(WIDTH),
            "height": str(HEIGHT),
            "rx": "5",
            "fill": HERE if box.is_start else PAPER,
            "stroke": FRAME,
        },
    )
    _write(group, box.kind, x, y + 20, {"font-size": "11", "class": "kind"})
    _write(group, _short(box.title), x, y + 40, {"font-size": "13", "class": "name"})


def _write(group: ET.Element, text: str, x: int, y: int, style: Mapping[str, str]) -> None:
    place = {"x": str(x + 10), "y": str(y), "fill": INK}
    ET.SubElement(group, "text", {**place, **style}).text = _plain(text)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def _plain(text: str) -> str:
    """Without what XML cannot hold."""
    return "".join(sign for sign in " ".join(text.split()) if sign.isprintable())
