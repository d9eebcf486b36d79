"""A process that appends to shared streams as fast as it can, cancelled and refused now and then.

Started with the same seed again, or twice at once, it has the same commands to send.
`python -m tests.support.log_writer DATABASE_URL SEED COUNT` writes one line for each command that
got its receipt: the command id and its positions.
"""

import asyncio
import sys
from random import Random, uniform
from uuid import UUID

import asyncpg
from eventsourcing.persistence import IntegrityError

from domain.directory.commands import organisation_id
from services.eventstore.catalogue import EVENTS
from services.eventstore.record import EventMapper
from services.eventstore.store import EventStore, Receipt
from tests.support.log import append

STREAMS = 6
WRITERS = 3
LONGEST = 0.02


async def main(url: str, seed: int, count: int) -> None:
    async with asyncpg.create_pool(url, min_size=WRITERS, max_size=WRITERS) as pool:
        store = EventStore(pool, EventMapper(EVENTS))
        writers = [_write(store, Random(f"{seed}/{n}"), count) for n in range(WRITERS)]
        await asyncio.gather(*writers)


async def _write(store: EventStore, chance: Random, count: int) -> None:
    for _ in range(count):
        command = UUID(int=chance.getrandbits(128), version=4)
        key = f"o{chance.randrange(STREAMS)}"
        names = [str(command)] * chance.choice([1, 1, 2, 5])
        receipt = await _until_recorded(store, key, names, command)
        sys.stdout.write(f"{command} {receipt.first} {receipt.last}\n")
        sys.stdout.flush()


async def _until_recorded(store: EventStore, key: str, names: list[str], command: UUID) -> Receipt:
    """Whoever does not know whether it was recorded asks again under the same command id."""
    while True:
        entries = await store.load(organisation_id(key))
        try:
            async with asyncio.timeout(uniform(0, LONGEST)):
                return await append(store, key, *names, version=len(entries), command=command)
        except (TimeoutError, IntegrityError, asyncpg.RaiseError):
            await asyncio.sleep(uniform(0, LONGEST))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
