"""A process that appends to shared streams as fast as it can, cancelled and refused now and then.

Started with the same seed again, or twice at once, it has the same commands to send.
`python -m tests.support.log_writer DATABASE_URL PLAN`, the plan as JSON, writes one line for each
command that got its receipt: the writer, the number of its command, its id and its positions.
"""

import asyncio
import sys
from contextlib import suppress
from random import Random, random, uniform
from uuid import UUID

import asyncpg
import msgspec
from eventsourcing.persistence import IntegrityError

from domain.directory.commands import organisation_id
from services.eventstore.catalogue import EVENTS
from services.eventstore.database import DATABASE_AWAY, Pool
from services.eventstore.group_commit import Receipt
from services.eventstore.mapper import EventMapper
from services.eventstore.store import EventStore
from tests.support.log import append

CONNECTIONS = 3
LONGEST = 0.02


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What a process writes: so many commands by each of its writers.

    `shared` is the part of the commands that goes to streams all processes write to, `impatient`
    the part that is cancelled at some moment and sent again. `sent` says for each writer how many
    of its commands need not be sent any more.
    """

    seed: int
    writers: int
    commands: int
    streams: int
    shared: float
    impatient: float
    sent: tuple[int, ...] = ()


class Writing:
    """The writers of one process, and what they know of the streams."""

    def __init__(self, pool: Pool, plan: Plan) -> None:
        self._pool = pool
        self._store = EventStore(pool, EventMapper(EVENTS))
        self._plan = plan
        self._versions: dict[str, int] = {}

    async def write(self, writer: int) -> None:
        """Send the commands of this writer; say of each where it was recorded."""
        chance = Random(f"{self._plan.seed}/{writer}")
        sent = self._plan.sent[writer] if self._plan.sent else 0
        for number in range(self._plan.commands):
            command = UUID(int=chance.getrandbits(128), version=4)
            whose = "all" if chance.random() < self._plan.shared else self._plan.seed
            key = f"{whose}/{chance.randrange(self._plan.streams)}"
            names = [str(command)] * chance.choice([1, 1, 2, 5])
            if number < sent:
                continue
            receipt = await self._until_recorded(key, names, command)
            print(writer, number, command, receipt.first, receipt.last, flush=True)  # noqa: T201

    async def _until_recorded(self, key: str, names: list[str], command: UUID) -> Receipt:
        """Whoever does not know whether it was recorded asks again under the same command id."""
        while True:
            try:
                version = await self._version(key)
                patience = uniform(0, LONGEST) if random() < self._plan.impatient else None
                async with asyncio.timeout(patience):
                    receipt = await append(
                        self._store, key, *names, version=version, command=command
                    )
            except IntegrityError:
                self._versions.pop(key, None)
            except (TimeoutError, *DATABASE_AWAY):
                await asyncio.sleep(uniform(0, LONGEST))
            else:
                self._versions[key] = max(receipt.version, self._versions.get(key, 0))
                return receipt

    async def _version(self, key: str) -> int:
        if key not in self._versions:
            found: int = await self._pool.fetchval(
                "select coalesce(max(originator_version), 0) from event where originator_id = $1",
                organisation_id(key),
            )
            self._versions[key] = max(found, self._versions.get(key, 0))
        return self._versions[key]


async def main(url: str, plan: Plan) -> None:
    pool = await asyncpg.create_pool(url, min_size=1, max_size=CONNECTIONS)
    writing = Writing(pool, plan)
    await asyncio.gather(*(writing.write(writer) for writer in range(plan.writers)))
    # A connection may be cut in this moment too; everything is recorded and said by now.
    with suppress(*DATABASE_AWAY):
        await pool.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], msgspec.json.decode(sys.argv[2], type=Plan)))
