"""What was stored once is read for ever."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from eventsourcing.persistence import StoredEvent

from services.eventstore.catalogue import EVENTS
from services.eventstore.record import EventMapper, LogEntry
from tests.golden.examples import EXAMPLES
from tests.golden.write import FOLDER, write_missing

WRITE = "uv run python -m tests.golden.write"
RECORDED_AT = datetime(2026, 3, 2, 9, 0, 1, tzinfo=UTC)
TOPICS = sorted(event.TOPIC for event in EVENTS)


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_has_a_stored_example(topic: str) -> None:
    name = f"{topic}.v1"
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
    entry = EventMapper(EVENTS).to_entry(stored, 7, RECORDED_AT)
    fields = msgspec.structs.asdict(example)
    assert entry == LogEntry(position=7, recorded_at=RECORDED_AT, **fields)


def test_the_examples_leave_no_field_at_its_default() -> None:
    """Otherwise a renamed field with a default would be read without anybody noticing."""
    for name, example in EXAMPLES.items():
        for part in (example.event, example.metadata):
            for field in msgspec.structs.fields(part):
                assert getattr(part, field.name) != field.default, f"{name}: {field.name}"


def test_writing_again_leaves_what_is_stored_as_it_is(tmp_path: Path) -> None:
    assert write_missing(tmp_path) == list(EXAMPLES)
    changed = tmp_path / "concept.opened.v1.json"
    changed.write_bytes(b"as it was")
    (tmp_path / "concept.adopted.v1.json").unlink()
    assert write_missing(tmp_path) == ["concept.adopted.v1"]
    assert changed.read_bytes() == b"as it was"
