"""Load a concept of a thousand events from PostgreSQL and fold it."""

import asyncio
from collections.abc import Sequence
from uuid import uuid4

import msgspec

from benchmarks.bench import Bench
from benchmarks.figure import Figure, compared
from benchmarks.history import history, record
from benchmarks.peers import library_concept
from benchmarks.rounds import milliseconds
from domain.concepts.concept import Unknown

LENGTH = 1_000


async def measure(bench: Bench) -> Sequence[Figure]:
    concept, other_url = uuid4(), await bench.empty_database("library")
    events = history(concept, LENGTH)
    async with bench.product(await bench.database("ours")) as runtime:
        await record(runtime.store, concept, events)
        app = library_concept.concepts(other_url)
        as_json = [(type(event).__name__, msgspec.to_builtins(event)) for event in events]
        other = await asyncio.to_thread(library_concept.record_history, app, as_json)

        async def load_ours() -> None:
            state, version = await runtime.desk.concept(concept)
            assert version == LENGTH
            assert not isinstance(state, Unknown)

        async def load_other() -> None:
            # Here and not in a thread: nothing else is going on, and threads cost time.
            assert app.repository.get(other).version == LENGTH

        figures = await milliseconds(bench.pick(60, 300), load_ours, load_other, warm_up=10)
        app.close()
    rates = [LENGTH / milli * 1000 for milli in figures]
    bench.note(f"a whole load takes {figures[0]:.1f} ms, the library's {figures[1]:.1f} ms")
    name = f"load and fold an aggregate of {LENGTH:,} events"
    return [
        compared(name, "events/s", rates[0], rates[1], library_concept.NAME, goal=("at least", 4))
    ]
