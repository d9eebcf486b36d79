"""An event of an earlier version is read as one of the present version, personal fields too."""

from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar
from uuid import UUID

import msgspec
import pytest
from eventsourcing.persistence import MapperDeserialisationError

from domain.kernel import Erased, Event, Role, personal
from services.eventstore.mapper import EventMapper
from services.eventstore.record import Metadata, Recorded
from services.privacy.box import Keys
from tests.support.log import row_of

PERSON, STREAM = UUID(int=1), UUID(int=2)
KEY = bytes(range(32))
ERASED = Erased(at=datetime(2027, 3, 1, tzinfo=UTC), reason="Antrag")
METADATA = Metadata(
    command=UUID(int=3),
    correlation="test",
    account="ada",
    role=Role.COORDINATOR,
    occurred_at=datetime(2026, 3, 2, tzinfo=UTC),
)


class VisitNotedThen(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "visit.noted"
    person: UUID
    called: Annotated[str | Erased, personal("person")]
    minutes: int


class VisitNoted(Event, frozen=True, kw_only=True):
    """Version 2 counts hours as well, version 3 calls the name a name."""

    TOPIC: ClassVar[str] = "visit.noted"
    VERSION: ClassVar[int] = 3
    person: UUID
    name: Annotated[str | Erased, personal("person")]
    hours: int
    minutes: int

    @staticmethod
    def upcast_v1_v2(state: dict[str, Any]) -> None:
        state["hours"], state["minutes"] = divmod(state["minutes"], 60)

    @staticmethod
    def upcast_v2_v3(state: dict[str, Any]) -> None:
        state["name"] = state.pop("called")


def _read(recorded: Recorded, keys: Keys) -> Event:
    """What is written by the class of then and read by the class of now."""
    then, now = EventMapper([type(recorded.event)]), EventMapper([VisitNoted])
    stored = then.to_stored_event(recorded, {PERSON: KEY})  # pyright: ignore[reportArgumentType]
    needed: set[UUID] = set()
    entry = now.to_entry(row_of(stored), keys, needed)
    assert needed == {PERSON}
    return entry.event


def _recorded(event: Event) -> Recorded:
    return Recorded(originator_id=STREAM, originator_version=1, event=event, metadata=METADATA)


THEN = _recorded(VisitNotedThen(person=PERSON, called="Gül", minutes=75))
NOW = VisitNoted(person=PERSON, name="Gül", hours=1, minutes=15)


def test_every_step_from_then_to_now_is_taken() -> None:
    assert _read(THEN, {PERSON: KEY}) == NOW


def test_a_renamed_personal_field_is_erased_under_its_new_name() -> None:
    assert _read(THEN, {PERSON: ERASED}) == msgspec.structs.replace(NOW, name=ERASED)


def test_the_present_version_is_written_with_its_number_and_read_as_it_is() -> None:
    stored = EventMapper([VisitNoted]).to_stored_event(_recorded(NOW), {PERSON: KEY})  # pyright: ignore[reportArgumentType]
    body = msgspec.json.decode(stored.state)
    assert (body["schema"], body["version"]) == (2, 3)
    assert _read(_recorded(NOW), {PERSON: KEY}) == NOW


@pytest.mark.parametrize("keys", [{PERSON: KEY}, {PERSON: ERASED}, {}])
def test_what_was_written_in_the_clear_is_upcast_and_masked_once_it_is_erased(keys: Keys) -> None:
    class InTheClear(Event, frozen=True, kw_only=True):
        TOPIC: ClassVar[str] = "visit.noted"
        person: UUID
        called: str
        minutes: int

    clear = InTheClear(person=PERSON, called="Gül", minutes=75)
    expected = ERASED if keys.get(PERSON) == ERASED else "Gül"
    assert _read(_recorded(clear), keys) == msgspec.structs.replace(NOW, name=expected)


def test_without_keys_a_single_event_is_brought_to_today_as_well() -> None:
    class Counted(Event, frozen=True, kw_only=True):
        TOPIC: ClassVar[str] = "visits.counted"
        VERSION: ClassVar[int] = 2
        hours: int

        @staticmethod
        def upcast_v1_v2(state: dict[str, Any]) -> None:
            state["hours"] = state.pop("minutes") // 60

    class CountedThen(Event, frozen=True, kw_only=True):
        TOPIC: ClassVar[str] = "visits.counted"
        minutes: int

    now = EventMapper([Counted])
    for then in (Counted(hours=2), CountedThen(minutes=120)):
        stored = EventMapper([type(then)]).to_stored_event(_recorded(then))  # pyright: ignore[reportArgumentType]
        assert now.to_event(STREAM, row_of(stored)) == Counted(hours=2)


@pytest.mark.parametrize("kind", [VisitNotedThen, VisitNoted])
def test_without_keys_nothing_personal_is_read_as_if_it_were_erased(kind: type[Event]) -> None:
    event = THEN.event if kind is VisitNotedThen else NOW
    stored = EventMapper([kind]).to_stored_event(_recorded(event), {PERSON: KEY})  # pyright: ignore[reportArgumentType]
    with pytest.raises(MapperDeserialisationError, match=r"visit.noted .* personal"):
        EventMapper([VisitNoted]).to_event(STREAM, row_of(stored))


def test_an_event_that_cannot_be_read_is_named() -> None:
    mapper = EventMapper([])
    stored = EventMapper([VisitNoted]).to_stored_event(_recorded(NOW), {PERSON: KEY})  # pyright: ignore[reportArgumentType]
    for row in (row_of(stored), {**row_of(stored), "state": b"{"}):
        with pytest.raises(MapperDeserialisationError, match=f"visit.noted {STREAM} 1: "):
            mapper.to_event(STREAM, row)
