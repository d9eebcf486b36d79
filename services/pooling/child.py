"""The solver as a process of its own: a question comes in as JSON, its suggestion goes out."""

import sys

import msgspec

from services.pooling.suggesting import suggest
from services.pooling.suggestion import Question


def main() -> None:
    question = msgspec.json.decode(sys.stdin.buffer.read(), type=Question)
    sys.stdout.buffer.write(msgspec.json.encode(suggest(question)))


if __name__ == "__main__":
    main()
