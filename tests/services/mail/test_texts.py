"""Every mail there is can be written in both languages, and says what it is about."""

import re
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from importlib.resources import files
from typing import get_args
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from services.mail.blocks import as_html, as_text, blocks_of, link, plain
from services.mail.filling import Words, subject_of
from services.mail.kinds import TEMPLATES
from services.mail.letters import Letter
from services.mail.message import message
from services.mail.people import Recipient
from services.mail.wording import mail_words
from services.texts import Language, Names
from tests.services.mail.conftest import SENDER

LANGUAGES: tuple[Language, ...] = get_args(Language)
FOLDER = files("services.mail") / "templates"
BERLIN = ZoneInfo("Europe/Berlin")
NAMES = Names(
    organisations={"jobcenter": "Jobcenter Kreis Paderborn", "caritas": "Caritas"},
    municipalities={"05774020": "Delbrück"},
)
FACTS: dict[str, object] = {
    "name": "Jule",
    "sender": "KIM",
    "account_page": "https://kim.example.org/konto",
    "link": "https://kim.example.org/somewhere",
    "is_one_time": True,
    "municipality": "05774020",
    "organisation": "jobcenter",
    "round": "1",
    "sections": "3",
    "due": "2026-11-27T17:00:00+00:00",
    "opens_at": "2026-09-01T06:00:00+00:00",
    "closes_at": "2026-12-01T17:00:00+00:00",
    "missing": "jobcenter, caritas",
    "outcome": "agreed",
    "goal": "Die Lenkungsgruppe KIM hat zweimal getagt.",
    "standing": "at-risk",
    "required": "2",
    "actual": "1",
    "planned": "0",
    "agreement": "Eine Erhebung beginnt.",
    "session": "Zweite Sitzung",
    "starts_at": "2026-11-30T13:00:00+00:00",
    "place": "Kreishaus",
    "reason": "Ferien",
    "title": "C-Test Herbst",
    "school_year": "2026/27",
    "part": "case-management",
    "count": "2",
    "registered": "yes",
    "reference": "DF-7K3M-9QX2",
    "what": "acknowledge",
    "why": "changed",
    "until": "2026-11-25T08:30:00+00:00",
    "person": "Kirsten Koordinierung",
    "which": "end",
    "level": "2",
    "course_type": "job-bsk",
    "companies": "2",
    "learners": "9",
    "minimum": "7",
    "starts_on": "2027-02-01T12:00:00+00:00",
    "partners": [
        {"name": "Metallbau Senne GmbH", "municipality": "05774020", "learners": 4},
        {"name": "", "municipality": "", "learners": 1},
    ],
    "class_names": ["BFS 1a", "BFS 1b"],
    "more": 3,
    "today": "2026-11-23T06:00:00+00:00",
    "asked": [],
    "told": [],
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", sorted(TEMPLATES))
def test_each_mail_is_written_without_gaps(template: str, language: Language) -> None:
    filled = Words(language, NAMES, BERLIN).fill(template, FACTS)
    assert subject_of(filled)
    assert not re.search(r"[{}]|None|\ue000.*\ue000.*\ue000\S", filled.replace("\ue000\n", "\n"))
    assert "  " not in subject_of(filled)


def test_there_is_a_text_for_each_mail_in_each_language_and_no_other() -> None:
    names = {path.name for path in FOLDER.iterdir() if not path.name.startswith("_")}
    assert names == {f"{name}.{language}.txt" for name in TEMPLATES for language in LANGUAGES}


@pytest.mark.parametrize("template", sorted(TEMPLATES))
def test_both_languages_use_the_same_facts(template: str) -> None:
    german, english = (
        (FOLDER / f"{template}.{language}.txt").read_text(encoding="utf-8")
        for language in LANGUAGES
    )
    assert _facts(german) == _facts(english)


def test_administrators_have_words_for_all_of_them() -> None:
    assert set(mail_words().kinds) == set(TEMPLATES)


def test_keys_and_moments_are_written_in_words() -> None:
    filled = Words("de", NAMES, BERLIN).fill("consultation-opened", FACTS)
    assert subject_of(filled) == (
        "Konzept für Delbrück: Bitte antworten Sie bis Freitag, 27. November 2026, 18:00 Uhr"
    )
    assert "Jobcenter Kreis Paderborn wird gebeten" in filled
    filled = Words("de", NAMES, BERLIN).fill("consultation-escalated", FACTS)
    assert "Es fehlen die Antworten von Jobcenter Kreis Paderborn und Caritas." in filled


def test_the_number_of_missing_classes_is_in_the_subject() -> None:
    words = Words("de", NAMES, BERLIN)
    one, none = ({**FACTS, "count": count} for count in ("1", "0"))
    assert subject_of(words.fill("round-reminder", FACTS)).endswith(": 2 Klassen fehlen noch")
    assert subject_of(words.fill("round-reminder", one)).endswith(": 1 Klasse fehlt noch")
    assert subject_of(words.fill("round-reminder", none)).endswith("noch keine Klassen gemeldet")


def test_text_and_html_are_made_of_the_same_blocks() -> None:
    pressed = link("Antworten", "https://kim.example.org/?a=1&b=2")
    blocks = blocks_of(f"Guten Tag,\n\n- eins\n- <zwei>\n- {link('drei', '/3')}\n\n{pressed}\n")
    assert as_text(blocks) == (
        "Guten Tag,\n\n- eins\n- <zwei>\n- drei\n  /3\n\n"
        "Antworten:\nhttps://kim.example.org/?a=1&b=2\n"
    )
    assert as_html(blocks) == (
        '<p>Guten Tag,</p>\n<ul><li>eins</li><li>&lt;zwei&gt;</li><li><a href="/3">drei</a></li>'
        '</ul>\n<p class="button">'
        '<a href="https://kim.example.org/?a=1&amp;b=2">Antworten</a></p>'
    )


def test_a_value_neither_makes_a_link_nor_ends_a_paragraph() -> None:
    value = "Amt\n\n\ue000Klick\ue000https://evil.example\ue000"
    assert plain(value) == "Amt Klick https://evil.example"


def _facts(template: str) -> set[str]:
    expressions = re.findall(r"{[{%](.*?)[}%]}", template)
    words = {word for text in expressions for word in re.findall(r"[a-z_]+", _unquoted(text))}
    return words & set(FACTS)


def _unquoted(text: str) -> str:
    return re.sub(r'"[^"]*"', "", text)


@pytest.mark.parametrize(
    "subject",
    [
        "Concept for Salzkotten: please answer by Monday, 30 November 2026, 09:29",
        "Konzept für Bad Wünnenberg: Bitte antworten Sie bis Montag, 30. November 2026, 18:00 Uhr",
        "Kurz",
        "Ein-Wort-das-nicht-endet" * 9,
    ],
)
def test_a_long_subject_is_folded_and_read_as_it_was(subject: str) -> None:
    letter = Letter(
        to=Recipient(name="Jule Jänsen", address="jule@example.org"),
        language="de",
        subject=subject,
        text="Guten Tag,\n",
        html="<p>Guten Tag,</p>",
    )
    sent = message(letter, uuid4(), SENDER, datetime.now(UTC)).as_bytes()
    assert message_from_bytes(sent, policy=default)["Subject"] == subject
    assert b"Subject:\r\n" not in sent
    assert all(len(line) <= 998 for line in sent.split(b"\r\n"))
