"""What changes says since when, and what does not change keeps its moment."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import msgspec

from domain.directory.commands import organisation_id
from domain.directory.events import OrganisationRenamed
from domain.kernel import Event, Role
from domain.steering.minutes_events import ItemPublished, PublicationWithdrawn
from domain.steering.session_events import SessionEvent
from services.eventstore.record import LogEntry, Metadata
from services.projections.oparl import OpenData
from services.runtime import Runtime
from tests.domain.county import BERLIN, MONDAY
from tests.domain.steering.session_example import (
    DRAFTED,
    HELD,
    PROPOSAL,
    RELEASED,
    REPORT,
    SESSION_ID,
)
from tests.services.oparl.group import GROUP_ID, SEATED

FIRST = MONDAY.replace(microsecond=700_000)
HOURS = [FIRST + timedelta(hours=number) for number in range(6)]
SHOWN = [hour.replace(microsecond=0).isoformat() for hour in HOURS]


def entry(stream: UUID, event: Event, at: datetime) -> LogEntry:
    metadata = Metadata(
        command=uuid4(), correlation="test", account="ada", role=Role.COORDINATOR, occurred_at=at
    )
    return LogEntry(
        originator_id=stream,
        originator_version=1,
        event=event,
        metadata=metadata,
        position=1,
        recorded_at=at,
    )


def of_session(*events: SessionEvent, at: datetime) -> Iterable[LogEntry]:
    return (entry(SESSION_ID, event, at) for event in events)


def published(item: UUID) -> ItemPublished:
    return ItemPublished(item=item, digest="0" * 64)


async def moments(runtime: Runtime) -> dict[str, tuple[str, str]]:
    """When each object was created and modified, by type and the last letters of its id."""
    found: dict[str, tuple[str, str]] = {}
    for row in await runtime.pool.fetch("select * from oparl_object"):
        content = msgspec.json.decode(row["content"])
        for stamp in ("created", "modified"):
            assert datetime.fromisoformat(content[stamp]) == row[stamp]
        name = f"{row['kind']} {row['path'][-4:]}"
        found[name] = (content["created"], content["modified"])
    return found


async def test_modified_is_the_moment_of_the_event_and_goes_on_to_what_holds_the_object(
    unfollowed: Runtime,
) -> None:
    view = OpenData(BERLIN)
    async with unfollowed.pool.acquire() as connection:

        async def take(entries: Iterable[LogEntry]) -> dict[str, tuple[str, str]]:
            await view.apply(connection, list(entries))
            return await moments(unfollowed)

        report, meeting = f"agenda-item {str(REPORT.item)[-4:]}", f"meeting {str(SESSION_ID)[-4:]}"
        proposal, group = (
            f"agenda-item {str(PROPOSAL.item)[-4:]}",
            f"organization {str(GROUP_ID)[-4:]}",
        )
        assert await take(entry(GROUP_ID, event, FIRST) for event in SEATED)
        await take(of_session(*HELD, published(REPORT.item), at=HOURS[1]))
        seen = await take(of_session(published(PROPOSAL.item), at=HOURS[2]))
        assert seen[report] == (SHOWN[1], SHOWN[1])
        assert seen[proposal] == (SHOWN[2], SHOWN[2])
        assert seen[meeting] == (SHOWN[1], SHOWN[2])
        assert seen[group] == (SHOWN[1], SHOWN[1])

        seen = await take(of_session(DRAFTED, RELEASED, at=HOURS[3]))
        assert seen[proposal] == (SHOWN[2], SHOWN[3])
        assert seen[meeting] == (SHOWN[1], SHOWN[3])
        assert seen[report] == (SHOWN[1], SHOWN[1]), "nothing was decided on it"

        withdrawn = PublicationWithdrawn(item=PROPOSAL.item, reason="Irrtum")
        seen = await take(of_session(withdrawn, at=HOURS[4]))
        assert seen[proposal] == (SHOWN[2], SHOWN[4])
        assert seen[meeting] == (SHOWN[1], SHOWN[4])
        renamed = OrganisationRenamed(key="niemand", name="Niemand")
        again = await take([entry(organisation_id("niemand"), renamed, HOURS[5])])
        assert again == seen, "what says nothing new changes nothing"
