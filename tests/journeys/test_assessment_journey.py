"""From the instrument to the retest on the real stack: a class is assessed, helped, assessed again.

The windows are seconds long; what opens, scores, releases, announces the retest and compares is
the process itself.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from io import StringIO
from urllib.parse import quote
from uuid import uuid4

import httpx

from services.texts.catalogue import words_by_code
from tests.support.assessing import DEFINITION
from tests.support.assessments import present_school_year
from tests.support.http import API, Json, Person, from_now, recorded, refused
from tests.support.own_class import OWN
from tests.support.stack import Stack

KEY = bytes(range(32)).hex()
YEAR = present_school_year()
LIST = [
    ("Klasse", "Schulgliederung", "Fachklasse", "Nachname", "Vorname", "Geburtsdatum"),
    *(
        ("MB26A", "A01", "10-10104", f"Muster{letter}", "Kim", f"0{day}.05.2008")
        for day, letter in enumerate("abcdefg", start=1)
    ),
]
FIRST = (4, 4, 3, 2, 1, 0, -1)
AGAIN = (4, 3, 4, 3, 2, 2, -1)
"""Points of four by learner; -1 was absent. The third one's level is lowered in a second look."""


@dataclass(frozen=True)
class Journey:
    """What is known on the way."""

    stack: Stack
    round: str
    training_class: str
    learners: Mapping[str, str]

    @property
    def college(self) -> Person:
        return self.stack.berufskolleg

    def path(self, round_id: str = "") -> str:
        return f"/classes/{self.training_class}/rounds/{round_id or self.round}"

    async def submit(self, round_id: str) -> None:
        seen = (await self.college.read(f"/classes/{self.training_class}"))["version"]
        recorded(await self.college.post(f"{self.path(round_id)}/submission", seen=seen))


async def test_from_the_instrument_to_the_retest(stack: Stack) -> None:
    await the_expert_group_writes_an_instrument_and_another_approves_it(stack)
    round_id = await the_coordinator_announces_a_round_with_its_retest(stack)
    journey = await the_college_hands_in_its_list_of_classes(stack, round_id)
    await results_come_in_a_file_and_are_corrected(journey)
    await the_process_closes_scores_and_releases(journey)
    await a_teacher_looks_twice_and_chooses_otherwise(journey)
    retest = await the_retest_is_announced_held_and_compared(journey)
    await the_change_is_seen_by_the_college_and_in_sum_by_the_county(journey, retest)
    await the_auditor_sees_what_happened_and_nothing_of_learners(journey)


async def the_expert_group_writes_an_instrument_and_another_approves_it(stack: Stack) -> None:
    author = stack.fachgruppe
    new = {"key": "c-test", "title": "C-Test Fachsprache", "kind": "c-test"}
    recorded(await author.post("/instruments", new))
    version = "/instruments/c-test/versions/1"
    recorded(await author.put(version, DEFINITION, seen=1))
    recorded(await author.post(f"{version}/submission", seen=2))
    seen = {"digest": (await stack.koordination.read(version))["digest"]}
    own = await author.post(f"{version}/approval", seen, seen=3)
    refused(own, HTTPStatus.FORBIDDEN, "instrument.author-may-not-approve")
    recorded(await stack.koordination.post(f"{version}/approval", seen, seen=3))


async def the_coordinator_announces_a_round_with_its_retest(stack: Stack) -> str:
    announcing = {
        "key": "eingang",
        "title": "Sprachstandserhebung",
        "school_year": YEAR,
        "instrument": "c-test",
        "version": 1,
        "opens_at": from_now(2),
        "closes_at": from_now(14),
        "colleges": [OWN],
        "basis": "SchulG NRW § 120",
        "retest": {"opens_at": from_now(15), "closes_at": from_now(3600)},
    }
    return str(recorded(await stack.koordination.post("/rounds", announcing))["id"])


async def the_college_hands_in_its_list_of_classes(stack: Stack, round_id: str) -> Journey:
    college = stack.berufskolleg
    path = f"/classes/import?school_year={YEAR}"
    imported = recorded(await sent(college, path, lines(LIST), key=KEY))
    assert imported["message"] == "1 Klasse neu gemeldet, 7 Personen aufgenommen."
    again = recorded(await sent(college, path, lines(LIST), key=KEY))
    assert again["message"].startswith("Nichts zu ändern")
    (this,) = imported["classes"]
    view = await college.read(f"/classes/{this['id']}/learners")
    learners = {one["pseudonym"]: one["learner"] for one in view["learners"]}
    assert len(learners) == len(FIRST)
    return Journey(stack=stack, round=round_id, training_class=this["id"], learners=learners)


async def results_come_in_a_file_and_are_corrected(journey: Journey) -> None:
    college, results = journey.college, f"{journey.path()}/results"
    await college.until(f"/rounds/{journey.round}", lambda this: this["stage"] == "open")
    wrong = await filled(journey, (*FIRST[:-2], 9, -1))
    problem = refused(
        await sent(college, f"{results}/import", wrong),
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "file.faulty",
    )
    assert problem["errors"][0]["cell"]
    mistaken = await filled(journey, (0, *FIRST[1:]))
    recorded(await sent(college, f"{results}/import", mistaken))
    right = await filled(journey, FIRST)
    preview = recorded(await sent(college, f"{results}/preview", right))
    assert len(preview["difference"]["changed"]) == 1
    decision = recorded(
        await sent(
            college, f"{results}/import", right, reason="Verrutscht.", seen=preview["version"]
        )
    )
    assert decision["message"] == "0 Ergebnisse neu festgehalten, 1 berichtigt."
    await journey.submit(journey.round)


