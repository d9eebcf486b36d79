import asyncio
import re
from datetime import datetime
from typing import Any

import msgspec
import pytest

from tests.services.cli.conftest import SALZKOTTEN, Command
from tests.support.processes import Outcome, on_a_terminal
from tests.support.stack import Stack


def entries(outcome: Outcome) -> list[dict[str, Any]]:
    assert outcome.code == 0, outcome.err
    return msgspec.json.decode(outcome.out, type=list[dict[str, Any]])


async def test_each_entry_says_who_when_on_which_text_and_under_which_rule(
    concept: str, kreislauf: Command
) -> None:
    told = entries(await kreislauf("history", concept, "--json"))
    assert [entry["position"] for entry in told] == sorted(entry["position"] for entry in told)
    answer = told[-1]
    assert answer["topic"] == "concept.response-given"
    assert (answer["name"], answer["organisation"]) == ("Jana Jobcenter (erfunden)", "jobcenter")
    assert datetime.fromisoformat(answer["occurred_at"]).tzinfo is not None
    assert answer["basis"] == told[-2]["basis"] != ""
    assert answer["rule"]["quorum_percent"] > 0


async def test_a_concept_is_named_by_its_id_or_by_municipality_and_edition(
    concept: str, kreislauf: Command
) -> None:
    by_id, by_place = await asyncio.gather(
        kreislauf("history", concept, "--json"),
        kreislauf("history", "--municipality", SALZKOTTEN, "--edition", "2025", "--json"),
    )
    assert entries(by_id) == entries(by_place) != []


async def test_it_is_told_as_it_was_at_a_position_or_a_day(
    concept: str, kreislauf: Command
) -> None:
    told = entries(await kreislauf("history", concept, "--json"))
    third = str(told[2]["position"])
    at_position, long_ago, some_day = await asyncio.gather(
        kreislauf("history", concept, "--json", "--position", third),
        kreislauf("history", concept, "--as-of", "2020-01-01"),
        kreislauf("history", concept, "--json", "--as-of", "2999-01-01"),
    )
    assert entries(at_position) == told[:3]
    assert (long_ago.code, long_ago.out) == (0, "Nichts verzeichnet.\n")
    assert entries(some_day) == told


async def test_it_tells_everything_an_organisation_or_a_person_did(
    stack: Stack, concept: str, kreislauf: Command
) -> None:
    account = (await stack.koordination.read("/me"))["account"]
    by_organisation, by_account = await asyncio.gather(
        kreislauf("history", "--organisation", "jobcenter", "--json"),
        kreislauf("history", "--account", account, "--json"),
    )
    [answer] = entries(by_organisation)
    assert (answer["stream"], answer["rule"]["quorum_percent"] > 0) == (concept, True)
    assert {entry["account"] for entry in entries(by_account)} == {account}


async def test_people_read_sentences_line_by_line_in_german_or_english(
    concept: str, kreislauf: Command
) -> None:
    german, english = await asyncio.gather(
        kreislauf("history", concept), kreislauf("history", concept, "--language", "en")
    )
    assert "Jana Jobcenter (erfunden) (Mitglied einer Organisation, Jobcenter" in german.out
    assert "Konzept für Salzkotten nach dem Rahmenkonzept, Ausgabe 2025, angelegt.\n" in german.out
    assert "Regel: wie in Eintrag" in german.out
    assert "rule: as in entry" in english.out
    assert "\x1b" not in german.out + english.out


async def test_on_a_terminal_it_has_colour_and_fits_the_width(
    concept: str, variables: dict[str, str]
) -> None:
    written = await asyncio.to_thread(on_a_terminal, "history", concept, variables=variables)
    assert "\x1b[36m" in written
    plain = re.sub(r"\x1b\[[0-9;]*m", "", written)
    assert "Salzkotten" in plain
    assert max(map(len, plain.splitlines())) <= 100


@pytest.mark.usefixtures("stack")
async def test_what_cannot_be_told_is_said_in_a_sentence(kreislauf: Command) -> None:
    unknown, no_edition, unnamed, no_day = await asyncio.gather(
        kreislauf("history", "00000000-0000-0000-0000-000000000000"),
        kreislauf("history", "--municipality", SALZKOTTEN, "--edition", "1999"),
        kreislauf("history", "--municipality", SALZKOTTEN),
        kreislauf("history", "--as-of", "yesterday", "--organisation", "jobcenter"),
    )
    assert [unknown.code, no_edition.code, unnamed.code, no_day.code] == [1, 1, 2, 2]
    assert "is known; nothing was changed." in unknown.err
    assert "is known; nothing was changed." in no_edition.err
    assert "Name a concept" in unnamed.err
    assert "does not match the formats" in no_day.err
    for refused in (unknown, no_edition, unnamed, no_day):
        assert refused.out == ""
        assert "Traceback" not in refused.err
