"""What is told of a concept: who is asked, reminded, missing, and what came of it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeAlias, assert_never
from uuid import UUID

import asyncpg

from domain.concepts.events import (
    ConceptAdopted,
    ConsultationClosed,
    ConsultationEscalated,
    ConsultationExtended,
    ConsultationOpened,
    OrganisationsReminded,
)
from services.eventstore.database import Connection
from services.mail.audiences import COORDINATORS, Audience, case_managers_of, members_of
from services.mail.kinds import TARGET
from services.mail.news import News
from services.mail.targets import concept_page, request_page

ConceptNews: TypeAlias = (
    ConsultationOpened
    | ConsultationExtended
    | OrganisationsReminded
    | ConsultationEscalated
    | ConsultationClosed
    | ConceptAdopted
)

ASKED = """
    select organisation, round, cardinality(sections) as sections, due, closes_at,
        is_open and answered_at is null as is_missing
    from request where concept = $1 and ($2::int is null or round = $2) order by organisation
"""


async def of_concept(connection: Connection, concept: UUID, event: ConceptNews) -> Sequence[News]:
    """What is told of an event of this concept, which the read models have taken in."""
    ags = await connection.fetchval("select municipality from concept where id = $1", concept)
    if ags is None:
        return ()
    number = None if isinstance(event, ConceptAdopted) else event.round
    asked = await connection.fetch(ASKED, concept, number)
    facts = {"concept": str(concept), "municipality": ags, "round": str(number or "")}
    match event:
        case ConsultationOpened():
            return _requests("consultation-opened", asked, facts, event.due)
        case ConsultationExtended():
            missing = [row for row in asked if row["is_missing"]]
            return _requests("consultation-extended", missing, facts, event.due)
        case OrganisationsReminded():
            reminded = [row for row in asked if row["organisation"] in event.organisations]
            return _requests("consultation-reminder", reminded, facts)
        case ConsultationEscalated():
            closes_at = max((row["closes_at"] for row in asked), default=None)
            if closes_at is None:
                return ()
            more = {"missing": ", ".join(event.missing), "closes_at": closes_at.isoformat()}
            return [_told("consultation-escalated", COORDINATORS, facts | more)]
        case ConsultationClosed():
            outcome = {"outcome": event.outcome.value}
            everybody = _everybody(ags, asked)
            return [_told("consultation-closed", to, facts | outcome) for to in everybody]
        case ConceptAdopted():
            return [_told("concept-adopted", to, facts) for to in _everybody(ags, asked)]
        case _:
            assert_never(event)


def _requests(
    template: str,
    asked: Iterable[asyncpg.Record],
    facts: Mapping[str, str],
    due: datetime | None = None,
) -> list[News]:
    """To the members of each organisation, which leads to its own request."""
    return [
        News(
            template=template,
            to=members_of(row["organisation"]),
            facts={
                **facts,
                "organisation": row["organisation"],
                "sections": str(row["sections"]),
                "due": (due or row["due"]).isoformat(),
                TARGET: request_page(UUID(facts["concept"]), row["organisation"]),
            },
            apart=row["organisation"],
        )
        for row in asked
    ]


def _everybody(ags: str, asked: Iterable[asyncpg.Record]) -> list[Audience]:
    """Who has a part in the concept: those who ask, who write and who answer."""
    organisations = dict.fromkeys(row["organisation"] for row in asked)
    return [COORDINATORS, case_managers_of(ags), *(members_of(key) for key in organisations)]


def _told(template: str, to: Audience, facts: Mapping[str, str]) -> News:
    target = concept_page(UUID(facts["concept"]))
    return News(template=template, to=to, facts={**facts, TARGET: target})
