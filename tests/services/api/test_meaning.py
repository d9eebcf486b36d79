"""What results mean, over HTTP: bands, second looks, own choices, change to the retest."""

from http import HTTPStatus

import pytest

from domain.assessments.events import Sitting
from tests.support.http import Json, recorded, refused
from tests.support.own_class import OwnClass, open_round, own_class, row
from tests.support.stack import Stack

ABORTED = {"attendance": "aborted"}


@pytest.fixture
async def this(stack: Stack) -> OwnClass:
    """Released: anna at B1, ben at A1 for sure, cem broke the test off."""
    this = await own_class(stack)
    await this.record(row("p-anna", 2, 2), row("p-ben", 0, 0), row("p-cem", 1, **ABORTED))
    await this.submit()
    await this.release()
    return this


async def learner(this: OwnClass, pseudonym: str) -> Json:
    view = await this.person.read(f"{this.in_round}/meaning")
    return next(one for one in view["learners"] if one["pseudonym"] == pseudonym)


async def test_before_the_release_results_mean_nothing_yet(stack: Stack) -> None:
    this = await own_class(stack)
    await this.record(row("p-anna", 2, 2))
    early = await this.person.ask("GET", f"{this.in_round}/meaning")
    refused(early, HTTPStatus.CONFLICT, "assessment.round-not-released")


async def test_the_class_is_seen_as_a_whole_and_the_uncertain_come_first(this: OwnClass) -> None:
    view = await this.person.read(f"{this.in_round}/meaning")
    assert view["learners"][0]["pseudonym"] == "p-cem"
    assert view["borderline"] == 1
    assert view["distribution"] == [
        {"level": "A1", "learners": 2},
        {"level": "B1", "learners": 1},
    ]
    assert [(p["part"], p["exact"]) for p in view["parts"]] == [("t1", 50.0), ("t2", 50.0)]
    assert view["exact"] == view["recognition"] == 41.7
    assert "kein Zertifikat" in view["note"]
    measures = {one["pseudonym"]: len(one["recommended"]) for one in view["learners"]}
    assert measures == {"p-anna": 0, "p-ben": 1, "p-cem": 1}


async def test_a_teacher_looks_twice_and_what_is_recommended_follows(this: OwnClass) -> None:
    ids = await this.learners()
    path = f"{this.in_round}/learners/{ids['p-cem']}/second-look"
    seen = await this.version()
    beyond = await this.person.post(path, {"level": "C1", "reason": "Gespräch"}, seen=seen)
    refused(beyond, HTTPStatus.UNPROCESSABLE_ENTITY, "class.level-outside-band")
    decided = {"level": "B1", "reason": "Im Gespräch sicher."}
    recorded(await this.person.post(path, decided, seen=seen))
    one = await learner(this, "p-cem")
    assert (one["level"], one["recommended"]) == ("B1", [])
    assert one["meaning"]["level"] == "A1", "the band stays as it was"
    sure = f"{this.in_round}/learners/{ids['p-ben']}/second-look"
    response = await this.person.post(sure, {"level": "A1", "reason": "?"}, seen=seen + 1)
    refused(response, HTTPStatus.CONFLICT, "class.not-borderline")


async def test_rule_and_choice_are_both_kept(this: OwnClass) -> None:
    ids = await this.learners()
    path = f"{this.in_round}/learners/{ids['p-ben']}/recommendation"
    choice: Json = {"measures": [], "reason": "Besucht schon einen Kurs."}
    recorded(await this.person.post(path, choice, seen=await this.version()))
    one = await learner(this, "p-ben")
    assert one["chosen"] == []
    assert [m["key"] for m in one["recommended"]] == ["reading-vocabulary"]
    assert one["override"]["ruled"] == ["reading-vocabulary"]
    assert one["override"]["reason"] == choice["reason"]


async def test_a_correction_after_the_release_is_scored_at_once(this: OwnClass) -> None:
    await this.record(row("p-ben", 2, 2), reason="Bögen vertauscht.")
    assert (await learner(this, "p-ben"))["level"] == "B1"


async def test_the_retest_shows_the_change_of_those_who_took_both(this: OwnClass) -> None:
    alone = await this.person.ask("GET", f"{this.in_round}/comparison")
    refused(alone, HTTPStatus.CONFLICT, "assessment.no-retest-planned")
    again = await open_round(
        this.stack, key="eingang-retest", sitting=Sitting.RETEST, first=this.round
    )
    second = OwnClass(stack=this.stack, year=this.year, round=again, id=this.id)
    await second.record(
        row("p-anna", 2, 1), row("p-ben", 2, 2), {"pseudonym": "p-cem", "attendance": "absent"}
    )
    await second.submit()
    early = await this.person.ask("GET", f"{second.in_round}/comparison")
    refused(early, HTTPStatus.CONFLICT, "assessment.round-not-released")
    await second.release()
    view = await this.person.read(f"{second.in_round}/comparison")
    counts = {name: view[name] for name in ("compared", "higher", "same", "lower", "mean_change")}
    assert counts == {"compared": 2, "higher": 1, "same": 1, "lower": 0, "mean_change": 1.5}
    assert [(one["pseudonym"], one["change"]) for one in view["learners"]] == [
        ("p-anna", -1),
        ("p-ben", 4),
    ]
