"""Follows the library's log: `python -m benchmarks.peers.library_reader DATABASE_URL`.

Each line on standard input is a position to come to, and is answered with what was seen.
"""

import sys
import time
from threading import Thread

import msgspec
import psycopg
from eventsourcing.postgres import PostgresApplicationRecorder

from benchmarks.peers.library import LibraryRecorder
from benchmarks.tailing import compare

PATIENCE = 20


def main(url: str) -> None:
    library = LibraryRecorder(url, 4, functions=False)
    positions: list[int] = []
    Thread(target=_follow, args=(library.recorder, positions), daemon=True).start()
    _say("ready")
    while line := sys.stdin.readline():
        _reach(positions, int(line))
        with psycopg.connect(url) as connection:
            rows = connection.execute("select notification_id from stored_events").fetchall()
        _say(msgspec.json.encode(compare(positions, [row[0] for row in rows])).decode())


def _follow(recorder: PostgresApplicationRecorder, positions: list[int]) -> None:
    with recorder.subscribe(gt=0) as subscription:
        for notification in subscription:
            positions.append(notification.id)  # noqa: PERF401 (each is seen when it comes)


def _reach(positions: list[int], position: int) -> None:
    end = time.monotonic() + PATIENCE
    while position and (not positions or positions[-1] < position) and time.monotonic() < end:
        time.sleep(0.01)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
