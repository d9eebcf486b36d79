"""What stands on paper: every fact of the record in words, in both languages."""

from typing import get_args
from zoneinfo import ZoneInfo

import msgspec
import pytest

from domain.steering.minutes import Decided
from services.api.agenda_views import AgendaView, AlternativeView
from services.api.examples.sessions import EXAMPLES
from services.api.minutes_views import MinutesStage, MinutesView
from services.papers.agenda import agenda_paper
from services.papers.head import Head
from services.papers.minutes import minutes_paper
from services.papers.paper import Paper, Paragraph
from services.texts import Language, Names

LANGUAGES: tuple[Language, ...] = get_args(Language)
(AGENDA,) = (example for example in EXAMPLES if isinstance(example, AgendaView))
(MINUTES,) = (example for example in EXAMPLES if isinstance(example, MinutesView))
TWO = [AlternativeView(key="a", text="Ja."), AlternativeView(key="b", text="Später.")]
NAMES = Names(
    organisations={"jobcenter": "Jobcenter", "caritas": "Caritas", "bamf": "BAMF"},
    accounts=MINUTES.people,
    seats={"jobcenter-1": "Jobcenter", "ihk-1": "IHK"},
)


def head(language: Language = "de") -> Head:
    zone = ZoneInfo("Europe/Berlin")
    return Head(language=language, issuer="Kreis Paderborn", zone=zone, names=NAMES)


def told(paper: Paper) -> list[str]:
    """Every paragraph with its label, and every row of a table."""
    blocks = [block for part in paper.parts for block in part.blocks]
    return [
        f"{block.label} {block.text}".strip()
        if isinstance(block, Paragraph)
        else " | ".join(" ".join(row) for row in (block.headings, *block.rows))
        for block in blocks
    ]


def changed() -> MinutesView:
    """The minutes after a count without a quorum, on an item that was put off then."""
    (item,) = MINUTES.items
    (vote,) = item.votes
    vote = msgspec.structs.replace(
        vote, decided=Decided.NOT_RECOMMENDED, is_quorate=False, conflicted=["ihk-1"], ballots=[]
    )
    item = msgspec.structs.replace(item, deferred="Es fehlen Zahlen.", votes=[vote])
    return msgspec.structs.replace(MINUTES, items=[item])


def test_minutes_tell_who_was_there_who_was_not_and_how_was_voted() -> None:
    assert told(minutes_paper(MINUTES, "Lenkungsgruppe KIM", head())) == [
        "Organisation Person als von bis | Jobcenter Jana Beispiel Mitglied 14:00 17:00",
        "Zu Gast: 2 Personen von Caritas, 14:00 bis 17:00",
        "Abwesend: BAMF (angekündigt)",
        "Der Bedarf ist belegt.",
        (
            "Abstimmung 1: „Eine Arbeitsgruppe „Fachsprachliche Förderung“ wird eingerichtet.“"
            " angenommen mit 1 Ja, 0 Nein, 0 Enthaltungen (namentlich, Donnerstag,"
            " 26. November 2026, 15:00 Uhr)."
        ),
        (
            "Vertreten 1 von 1 stimmberechtigten Sitzen, nötig 1. Es galt Ausgabe 1 der Regeln:"
            " einfache Mehrheit der abgegebenen Stimmen."
        ),
        "Sitz Person Stimme | Jobcenter Jana Beispiel Ja",
        "Nächste Sitzung im Mai.",
    ]


def test_minutes_of_the_command_line_say_so() -> None:
    view = msgspec.structs.replace(MINUTES, author="console")
    facts = dict(minutes_paper(view, "Lenkungsgruppe KIM", head()).facts)
    assert facts["Erstellt von"] == "Kommandozeile"


def test_wordings_of_a_proposal_are_told_apart_only_if_there_are_several() -> None:
    (item,) = (one for one in AGENDA.items if one.alternatives)
    for alternatives, said in ((item.alternatives[:1], "Wortlaut:"), (TWO, "Wortlaut b:")):
        one = msgspec.structs.replace(item, alternatives=alternatives)
        lines = told(agenda_paper(msgspec.structs.replace(AGENDA, items=[one]), head()))
        assert any(line.startswith(said) for line in lines)


def test_a_count_without_a_quorum_is_told_as_a_recommendation() -> None:
    lines = told(minutes_paper(changed(), "Lenkungsgruppe KIM", head()))
    assert "Vertagt, weil: Es fehlen Zahlen." in lines
    assert "Ohne Beschlussfähigkeit ist das eine Empfehlung, kein Beschluss." in lines
    assert "Befangen, ohne Stimme: IHK." in lines
    assert any("nicht empfohlen mit 1 Ja" in line for line in lines)


@pytest.mark.parametrize("stage", MinutesStage)
def test_only_released_minutes_are_no_draft(stage: MinutesStage) -> None:
    view = msgspec.structs.replace(MINUTES, stage=stage)
    assert bool(minutes_paper(view, "", head()).draft) is (stage is not MinutesStage.RELEASED)


@pytest.mark.parametrize(
    ("stage", "draft"),
    [("scheduled", "Vorläufige"), ("frozen", ""), ("cancelled", "Die Sitzung ist abgesagt.")],
)
def test_an_agenda_says_whether_it_is_settled(stage: str, draft: str) -> None:
    view = msgspec.structs.replace(AGENDA, stage=stage)
    found = agenda_paper(view, head()).draft
    assert found.startswith(draft)
    assert bool(found) is bool(draft)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_placeholder_stays_empty(language: Language) -> None:
    nobody = msgspec.structs.replace(MINUTES, attended=[], absent=[])
    in_writing = msgspec.structs.replace(nobody, chair="", keeper="")
    for view in (MINUTES, changed(), nobody, in_writing):
        paper = minutes_paper(view, "Lenkungsgruppe KIM", head(language))
        assert not any("{" in line for line in (paper.draft, *told(paper)))
    assert told(agenda_paper(AGENDA, head(language)))
