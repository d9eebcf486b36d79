"""The tutorial in the browser shows pictures that exist, and names what stands on the pages."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.screenshots import IMAGES, LARGEST
from tests.support.documents import DOCS

ROOT = DOCS.parent
TUTORIAL = (DOCS / "tutorial" / "in-the-browser.md").read_text()
PICTURES = re.findall(r"!\[([^\]]+)\]\(([^)]+)\)", TUTORIAL)
LABELS = [" ".join(label.split()) for label in re.findall(r"\*\*([^*]+)\*\*", TUTORIAL)]
TEXTS = sorted((ROOT / "services" / "web" / "texts").glob("*.toml"))
PLACES = frozenset({"Salzkotten"})


def texts_in(table: Any) -> Iterator[str]:
    """The German ones."""
    for key, value in table.items():
        if isinstance(value, str):
            if key == "de":
                yield value
        else:
            yield from texts_in(value)


def is_on_a_page(label: str) -> bool:
    """What differs from page to page, as the name of a class, stands in braces in the texts."""
    return any(
        re.fullmatch(re.sub(r"\\\{.*?\\\}", ".+", re.escape(text)), label)
        for file in TEXTS
        for text in texts_in(tomllib.loads(file.read_text()))
    )


@pytest.mark.parametrize(("description", "path"), PICTURES)
def test_each_picture_exists_is_described_and_is_not_too_large(description: str, path: str) -> None:
    assert len(description) > 20
    assert (DOCS / "tutorial" / path).stat().st_size <= LARGEST


def test_no_picture_is_there_in_vain() -> None:
    assert {f"images/{file.name}" for file in IMAGES.iterdir()} == {path for _, path in PICTURES}


@pytest.mark.parametrize("label", sorted(set(LABELS) - PLACES))
def test_each_label_it_names_is_on_a_page(label: str) -> None:
    assert is_on_a_page(label)
