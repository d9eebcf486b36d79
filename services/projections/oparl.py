"""What everybody may see of the county's bodies, as objects of OParl 1.1."""

from collections.abc import Sequence
from datetime import tzinfo
from typing import TypeVar, get_args

import msgspec

from domain.directory.events import (
    OrganisationEvent,
    OrganisationKind,
    OrganisationRegistered,
    OrganisationRenamed,
)
from domain.kernel import Event
from domain.privacy.events import SubjectErased
from domain.steering.body import Body, evolve
from domain.steering.body_events import BodyEvent
from domain.steering.session_events import SessionEvent, SessionScheduled
from domain.working_groups.events import WorkingGroupEstablished
from services.eventstore.database import Connection
from services.eventstore.record import LogEntry
from services.oparl import body_objects, public_group, public_session, session_objects
from services.oparl.addresses import Kind, path_of
from services.oparl.public_group import GroupEvent, PublicGroup
from services.oparl.public_session import PublicSession
from services.oparl.shelf import Shelf
from services.oparl.wording import words

State = TypeVar("State")
THE_COUNTY = "county"
SESSION, BODY, ORGANISATION, GROUP = "session", "body", "organisation", "group"
BODIES_WITH_MEETINGS = """
    select distinct organization from oparl_object where kind = $1 and not deleted
"""


class Organisation(msgspec.Struct, frozen=True, kw_only=True):
    """`is_county`: the first one registered gives the county its name."""

    name: str
    is_county: bool
    position: int


class OpenData:
    """Objects and what they follow from. What nobody published is in `oparl_source` alone.

    Each event is taken by itself, so an object is as old as the event that changed it.
    """

    name = "oparl"
    tables = ("oparl_source", "oparl_object")
    topics = (
        *public_session.TOPICS,
        *(event.TOPIC for event in (*get_args(BodyEvent), *get_args(OrganisationEvent))),
        *(event.TOPIC for event in get_args(GroupEvent)),
        SubjectErased.TOPIC,
    )

    def __init__(self, zone: tzinfo, county: str | None = None) -> None:
        """On whose clock moments are written, and the county's name if not a registered one."""
        self._zone = zone
        self._county = county

    async def apply(self, connection: Connection, entries: Sequence[LogEntry]) -> None:
        for entry in entries:
            event = entry.event
            match event:
                case OrganisationRegistered() | OrganisationRenamed():
                    await _keep_organisation(connection, entry.position, event)
                    await self._show_county(connection, entry)
                case SubjectErased():
                    if await _forget(connection, str(event.subject)):
                        await self._show_county(connection, entry)
                case _ if isinstance(event, BodyEvent):
                    await _keep_body(connection, str(entry.originator_id), event)
                    await self._show_county(connection, entry)
                case _ if isinstance(event, GroupEvent):
                    if await _keep_group(connection, str(entry.originator_id), event):
                        await self._show_county(connection, entry)
                case _ if isinstance(event, SessionEvent):
                    await self._show_session(connection, entry, event)
                case _:
                    pass

    async def _show_session(self, connection: Connection, entry: LogEntry, event: Event) -> None:
        key = str(entry.originator_id)
        before = await _state(connection, SESSION, key, PublicSession)
        if isinstance(event, SessionScheduled):
            after = public_session.scheduled(event)
        elif before is None:
            return
        else:
            after = public_session.evolve(before, event, entry.metadata.occurred_at)
        await _keep(connection, SESSION, key, after)
        was_public = before is not None and bool(before.public_items)
        if was_public or after.public_items:
            shelf = Shelf(connection, f"session/{key}", entry.recorded_at, self._zone)
            await shelf.fill(session_objects.drafts_of(after, self._zone))
        if was_public != bool(after.public_items):
            await self._show_county(connection, entry)

    async def _show_county(self, connection: Connection, entry: LogEntry) -> None:
        shelf = Shelf(connection, THE_COUNTY, entry.recorded_at, self._zone)
        await shelf.fill(body_objects.drafts_of(await self._known(connection)))

    async def _known(self, connection: Connection) -> body_objects.County:
        """The county with the bodies of which a session is public."""
        organisations = await _states(connection, ORGANISATION, Organisation)
        counties = [one for one in organisations.values() if one.is_county]
        first = min(counties, key=lambda one: one.position, default=None)
        rows = await connection.fetch(BODIES_WITH_MEETINGS, Kind.MEETING.value)
        public = {row["organization"] for row in rows}
        bodies = await _states(connection, BODY, Body)
        groups = await _states(connection, GROUP, PublicGroup)
        return body_objects.County(
            name=self._county or (first.name if first else words().county),
            bodies=tuple(
                body
                for _, body in sorted(bodies.items())
                if body.body and path_of(Kind.ORGANIZATION, body.body) in public
            ),
            groups=tuple(group for _, group in sorted(groups.items()) if group.is_public),
            organisations={key: one.name for key, one in organisations.items()},
        )


async def _keep_organisation(
    connection: Connection, position: int, event: OrganisationRegistered | OrganisationRenamed
) -> None:
    if isinstance(event, OrganisationRegistered):
        is_county = event.kind is OrganisationKind.COUNTY
        state = Organisation(name=event.name, is_county=is_county, position=position)
    else:
        before = await _state(connection, ORGANISATION, event.key, Organisation)
        if before is None:
            return
        state = msgspec.structs.replace(before, name=event.name)
    await _keep(connection, ORGANISATION, event.key, state)


async def _keep_body(connection: Connection, key: str, event: BodyEvent) -> None:
    before = await _state(connection, BODY, key, Body)
    await _keep(connection, BODY, key, evolve(before or Body(), event))


async def _keep_group(connection: Connection, key: str, event: GroupEvent) -> bool:
    """Whether anything of it is or was public."""
    if isinstance(event, WorkingGroupEstablished):
        await _keep(connection, GROUP, key, public_group.established(event))
        return False
    before = await _state(connection, GROUP, key, PublicGroup)
    if before is None:
        return False
    after = public_group.evolve(before, event)
    await _keep(connection, GROUP, key, after)
    return before.is_public or after.is_public


async def _forget(connection: Connection, person: str) -> bool:
    """Nothing of the person stays in the bodies; whether there was anything."""
    bodies = await _states(connection, BODY, Body)
    left = {key: body_objects.without(body, person) for key, body in bodies.items()}
    changed = {key: body for key, body in left.items() if body != bodies[key]}
    for key, body in changed.items():
        await _keep(connection, BODY, key, body)
    return bool(changed)


async def _state(connection: Connection, kind: str, key: str, of: type[State]) -> State | None:
    state = await connection.fetchval(
        "select state from oparl_source where kind = $1 and key = $2", kind, key
    )
    return msgspec.json.decode(state, type=of) if state is not None else None


async def _states(connection: Connection, kind: str, of: type[State]) -> dict[str, State]:
    rows = await connection.fetch("select key, state from oparl_source where kind = $1", kind)
    return {row["key"]: msgspec.json.decode(row["state"], type=of) for row in rows}


async def _keep(connection: Connection, kind: str, key: str, state: object) -> None:
    await connection.execute(
        "insert into oparl_source (kind, key, state) values ($1, $2, $3)"
        " on conflict (kind, key) do update set state = excluded.state",
        kind,
        key,
        msgspec.json.encode(state, order="deterministic").decode(),
    )
