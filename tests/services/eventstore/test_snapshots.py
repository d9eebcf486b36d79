"""Snapshots save time and nothing else: whatever happens to them, the events decide."""

from datetime import timedelta
from functools import reduce
from typing import Any, get_args
from uuid import uuid4

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.concepts.commands import Schedule, SubmitDraft
from domain.concepts.concept import Concept, Published
from domain.concepts.decide import CONCEPT
from domain.concepts.events import ConceptEvent
from domain.directory.account import ACCOUNT, Account
from domain.directory.events import AccountEvent
from services.desk import LONG, Desk
from services.eventstore.record import Recorded
from services.eventstore.snapshots import EVERY, Long, Snapshots
from services.eventstore.store import Moment
from services.privacy.rotation import rewrap
from services.runtime import Runtime
from tests.domain.concepts.example import OPENED, PROCEDURE, SITUATION
from tests.domain.county import MONDAY
from tests.domain.strategies import any_of
from tests.support.office import BEN, Office

concept_events: st.SearchStrategy[ConceptEvent] = st.one_of(*map(any_of, get_args(ConceptEvent)))


@pytest.fixture
def snapshots(unfollowed: Runtime) -> Snapshots:
    """Taken by every command that finds something new."""
    return Snapshots(unfollowed.pool, unfollowed.store, unfollowed.master, LONG, every=1)


@pytest.fixture
async def hasty(unfollowed: Runtime, snapshots: Snapshots) -> Office:
    office = Office(
        Desk(
            unfollowed.store,
            snapshots,
            unfollowed.files,
            unfollowed.desk.assessments,
            unfollowed.addresses,
        )
    )
    await office.set_up()
    return office


@given(before=st.lists(concept_events, max_size=8), after=st.lists(concept_events, max_size=4))
def test_a_stored_state_folds_on_as_the_state_itself(
    before: list[ConceptEvent], after: list[ConceptEvent]
) -> None:
    kept: Concept = CONCEPT.replay([OPENED, *before])
    stored: Concept = msgspec.json.decode(msgspec.json.encode(kept), type=Concept)
    assert stored == kept
    assert reduce(CONCEPT.evolve, after, stored) == reduce(CONCEPT.evolve, after, kept)


async def test_a_concept_is_the_same_with_snapshots_and_without(
    unfollowed: Runtime, hasty: Office
) -> None:
    await hasty.adopt(at=MONDAY, review_at=MONDAY + timedelta(days=365))

    concept, version = await hasty.desk.concept(hasty.concept)
    assert isinstance(concept, Published)
    assert (concept, version) == await _folded(unfollowed, hasty)
    assert await _taken(unfollowed) == [version - 1]


async def test_without_any_snapshot_everything_goes_on(unfollowed: Runtime, hasty: Office) -> None:
    await hasty.open(at=MONDAY)
    await hasty.submit(at=MONDAY)
    assert await _taken(unfollowed)
    await unfollowed.pool.execute("delete from snapshot")

    await hasty.consult(Schedule(due=MONDAY + timedelta(days=1)), at=MONDAY)
    assert await hasty.desk.concept(hasty.concept) == await _folded(unfollowed, hasty)


@pytest.mark.parametrize(
    "damage",
    [
        "sealed = set_byte(sealed, 100, get_byte(sealed, 100) # 1)",
        "sealed = substr(sealed, 1, 20)",
        "sealed = ''",
        "version = version - 1",
        "version = 1000",
        "fold = 'another release'",
    ],
)
async def test_a_damaged_snapshot_is_not_used_and_taken_again(
    unfollowed: Runtime, hasty: Office, damage: str
) -> None:
    await hasty.open(at=MONDAY)
    await hasty.submit(at=MONDAY)
    await unfollowed.pool.execute(f"update snapshot set {damage}")  # noqa: S608

    before = await _folded(unfollowed, hasty)
    assert await hasty.desk.concept(hasty.concept) == before
    await hasty.consult(Schedule(due=MONDAY + timedelta(days=1)), at=MONDAY)
    assert await _taken(unfollowed) == [before[1]]
    assert await hasty.desk.concept(hasty.concept) == await _folded(unfollowed, hasty)


