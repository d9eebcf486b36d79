"""The library's subscription to our log: woken by NOTIFY, and looking by itself besides."""

import time
from collections.abc import Sequence
from threading import Thread
from typing import TYPE_CHECKING, Any

import psycopg
from eventsourcing.persistence import ListenNotifySubscription
from psycopg import sql

from services.eventstore.library.streams import CONNECTION_LOST, PAUSE
from services.eventstore.store import CHANNEL

if TYPE_CHECKING:
    from services.eventstore.library.log import LogApplicationRecorder

POLL = 0.25
"""Seconds between two looks if nothing rings; also what `stop` may take."""


class LogSubscription(ListenNotifySubscription["LogApplicationRecorder"]):
    """Each notification once and in order.

    Where the library's own ends with its connection, this one waits for the database and goes on.
    """

    def __init__(
        self,
        recorder: "LogApplicationRecorder",
        gt: int | None = None,
        topics: Sequence[str] = (),
    ) -> None:
        super().__init__(recorder=recorder, gt=gt, topics=topics)
        self._listen_thread = Thread(target=self._keep_listening, name="listen to the log")
        self._listen_thread.start()

    def __exit__(self, *args: object, **kwargs: Any) -> None:
        try:
            super().__exit__(*args, **kwargs)
        finally:
            self._listen_thread.join()

    def _keep_listening(self) -> None:
        try:
            while not self._has_been_stopped:
                # Raises once the application was closed, which no waiting changes.
                self._recorder.datastore.pool.open()
                try:
                    self._listen()
                except psycopg.OperationalError:
                    time.sleep(PAUSE)
        except BaseException as error:  # noqa: BLE001 (raised where the notifications are read)
            self._thread_error = self._thread_error or error
            self.stop()

    def _listen(self) -> None:
        with self._recorder.datastore.pool.connection(timeout=POLL) as connection:
            try:
                connection.execute(sql.SQL("listen {}").format(sql.Identifier(CHANNEL)))
                while not self._has_been_stopped:
                    # Also before the first ring: it may have rung before LISTEN took effect.
                    self._has_been_notified.set()
                    for _ in connection.notifies(timeout=POLL, stop_after=1):
                        pass
            finally:
                if not connection.closed:
                    connection.execute("unlisten *")

    def _pull(self) -> None:
        try:
            super()._pull()
        except CONNECTION_LOST:
            # The listening thread rings again as soon as the database is back.
            return