async def the_process_closes_scores_and_releases(journey: Journey) -> None:
    path = f"/rounds/{journey.round}"
    await journey.college.until(path, lambda this: this["stage"] == "released", seconds=30)
    view = await journey.college.read(f"{journey.path()}/meaning")
    assert view["assessed"] == 6
    assert {one["level"]: one["learners"] for one in view["distribution"]} == {
        "A1": 2,
        "A2": 1,
        "B1": 3,
    }
    advised = [one for one in view["learners"] if one["recommended"]]
    assert len(advised) == 3
    assert {m["key"] for one in advised for m in one["chosen"]} == {"reading-vocabulary"}


async def a_teacher_looks_twice_and_chooses_otherwise(journey: Journey) -> None:
    college = journey.college
    view = await college.read(f"{journey.path()}/meaning")
    unsure = view["learners"][0]
    assert unsure["meaning"]["borderline"]
    path = f"{journey.path()}/learners/{unsure['learner']}"
    look = {"level": unsure["meaning"]["lowest"], "reason": "Im Unterricht unsicher."}
    recorded(await college.post(f"{path}/second-look", look, seen=view["version"]))
    choice: Json = {"measures": [], "reason": "Besucht schon einen Kurs."}
    seen = view["version"] + 1
    recorded(await college.post(f"{path}/recommendation", choice, seen=seen))
    after = await college.read(f"{journey.path()}/meaning")
    found = next(one for one in after["learners"] if one["learner"] == unsure["learner"])
    assert (found["level"], found["chosen"]) == (look["level"], [])


async def the_retest_is_announced_held_and_compared(journey: Journey) -> str:
    college, coordinator = journey.college, journey.stack.koordination
    first = await college.until(f"/rounds/{journey.round}", lambda this: this["scheduled"])
    retest: str = first["scheduled"]
    await college.until(f"/rounds/{retest}", lambda this: this["stage"] == "open")
    rows = [row(who, n) for who, n in zip(journey.learners, AGAIN, strict=True)]
    for one in rows:
        body = {"rows": [one]}
        assert recorded(await college.post(f"{journey.path(retest)}/results", body))["recorded"]
    await journey.submit(retest)
    seen = (await coordinator.read(f"/rounds/{retest}"))["version"]
    recorded(await coordinator.post(f"/rounds/{retest}/closing", seen=seen))
    await college.until(f"/rounds/{retest}", lambda this: this["stage"] == "compared")
    return retest


async def the_change_is_seen_by_the_college_and_in_sum_by_the_county(
    journey: Journey, retest: str
) -> None:
    change = await journey.college.read(f"{journey.path(retest)}/comparison")
    assert (change["compared"], change["higher"], change["lower"]) == (6, 4, 0)
    assert change["mean_change"] == 0.7
    figures = await journey.stack.koordination.ask("GET", f"/rounds/{journey.round}/figures")
    assert not [who for who in journey.learners if who in figures.text]
    rows = await journey.stack.koordination.ask("GET", f"{journey.path()}/results")
    refused(rows, HTTPStatus.FORBIDDEN, "identity.role-missing")
    learner = next(iter(journey.learners.values()))
    export = await journey.college.read(f"/learners/{learner}/export")
    assert len(export["classes"][0]["rounds"]) == 2


async def the_auditor_sees_what_happened_and_nothing_of_learners(journey: Journey) -> None:
    head = await journey.stack.head()
    trail = await journey.stack.revision.all_pages(
        "/audit/trail", organisation=OWN, at_least=head, limit=200
    )
    topics = {entry["topic"].partition(".")[2] for entry in trail}
    assert topics >= {"learner-enrolled", "result-recorded", "result-corrected", "rows-seen"}
    assert words_by_code()["not-shown"].de in str(trail)
    assert not [who for who in journey.learners if who in str(trail)]


def row(pseudonym: str, points: int) -> Json:
    """So many of four points, the first text first."""
    if points < 0:
        return {"pseudonym": pseudonym, "attendance": "absent"}
    shares = (min(points, 2), max(points - 2, 0))
    scores = [
        {"part": part, "exact": share, "recognition": share}
        for part, share in zip(("t1", "t2"), shares, strict=True)
    ]
    return {"pseudonym": pseudonym, "scores": scores}


async def filled(journey: Journey, points: Sequence[int]) -> bytes:
    """The class's template with these points."""
    response = await journey.college.ask("GET", f"{journey.path()}/template.csv")
    rows = list(csv.reader(StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    column = {heading: number for number, heading in enumerate(rows[0])}
    for cells, n in zip(rows[1:], points, strict=True):
        cells[column["Teilnahme"]] = "abwesend" if n < 0 else "anwesend"
        shares = ("", "") if n < 0 else (str(min(n, 2)), str(max(n - 2, 0)))
        for name, share in zip(("Text 1", "Im Büro"), shares, strict=True):
            cells[column[f"{name} R/F"]] = cells[column[f"{name} WE"]] = share
            cells[column[f"{name} nicht bearbeitet"]] = ""
    return lines(rows)


def lines(rows: Sequence[Sequence[str]]) -> bytes:
    text = StringIO(newline="")
    csv.writer(text, delimiter=";").writerows(rows)
    return text.getvalue().encode()


async def sent(
    person: Person, path: str, content: bytes, *, key: str = "", reason: str = "", seen: int = 0
) -> httpx.Response:
    """A CSV file as the body."""
    headers = {"Content-Type": "text/csv", "Idempotency-Key": str(uuid4())}
    if key:
        headers["Pseudonym-Key"] = key
    if reason:
        headers |= {"Correction-Reason": quote(reason), "If-Match": f'"{seen}"'}
    return await person.ask("POST", path.removeprefix(API), headers=headers, content=content)
