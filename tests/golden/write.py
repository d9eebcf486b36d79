"""`uv run python -m tests.golden.write` stores the examples that are not stored yet.

What is stored already is never written again: it stands for what is in the logs of counties.
"""

import sys
from pathlib import Path

from services.eventstore.catalogue import EVENTS
from services.eventstore.mapper import EventMapper
from tests.golden.examples import EXAMPLES, KEYS

FOLDER = Path(__file__).parent / "events"


def write_missing(folder: Path) -> list[str]:
    """Store what is missing; the names of what was."""
    mapper = EventMapper(EVENTS)
    written: list[str] = []
    for name, example in EXAMPLES.items():
        event = mapper.to_stored_event(example, KEYS)  # pyright: ignore[reportArgumentType]  (the protocol asks for writable attributes)
        try:
            with (folder / f"{name}.json").open("xb") as file:
                file.write(event.state)
        except FileExistsError:
            continue
        written.append(name)
    return written


if __name__ == "__main__":
    for name in write_missing(FOLDER):
        sys.stdout.write(f"{name}\n")
