"""What was stored once is read for ever."""

from pathlib import Path

import msgspec
import pytest
from eventsourcing.persistence import StoredEvent

from services.eventstore.catalogue import EVENTS
from services.eventstore.mapper import EventMapper
from services.eventstore.record import LogEntry, Metadata
from services.privacy.box import personal_fields
from tests.domain.county import MONDAY
from tests.golden.examples import EXAMPLES, KEYS, PERSONAL
from tests.golden.write import FOLDER, write_missing
from tests.support.log import row_of

WRITE = "uv run python -m tests.golden.write"
NAMES = sorted(f"{event.TOPIC}.v{event.VERSION}" for event in EVENTS)


@pytest.mark.parametrize("name", NAMES)
def test_every_topic_has_a_stored_example(name: str) -> None:
    assert name in EXAMPLES, f"add {name} to tests/golden/examples.py and run `{WRITE}`"
    assert (FOLDER / f"{name}.json").exists(), f"run `{WRITE}` to store {name}"


@pytest.mark.parametrize("name", sorted(file.stem for file in FOLDER.glob("*.json")))
def test_a_stored_example_is_read_as_the_event_it_was(name: str) -> None:
    assert name in EXAMPLES, f"{name} is in counties' logs: its example must not go"
    example = EXAMPLES[name]
    stored = StoredEvent(
        originator_id=example.originator_id,
        originator_version=example.originator_version,
        topic=name.rpartition(".")[0],
        state=(FOLDER / f"{name}.json").read_bytes(),
    )
    mapper = EventMapper(EVENTS)
    entry = mapper.to_entry(row_of(stored, 7), KEYS)
    fields = msgspec.structs.asdict(example)
    assert entry == LogEntry(position=7, recorded_at=MONDAY, **fields)
    if not personal_fields(type(example.event)):
        assert mapper.to_event(example.originator_id, row_of(stored)) == example.event


def test_every_topic_with_something_personal_has_an_encrypted_example() -> None:
    assert sorted(PERSONAL) == sorted(e.TOPIC for e in EVENTS if personal_fields(e))


@pytest.mark.parametrize("topic", PERSONAL)
def test_an_encrypted_example_shows_nothing_personal(topic: str) -> None:
    example = EXAMPLES[f"{topic}.v1-e2"]
    stored = (FOLDER / f"{topic}.v1-e2.json").read_text()
    for field in personal_fields(type(example.event)):
        assert str(getattr(example.event, field)) not in stored


def test_the_examples_leave_no_field_at_its_default() -> None:
    """Otherwise a renamed field with a default would be read without anybody noticing.

    A field that came later has an example of its own beside the first.
    """
    unused = {
        (name.rpartition(".v")[0], field.name)
        for name, example in EXAMPLES.items()
        for field in msgspec.structs.fields(example.event)
    } | {("metadata", field.name) for field in msgspec.structs.fields(Metadata)}
    for name, example in EXAMPLES.items():
        unused -= {(name.rpartition(".v")[0], field) for field in _used(example.event)}
        unused -= {("metadata", field) for field in _used(example.metadata)}
    assert not unused


def _used(part: msgspec.Struct) -> list[str]:
    fields = msgspec.structs.fields(part)
    return [field.name for field in fields if getattr(part, field.name) != field.default]


def test_writing_again_leaves_what_is_stored_as_it_is(tmp_path: Path) -> None:
    assert write_missing(tmp_path) == list(EXAMPLES)
    changed = tmp_path / "concept.opened.v1.json"
    changed.write_bytes(b"as it was")
    (tmp_path / "concept.adopted.v1.json").unlink()
    assert write_missing(tmp_path) == ["concept.adopted.v1"]
    assert changed.read_bytes() == b"as it was"
