"""The demo's C-test: two texts of our own, shortened by the rule for C-tests, and invented norms.

From the second sentence on every second word loses its second half, the larger one if its length
is odd (Raatz and Klein-Braley, 1981).
"""

import re

from services.demo.front_door import Json

INSTRUMENT = "demo-c-test"
TITLE = "C-Test für die Demo (erfunden)"
GAPS = 20
WORD = re.compile(r"\w+")

FIRST_DAY = (
    "Heute beginnt für Amina die Ausbildung zur Anlagenmechanikerin. Um sieben Uhr trifft sie ihren"
    " Meister vor der Werkstatt. Er zeigt ihr den Umkleideraum und erklärt die Regeln für die"
    " Sicherheit. In der Werkstatt trägt jeder feste Schuhe und eine Brille. Danach fahren beide zu"
    " einer Kundin, deren Heizung nicht mehr warm wird. Amina hält das Werkzeug bereit und schreibt"
    " auf, welche Teile sie brauchen. Am Abend ist sie müde, aber zufrieden."
)
NEW_GOODS = (
    "Im Lager einer Firma kommt jeden Morgen neue Ware an. Zuerst prüfen die Auszubildenden, ob"
    " alle Kartons auf dem Lieferschein stehen. Wenn etwas fehlt oder beschädigt ist, rufen sie"
    " sofort den Lieferanten an. Danach sortieren sie die Ware in die Regale und geben jede Menge"
    " in den Computer ein. So weiß der Verkauf immer, was noch vorhanden ist. Am Ende der Woche"
    " zählen alle gemeinsam nach."
)
TEXTS = {
    "erster-tag": ("Der erste Tag im Betrieb", FIRST_DAY),
    "neue-ware": ("Neue Ware im Lager", NEW_GOODS),
}


def definition() -> Json:
    """The version as it is sent: texts with gaps, cut scores with their source, norms, rules."""
    return {
        "kind": "c-test",
        "parts": [_part(key, title, text) for key, (title, text) in TEXTS.items()],
        "cut_scores": {
            "version": "Demo 1",
            "author": "erfunden für die Demo",
            "method": "gesetzt, um etwas zu zeigen; nicht erprobt",
            "set_on": "2026-06-15",
            "cuts": [
                {"level": "A1", "at_least": 0},
                {"level": "A2", "at_least": 12},
                {"level": "B1", "at_least": 22},
                {"level": "B2", "at_least": 32},
            ],
        },
        "norms": {
            "reliability": 880,
            "deviation": 700,
            "people": 0,
            "source": "erfunden für die Demo",
        },
        "rules": [
            _rule("lesen", "A1", "A2", ["reading-vocabulary", "german-support"]),
            _rule("fachsprache", "B1", "B1", ["technical-language"]),
            {**_rule("form", "A2", "B2", ["formal-language"]), "difference": 15},
            _rule("keine", "B2", "C2", ["no-support"]),
        ],
    }


def shortened(text: str, gaps: int) -> tuple[str, list[str]]:
    """The text with `{1}`, `{2}`, … for what was taken away, and what that was."""
    whole, rest = re.split(r"(?<=\.) ", text, maxsplit=1)
    taken: list[str] = []
    seen = 0

    def shorten(match: re.Match[str]) -> str:
        nonlocal seen
        word = match[0]
        seen += 1
        if seen % 2 or len(taken) == gaps:
            return word
        half = len(word) // 2
        taken.append(word[half:])
        return f"{word[:half]}{{{len(taken)}}}"

    return f"{whole} {WORD.sub(shorten, rest)}", taken


def _part(key: str, title: str, text: str) -> Json:
    with_gaps, taken = shortened(text, GAPS)
    return {
        "key": key,
        "title": title,
        "maximum": GAPS,
        "text": with_gaps,
        "gaps": [{"accepted": [end]} for end in taken],
    }


def _rule(key: str, lowest: str, highest: str, measures: list[str]) -> Json:
    return {"key": key, "lowest": lowest, "highest": highest, "measures": measures}
