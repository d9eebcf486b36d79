"""The tree for everybody, as https://c2sp.org/tlog-tiles: checkpoint, tiles, and the log's keys.

Checkpoint and tiles are hashes, which say nothing of what they are of; so nobody signs in. The
entries say what happened when, though not to whom, and are for those who may read the record.
"""

from http import HTTPStatus
from typing import Annotated

from litestar import get
from litestar.di import NamedDependency
from litestar.params import PathParameter
from litestar.response import Response

from services.api.access import SignedIn
from services.api.decisions import Clerk
from services.api.problems import READING, EdgeProblem, documented
from services.eventstore.database import Pool
from services.identity.authorisation import require_record_reader
from services.ledger.checkpoints import latest_note
from services.ledger.keys import KeyHistory, key_history
from services.ledger.tiles import TileName, parse_path
from services.ledger.tree import TreeReader

OPEN = {"exclude_from_auth": True}
PREFIX = "/ledger/"
FOR_EVER = "max-age=31536000, immutable"
FOR_A_MOMENT = "max-age=1"
HIGHEST_INDEX = 2**54

MISSING = documented(
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.SERVICE_UNAVAILABLE,
)

Level = Annotated[str, PathParameter(pattern=r"^[0-9]{1,2}$")]
Number = Annotated[
    str,
    PathParameter(
        pattern=r"^/?(x[0-9]{3}/)*[0-9]{3}(\.p/[0-9]{1,3})?$",
        description="The tile's index in groups of three digits, as in `x001/234.p/17`.",
    ),
]


@get(
    "/ledger/checkpoint",
    operation_id="readCheckpoint",
    tags=["Ledger"],
    opt=OPEN,
    media_type="text/plain",
    responses=MISSING,
)
async def read_checkpoint(pool: NamedDependency[Pool]) -> Response[str]:
    """The latest checkpoint: how large the log is, its root, and who signed that."""
    note = await latest_note(pool)
    if note is None:
        raise EdgeProblem(HTTPStatus.NOT_FOUND, "ledger.no-checkpoint")
    return Response(note, media_type="text/plain", headers={"Cache-Control": FOR_A_MOMENT})


@get("/ledger/keys.json", operation_id="readKeys", tags=["Ledger"], opt=OPEN, responses=MISSING)
async def read_keys(pool: NamedDependency[Pool]) -> Response[KeyHistory]:
    """The name of the log and its keys, in the form `verify.py` takes. Compare it with your own."""
    history = await key_history(pool)
    if history is None:
        raise EdgeProblem(HTTPStatus.NOT_FOUND, "ledger.no-checkpoint")
    return Response(history, headers={"Cache-Control": FOR_A_MOMENT})


@get(
    "/ledger/tile/entries/{number:path}",
    operation_id="readEntries",
    tags=["Ledger"],
    media_type="application/octet-stream",
    responses=READING,
    security=[{"token": []}],
)
async def read_entries(
    request: SignedIn,
    number: Number,
    pool: NamedDependency[Pool],
    clerk: NamedDependency[Clerk],
) -> Response[bytes]:
    """Up to 256 record lines, each with its length before it in two bytes."""
    require_record_reader(request.user, clerk.now())
    name = _named(f"tile/entries/{number.removeprefix('/')}")
    try:
        found = await TreeReader(pool).entries(name.index, name.width)
    except LookupError:
        raise _unknown() from None
    return _kept(found, "private")


@get(
    "/ledger/tile/{level:str}/{number:path}",
    operation_id="readTile",
    tags=["Ledger"],
    opt=OPEN,
    media_type="application/octet-stream",
    responses=MISSING,
)
async def read_tile(level: Level, number: Number, pool: NamedDependency[Pool]) -> Response[bytes]:
    """Up to 256 hashes of one level of the tree, 32 bytes each."""
    name = _named(f"tile/{level}/{number.removeprefix('/')}")
    try:
        found = await TreeReader(pool).tile(name.level or 0, name.index, name.width)
    except LookupError:
        raise _unknown() from None
    return _kept(found, "public")


def _named(path: str) -> TileName:
    try:
        name = parse_path(path)
    except ValueError:
        raise _unknown() from None
    if name.index > HIGHEST_INDEX:
        raise _unknown()
    return name


def _unknown() -> EdgeProblem:
    return EdgeProblem(HTTPStatus.NOT_FOUND, "ledger.unknown-tile")


def _kept(content: bytes, by: str) -> Response[bytes]:
    return Response(
        content,
        media_type="application/octet-stream",
        headers={"Cache-Control": f"{by}, {FOR_EVER}"},
    )