async def test_a_snapshot_of_another_stream_is_not_used(unfollowed: Runtime, hasty: Office) -> None:
    for edition in ("2025", "2026"):
        other = Office(hasty.desk, edition)
        if edition != hasty.edition:
            await other.set_up()
        await other.open(at=MONDAY)
        await other.draft(SITUATION, f"Text of {edition}", at=MONDAY)
    await unfollowed.pool.execute(
        "update snapshot set sealed = (select sealed from snapshot where stream <> $1)"
        " where stream = $1",
        hasty.concept,
    )
    assert await hasty.desk.concept(hasty.concept) == await _folded(unfollowed, hasty)


async def test_nothing_can_be_read_from_a_snapshot(unfollowed: Runtime, hasty: Office) -> None:
    await hasty.open(at=MONDAY)
    await hasty.draft(SITUATION, "Im Ort wohnen viele", at=MONDAY)
    await hasty.draft(SITUATION, "Im Ort wohnen alle", based_on=1, at=MONDAY)
    sealed: bytes = await unfollowed.pool.fetchval("select sealed from snapshot")
    assert b"Im Ort" not in sealed
    assert b"draft" not in sealed


async def test_the_past_is_folded_from_its_events(unfollowed: Runtime, hasty: Office) -> None:
    await hasty.open(at=MONDAY)
    await hasty.submit(at=MONDAY)
    entries = await unfollowed.store.load(hasty.concept)
    moment = Moment(position=entries[0].position)
    concept, version = await hasty.desk.concept(hasty.concept, moment)
    first: Any = entries[0].event
    assert (concept, version) == (CONCEPT.replay([first]), 1)


async def test_the_service_takes_one_of_a_long_stream(unfollowed: Runtime, office: Office) -> None:
    await office.open(at=MONDAY)
    await office.draft(SITUATION, "Text", at=MONDAY)
    _, drafted = await unfollowed.store.load(office.concept)
    command = uuid4()
    await unfollowed.store.append(
        [
            Recorded(
                originator_id=office.concept,
                originator_version=version,
                event=drafted.event,
                metadata=drafted.metadata,
            )
            for version in range(3, EVERY + 1)
        ],
        command=command,
        digest=b"many drafts",
        stream=office.concept,
        version=2,
    )
    await office.draft(PROCEDURE, "Text", at=MONDAY)
    await office.ask(BEN, SubmitDraft(concept=office.concept), at=MONDAY)
    assert await _taken(unfollowed) == [EVERY]
    assert await office.desk.concept(office.concept) == await _folded(unfollowed, office)


async def test_short_streams_have_none_and_reading_takes_none(
    unfollowed: Runtime, office: Office, snapshots: Snapshots
) -> None:
    await office.open(at=MONDAY)
    await office.submit(at=MONDAY)
    assert EVERY > 100
    await snapshots.load(CONCEPT, office.concept)
    assert await _taken(unfollowed) == []


async def test_a_new_master_key_ends_those_of_the_old_one(
    unfollowed: Runtime, hasty: Office
) -> None:
    await hasty.open(at=MONDAY)
    await hasty.submit(at=MONDAY)
    async with unfollowed.pool.acquire() as connection:
        await rewrap(connection, unfollowed.master)
    assert await _taken(unfollowed) == []


def test_an_aggregate_with_personal_fields_has_no_snapshots(unfollowed: Runtime) -> None:
    personal = Long(ACCOUNT, Account, AccountEvent)
    with pytest.raises(ValueError, match="personal"):
        Snapshots(unfollowed.pool, unfollowed.store, unfollowed.master, [personal])


async def _folded(runtime: Runtime, office: Office) -> tuple[Concept, int]:
    entries = await runtime.store.load(office.concept)
    events: list[Any] = [entry.event for entry in entries]
    return CONCEPT.replay(events), len(events)


async def _taken(runtime: Runtime) -> list[int]:
    """The versions of the snapshots there are."""
    rows = await runtime.pool.fetch("select version from snapshot order by version")
    return [row["version"] for row in rows]
