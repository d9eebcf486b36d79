"""What is told of an assessment round: to its colleges, and to the coordinators what is missing."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeAlias, assert_never
from uuid import UUID

import asyncpg

from domain.assessments.events import (
    CollegesReminded,
    Missing,
    RoundAnnounced,
    RoundCancelled,
    RoundEscalated,
    RoundReleased,
    WindowClosed,
    WindowExtended,
    WindowOpened,
)
from services.eventstore.database import Connection
from services.mail.audiences import COORDINATORS, staff_of
from services.mail.kinds import TARGET
from services.mail.news import News
from services.mail.targets import round_page

RoundNews: TypeAlias = (
    RoundAnnounced
    | WindowOpened
    | CollegesReminded
    | WindowExtended
    | RoundEscalated
    | WindowClosed
    | RoundReleased
    | RoundCancelled
)

COLLEGES = """
    select college, title, school_year, opens_at, coalesce(extended_to, closes_at) as closes_at
    from round_college join assessment_round on assessment_round.id = round
    where round = $1 order by college
"""


async def of_round(
    connection: Connection, assessment_round: UUID, event: RoundNews
) -> Sequence[News]:
    """What is told of an event of this round, which the read models have taken in."""
    colleges = await connection.fetch(COLLEGES, assessment_round)
    facts = {row["college"]: _facts(assessment_round, row) for row in colleges}
    match event:
        case RoundAnnounced():
            return _to_each("round-announced", facts.values())
        case WindowOpened():
            return _to_each("round-opened", facts.values())
        case CollegesReminded():
            return _to_each("round-reminder", _lacking(facts, event.missing))
        case WindowExtended():
            told = [facts[key] for key in event.colleges or facts if key in facts]
            return _to_each("round-extended", told, event.closes_at)
        case RoundEscalated():
            return _escalated(facts, event.missing)
        case WindowClosed():
            complete = [Missing(college=key) for key in facts]
            lacking = {one.college: one for one in event.missing}
            return _to_each(
                "round-closed",
                [
                    {**one, "registered": "no" if _is_empty(lacking, one) else "yes"}
                    for one in _lacking(facts, [lacking.get(c.college, c) for c in complete])
                ],
            )
        case RoundReleased():
            return _to_each("round-released", facts.values())
        case RoundCancelled():
            return _to_each("round-cancelled", facts.values())
        case _:
            assert_never(event)


def _facts(assessment_round: UUID, row: asyncpg.Record) -> dict[str, str]:
    return {
        "assessment_round": str(assessment_round),
        "title": row["title"],
        "school_year": row["school_year"],
        "organisation": row["college"],
        "opens_at": row["opens_at"].isoformat(),
        "closes_at": row["closes_at"].isoformat(),
        TARGET: round_page(assessment_round),
    }


def _to_each(
    template: str, colleges: Iterable[Mapping[str, str]], closes_at: datetime | None = None
) -> list[News]:
    moved = {} if closes_at is None else {"closes_at": closes_at.isoformat()}
    return [
        News(
            template=template,
            to=staff_of(facts["organisation"]),
            facts={**facts, **moved},
            apart=facts["organisation"],
        )
        for facts in colleges
    ]


def _lacking(
    facts: Mapping[str, Mapping[str, str]], missing: Iterable[Missing]
) -> list[Mapping[str, str]]:
    """The facts of these colleges, with the classes whose results are missing."""
    return [
        {
            **facts[one.college],
            "count": str(len(one.classes)),
            "classes": ", ".join(str(key) for key in one.classes),
        }
        for one in missing
        if one.college in facts
    ]


def _is_empty(lacking: Mapping[str, Missing], facts: Mapping[str, str]) -> bool:
    """Whether the college has registered no classes, of which results could be missing."""
    found = lacking.get(facts["organisation"])
    return found is not None and not found.classes


def _escalated(
    facts: Mapping[str, Mapping[str, str]], missing: Iterable[Missing]
) -> Sequence[News]:
    if not facts:
        return ()
    common = next(iter(facts.values()))
    colleges = ", ".join(one.college for one in missing)
    return [
        News(
            template="round-escalated",
            to=COORDINATORS,
            facts={**common, "organisation": "", "missing": colleges},
        )
    ]
