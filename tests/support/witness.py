"""A small witness after https://c2sp.org/tlog-witness, as a process of its own.

`python -m tests.support.witness LOG_VKEY NAME SECRET_HEX [SIZE]` prints its address. It knows one
log by its verifier key, and claims to have signed SIZE events of it already.
"""

import sys
import time
from base64 import b64decode, b64encode
from hashlib import sha256
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, HTTPServer

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.ledger.checkpoint import Checkpoint, read_checkpoint
from services.ledger.note import Note, NoteError, VerifierKey, read_note, read_verifier_key
from services.ledger.proof import check_consistency

Answer = tuple[HTTPStatus, str]


class Memory:
    """What the witness signs with, whose log it knows, and how far it saw it."""

    def __init__(self, log: VerifierKey, name: str, secret: Ed25519PrivateKey, size: int) -> None:
        self.log = log
        self.name = name
        self.secret = secret
        self.size = size
        self.root = b""

    def answer(self, body: str) -> Answer:
        head, _, text = body.partition("\n\n")
        first, *proof = head.split("\n")
        try:
            note = read_note(text)
            note.signed_by([self.log])
            checkpoint = read_checkpoint(note.text)
        except NoteError as error:
            return HTTPStatus.FORBIDDEN, str(error)
        if checkpoint.origin != self.log.name:
            return HTTPStatus.NOT_FOUND, "unknown origin"
        old = int(first.removeprefix("old "))
        if old > checkpoint.size:
            return HTTPStatus.BAD_REQUEST, "old size above size"
        if old != self.size:
            return HTTPStatus.CONFLICT, f"{self.size}\n"
        hashes = [b64decode(line) for line in proof]
        if not check_consistency(old, checkpoint.size, hashes, self.root, checkpoint.root):
            return HTTPStatus.UNPROCESSABLE_ENTITY, "not consistent"
        return HTTPStatus.OK, self.sign(note, checkpoint)

    def sign(self, note: Note, checkpoint: Checkpoint) -> str:
        self.size, self.root = checkpoint.size, checkpoint.root
        seconds = int(time.time())
        message = f"cosignature/v1\ntime {seconds}\n{note.text}".encode()
        public = self.secret.public_key().public_bytes_raw()
        key_id = sha256(self.name.encode() + b"\n\x04" + public).digest()[:4]
        signature = key_id + seconds.to_bytes(8, "big") + self.secret.sign(message)
        stranger = f"— stranger.example {b64encode(bytes(76)).decode()}\n"
        return f"{stranger}— {self.name} {b64encode(signature).decode()}\n"


def serve(memory: Memory) -> None:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            status, text = HTTPStatus.NOT_FOUND, ""
            if self.path == "/w/add-checkpoint":
                status, text = memory.answer(self.rfile.read(length).decode())
            self.send_response(status)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        sys.stdout.write(f"http://127.0.0.1:{server.server_port}/w/\n")
        sys.stdout.flush()
        server.serve_forever()


if __name__ == "__main__":
    vkey, own_name, secret_hex, *size_seen = sys.argv[1:]
    private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret_hex))
    serve(Memory(read_verifier_key(vkey), own_name, private, int(*size_seen or ["0"])))
