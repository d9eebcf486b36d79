"""A Litestar handler that inserts what it is sent with asyncpg, and does nothing else."""

from itertools import count
from uuid import UUID, uuid4

import msgspec
from litestar import Litestar, post
from litestar.params import JSONBody

from benchmarks.material import AT
from benchmarks.peers.bare import ONE
from domain.assessments.events_class import ResultRecorded
from services.api.result_views import RowEntries
from services.eventstore.database import Pool


class Inserted(msgspec.Struct, frozen=True):
    id: UUID


def bare_handler(pool: Pool) -> Litestar:
    """Each request is one row of the table `event`, in a transaction of its own."""
    positions = count(1)

    @post("/bare", status_code=200)
    async def insert(data: JSONBody[RowEntries]) -> Inserted:
        stream = uuid4()
        state = msgspec.json.encode(data)
        await pool.execute(ONE, next(positions), stream, 1, ResultRecorded.TOPIC, state, AT)
        return Inserted(stream)

    return Litestar([insert], openapi_config=None, logging_config=None)
