import re
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("deploy/*.md")])
PAGES: dict[str, str] = runpy.run_path(str(ROOT / "docs/reference/write.py"))["pages"]()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_that_follows_from_the_code_is_current(name: str) -> None:
    written = (ROOT / "docs/reference" / name).read_text()

    assert written == PAGES[name], "renew it: uv run python docs/reference/write.py"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_within_the_project_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\((?!https?://|#)([^)#]+)", document.read_text())

    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize(
    "decision", sorted((ROOT / "docs/decisions").glob("0*.md")), ids=lambda path: path.stem
)
def test_a_decision_is_on_the_list_and_no_longer_than_a_page(decision: Path) -> None:
    lines = decision.read_text().splitlines()

    assert decision.name in (ROOT / "docs/decisions/README.md").read_text()
    assert len(lines) <= 45
