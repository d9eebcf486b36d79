"""What is told of the goals of a school year: that a target is at risk, or can no longer be met."""

from collections.abc import Sequence
from typing import TypeAlias
from uuid import UUID

from domain.goals.decide import SCHOOL_YEAR
from domain.goals.events import Standing, StandingNoted
from domain.goals.year import Unknown
from services.eventstore.database import Connection
from services.eventstore.store import EventStore
from services.mail.audiences import COORDINATORS
from services.mail.kinds import TARGET
from services.mail.news import News
from services.mail.targets import goals_page

YearNews: TypeAlias = StandingNoted

WARNED_OF = frozenset({Standing.AT_RISK, Standing.OUT_OF_REACH, Standing.MISSED})
"""What is on course or reached needs nobody."""

OF_A_YEAR = """
    select position, originator_id, originator_version, topic, state, recorded_at from event
    where originator_id = $1 order by originator_version
"""


async def of_year(
    store: EventStore, connection: Connection, year: UUID, event: YearNews
) -> Sequence[News]:
    """The coordinators are warned of a target that stands worse than before."""
    figure = event.figure
    if event.standing not in WARNED_OF:
        return ()
    entries = await store.entries(await connection.fetch(OF_A_YEAR, year), connection)
    state = SCHOOL_YEAR.replay(entry.event for entry in entries)  # pyright: ignore[reportArgumentType]  (the stream has its own events)
    # A goal that was dropped in the meantime warns nobody.
    if isinstance(state, Unknown) or figure.goal not in state.plan.goals:
        return ()
    facts = {
        "school_year": event.school_year,
        "goal": state.plan.goals[figure.goal].text,
        "standing": event.standing.value,
        "required": str(figure.required),
        "actual": str(figure.actual),
        "planned": str(event.planned),
        TARGET: goals_page(event.school_year),
    }
    apart = f"{figure.goal}/{figure.target}"
    return [News(template="goal-at-risk", to=COORDINATORS, facts=facts, apart=apart)]
