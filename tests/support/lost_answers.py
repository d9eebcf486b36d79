"""A way to PostgreSQL on which an answer gets lost, after the server did what it was asked."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

SOCKET = ".s.PGSQL.5432"


class LostAnswers:
    """Cuts the connection instead of passing on the next answer that contains these bytes."""

    def __init__(self, server: Path, marked: bytes) -> None:
        self._server = server
        self._marked = marked
        self.lost = 0
        self.most = 0

    def serve(self, listening: socket.socket) -> None:
        with suppress(OSError):
            while True:
                client, _ = listening.accept()
                Thread(target=self._connect, args=(client,), daemon=True).start()

    def _connect(self, client: socket.socket) -> None:
        with closing(socket.socket(socket.AF_UNIX)) as server, closing(client), suppress(OSError):
            server.connect(str(self._server))
            asking = Thread(target=self._ask, args=(client, server), daemon=True)
            asking.start()
            self._answer(client, server)
            client.shutdown(socket.SHUT_RDWR)
            asking.join()

    def _ask(self, client: socket.socket, server: socket.socket) -> None:
        with suppress(OSError):
            while data := client.recv(65536):
                server.sendall(data)
            server.shutdown(socket.SHUT_RDWR)

    def _answer(self, client: socket.socket, server: socket.socket) -> None:
        while data := server.recv(65536):
            if self._marked in data and self.lost < self.most:
                self.lost += 1
                return
            client.sendall(data)


@contextmanager
def losing_answers(server: Path, marked: bytes) -> Iterator[tuple[Path, LostAnswers]]:
    """The folder of a socket in front of this server's, and what loses the answers there."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="lost-")))
        listening = stack.enter_context(closing(socket.socket(socket.AF_UNIX)))
        listening.bind(str(folder / SOCKET))
        listening.listen()
        way = LostAnswers(server, marked)
        serving = Thread(target=way.serve, args=(listening,), daemon=True)
        serving.start()
        yield folder, way
        listening.shutdown(socket.SHUT_RDWR)
        serving.join()
