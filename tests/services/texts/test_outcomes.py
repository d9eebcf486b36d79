"""Sentences for what became of a file: each code that is used has one, in both languages."""

import re
from datetime import date
from pathlib import Path
from string import Formatter

import services.api
from services.texts.catalogue import outcome_entries
from services.texts.outcomes import outcome

FOLDER = Path(services.api.__file__).parent
USED = re.compile(r'"((?:results|classes|meaning|offers)\.[a-z-]+)"')
FACTS = {
    "new": 1,
    "changed": 2,
    "same": 3,
    "count": 1,
    "registered": 1,
    "joining": 2,
    "done": 2,
    "classes": 3,
    "unchanged": 0,
    "refused": 0,
    "cut_scores": "2026-1",
    "confirmed": 2,
    "older": 1,
    "vanished": 1,
    "withdrawn": 1,
    "left_out": 1,
    "day": date(2026, 3, 2),
}


def test_every_code_that_is_used_has_a_sentence_and_no_other_has() -> None:
    source = "".join(file.read_text("utf-8") for file in sorted(FOLDER.glob("*.py")))
    states = {f"load.{state}" for state in ("running", "done", "interrupted")}
    assert set(USED.findall(source)) | states == set(outcome_entries())


def test_both_languages_speak_of_the_same_facts() -> None:
    for code, text in outcome_entries().items():
        assert _facts(text.de) == _facts(text.en), code
        assert _facts(text.de) <= set(FACTS), code
        for language in ("de", "en"):
            said = outcome(code, language, **FACTS)
            assert not re.search(r"[{}\[\]]|\s\s|\s[.,;]", said), said
            assert said.endswith("."), said


def test_a_load_that_is_done_leaves_out_what_did_not_happen() -> None:
    assert outcome("load.done", "de", **FACTS) == "Fertig: 2 von 3 Klassen übernommen."


def _facts(text: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(text) if field}
